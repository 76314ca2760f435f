"""What several tests share: plain functions, no classes to inherit from."""
