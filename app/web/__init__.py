"""The web: one package per blueprint, and what they share."""
