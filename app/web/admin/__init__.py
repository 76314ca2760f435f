"""Pages of the administration: people and the audit log."""
