"""What of this folder is collected."""

# Python loads it by its name in processes that are killed, and Debian has a module of that name too
collect_ignore = ["site"]
