"""Pictures and files of published texts."""
