"""Language and theme: what a visitor prefers, kept in two cookies."""
