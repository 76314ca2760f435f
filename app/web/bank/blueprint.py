"""The blueprint that the pages of the bank stand on."""

from flask import Blueprint

bp = Blueprint("bank", __name__, url_prefix="/teach/bank")
