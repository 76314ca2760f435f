"""Attempts: the quiz page, the paper, handing in, the result."""
