"""The kinds of jobs there are, by the name that their rows carry."""

from datetime import timedelta

from app.operations.jobs import Kind, Kinds
from app.operations.purging import purge_sign_ins

KINDS: Kinds = {
    "purge_sign_ins": Kind(purge_sign_ins, every=timedelta(hours=6)),
}
