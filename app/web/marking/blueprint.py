"""The blueprint that the pages of marking stand on."""

from flask import Blueprint

bp = Blueprint("marking", __name__, url_prefix="/teach/exams")
