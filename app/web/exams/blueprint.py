"""The blueprint of exams for those who sit them."""

from flask import Blueprint

bp = Blueprint("exams", __name__)
