"""What is stale since texts changed."""
