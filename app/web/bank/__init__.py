"""The item bank: search, tags, doubles, and questions taken into texts."""
