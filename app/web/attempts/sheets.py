"""Gather what the pages of an attempt show: the paper with its answers, checks and verdicts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.behaviour import Behaviour, Standing, penalised, wrong_before
from app.domain.case import Case
from app.domain.events import Record
from app.domain.ids import public_id
from app.domain.items import ItemType
from app.domain.review import EARLY, Review
from app.domain.scoring import rounded
from app.models import Response
from app.operations.checks import earned_all, score_shown, standing_of
from app.operations.documents import case_of, find_fragments, quiz_of
from app.operations.events import record_of
from app.operations.files import KeptFile, list_files
from app.operations.scoring import list_responses
from app.operations.scripts import counting_marks
from app.operations.sittings import Sitting
from app.web.attempts.boxes import boxes
from app.web.attempts.sheet import Draft, Sheet
from app.web.attempts.verdicts import Verdict, of_check, of_practice, of_response
from app.web.clock import chance, clock
from app.web.courses.presenting import Fragments
from app.web.database import Session
from app.web.languages import current_language


def open_sheet(session: Session, sitting: Sitting, drafts: Mapping[str, Draft] | None = None) -> Sheet:
    """Return the sheet of an open attempt; items that were checked for the last time are in review."""
    record = record_of(session, sitting.attempt.id)
    standings = _standings(sitting, record)
    verdicts = {key: _checked(sitting, record, key) for key, one in standings.items() if one.is_settled}
    sheet = plain_sheet(session, sitting, record)
    kept = (boxes(), (sheet.revision_id, current_language()))
    return replace(sheet, verdicts=verdicts, standings=standings, drafts=drafts or {}, kept=kept)


def result_sheet(session: Session, sitting: Sitting, responses: Sequence[Response]) -> Sheet:
    """Return the sheet of a practice attempt that was handed in: everything may be seen."""
    sheet = plain_sheet(session, sitting, record_of(session, sitting.attempt.id))
    return replace(sheet, verdicts={row.item: of_practice(row) for row in responses})


def bare_sheet(session: Session, sitting: Sitting) -> Sheet:
    """Return the sheet of an attempt without any answer: its texts in the reader's language."""
    return plain_sheet(session, sitting, Record())


def review_sheet(session: Session, sitting: Sitting, review: Review) -> Sheet:
    """Return the sheet of an exam that was handed in. What the review does not show is not even read."""
    sheet = plain_sheet(session, sitting, record_of(session, sitting.attempt.id))
    verdicts: dict[str, Verdict] = {}
    if review.seen - EARLY:
        marks = counting_marks(session, sitting.attempt.id)
        rows = list_responses(session, sitting.attempt.id)
        verdicts = {row.item: of_response(row, marks.get(row.item)) for row in rows}
    return replace(sheet, mode="review", review=review, verdicts=verdicts)


def plain_sheet(session: Session, sitting: Sitting, record: Record) -> Sheet:
    """Return a sheet of an attempt in the language of the page, with its answers and nothing else."""
    wanted = current_language()
    language = wanted if wanted in sitting.revisions else sitting.document.language
    revision = sitting.revisions[language]
    pinned = {
        slug: sitting.case_revision(slug, language) for slug in sitting.cases.keys() - sitting.walled_cases
    }
    fragments = find_fragments(session, [revision, *pinned.values()])
    cases: dict[str, tuple[Case, Fragments]] = {
        slug: (case_of(one), fragments[one.id]) for slug, one in pinned.items()
    }
    return Sheet(
        slug=sitting.document.slug,
        quiz=quiz_of(revision),
        places=sitting.layout.places,
        items=sitting.items(language),
        fragments=fragments[revision.id],
        cases=cases,
        revision_id=revision.id,
        client=public_id(clock(), chance()),
        heads=record.heads,
        rivals=record.rivals,
        flags=record.flags,
        files=_files(session, sitting),
    )


def _files(session: Session, sitting: Sitting) -> Sequence[KeptFile]:
    takes_files = any(place.type is ItemType.UPLOAD for place in sitting.layout.places)
    return list_files(session, sitting.attempt) if takes_files else ()


def _standings(sitting: Sitting, record: Record) -> dict[str, Standing]:
    if sitting.behaviour is Behaviour.DEFERRED:
        return {}
    return {place.key: standing_of(sitting, record, place.key) for place in sitting.layout.places}


def _checked(sitting: Sitting, record: Record, key: str) -> Verdict:
    """Return the verdict on the last checked answer of a settled item."""
    answers = record.checks[key]
    result = score_shown(sitting, key, answers[-1])
    wrong = 0
    if sitting.behaviour is Behaviour.TRIES:
        wrong = wrong_before(answers, earned_all(sitting, record, key), answers[-1])
    points = None if result.points is None else rounded(penalised(result.points, wrong))
    return of_check(result, points, wrong)
