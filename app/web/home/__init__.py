"""The front page, by role."""
