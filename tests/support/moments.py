"""Moments at which tests stand."""

from datetime import date

#: the day of ``tests.conftest.START`` in Shanghai
TODAY = date(2026, 3, 2)
