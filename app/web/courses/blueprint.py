"""The blueprint that the pages of courses stand on."""

from flask import Blueprint

bp = Blueprint("courses", __name__)
