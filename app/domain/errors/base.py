"""Rules that refuse: each is a named exception that the web floor turns into a page or JSON."""


class Refusal(Exception):
    """A rule of the field said no. ``code`` is stable and machine-readable."""

    code = "refused"
