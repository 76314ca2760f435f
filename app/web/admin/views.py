"""All pages of the administration."""

from app.web.admin import accounts, audit, people, places, rosters
from app.web.admin.blueprint import bp

__all__ = ["accounts", "audit", "bp", "people", "places", "rosters"]
