"""Marking: what no key can judge, item by item, without names."""
