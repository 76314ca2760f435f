"""The kinds of jobs there are, by the name that their rows carry."""

from datetime import timedelta

from app.operations.bank_filling import has_unread, prepare_fill
from app.operations.closing import close_settled, has_settled
from app.operations.import_jobs import has_old_imports, purge_imports, read_waiting, take_waiting
from app.operations.jobs import Kind, Kinds
from app.operations.purging import purge_sign_ins
from app.operations.scoring import has_waiting, score_waiting

KINDS: Kinds = {
    # an attempt is closed by its time, by definition; this makes the rows agree, whoever is there
    "close_attempts": Kind(close_settled, is_due=has_settled),
    # practice is scored as it is handed in; this scores exams, and what a crash left between the two
    "score_attempts": Kind(score_waiting, is_due=has_waiting),
    # publishing fills the bank but for large new quizzes; this reads them, and what an earlier version left
    "fill_bank": Kind(prepare=prepare_fill, is_due=has_unread),
    # reading takes its time, and so does rendering: both stand before the turn to write
    "read_import": Kind(prepare=read_waiting),
    "take_import": Kind(prepare=take_waiting),
    "purge_imports": Kind(purge_imports, is_due=has_old_imports),
    "purge_sign_ins": Kind(purge_sign_ins, every=timedelta(hours=6)),
}
