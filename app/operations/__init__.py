"""Use cases: plain functions that take a session, the person and the moment. They flush, never commit."""
