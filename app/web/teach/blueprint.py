"""The blueprint that the teaching pages stand on."""

from flask import Blueprint

bp = Blueprint("teach", __name__, url_prefix="/teach")
