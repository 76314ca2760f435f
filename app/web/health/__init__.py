"""Health: what a supervisor asks."""
