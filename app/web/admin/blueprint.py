"""The blueprint that the pages of the administration stand on."""

from flask import Blueprint

bp = Blueprint("admin", __name__, url_prefix="/admin")
