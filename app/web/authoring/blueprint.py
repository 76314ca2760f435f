"""The blueprint that the authors' pages stand on."""

from flask import Blueprint

bp = Blueprint("authoring", __name__, url_prefix="/teach")
