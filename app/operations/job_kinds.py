"""The kinds of jobs there are, by the name that their rows carry."""

from datetime import timedelta

from app.operations.jobs import Kind, Kinds
from app.operations.purging import purge_sign_ins
from app.operations.scoring import score_waiting

KINDS: Kinds = {
    # scoring follows the hand-in at once; this is for what a crash left between the two
    "score_attempts": Kind(score_waiting, every=timedelta(minutes=10)),
    "purge_sign_ins": Kind(purge_sign_ins, every=timedelta(hours=6)),
}
