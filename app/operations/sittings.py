"""A sitting: a person's own attempt with everything it is pinned to."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.behaviour import Behaviour
from app.domain.errors import NotFound
from app.domain.items import Item, with_case
from app.domain.kept import kept_by_object
from app.domain.layout import Layout, read_layout
from app.domain.paper import Paper, read_manifest
from app.domain.quiz import Quiz, with_inherited
from app.domain.roles import Person
from app.domain.variables import with_values
from app.models import Attempt, Course, Document, Enrolment, Exam, Offering, Revision, User
from app.models import Paper as PaperRow
from app.operations.documents import case_of, check_use, quiz_of


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt with everything it is pinned to, its layout as it was drawn at the start.

    ``revisions`` stand by language; ``cases`` are the cases that its groups show and its items walk, by
    slug and language.
    """

    attempt: Attempt
    #: public id of whose attempt it is
    person: str
    exam: Exam
    offering: Offering
    course: Course
    document: Document
    revisions: Mapping[str, Revision]
    cases: Mapping[str, Mapping[str, Revision]]
    layout: Layout
    #: cases of a practice that are for exams only by now; its groups show nothing of them any more
    walled_cases: frozenset[str] = frozenset()
    _items: dict[str, dict[str, Item]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def quiz(self) -> Quiz:
        """The quiz in its original language, as it was when the attempt began."""
        return quiz_of(self.revisions[self.document.language])

    @property
    def is_practice(self) -> bool:
        """Whether it was begun by its learner, at any time, and is judged at once."""
        return self.exam.kind == "practice"

    @property
    def is_walled(self) -> bool:
        """Whether it is for authors: an exam tried out, or practice that is for exams only by now."""
        if not self.is_practice:
            return self.attempt.is_preview
        return self.document.is_exam_only or any(
            item.walk in self.walled_cases for item in complete_items(self.quiz).values() if self.walled_cases
        )

    def is_open(self, now: datetime) -> bool:
        """Whether the attempt takes answers that count."""
        return self.attempt.timing.is_open(now)

    @property
    def behaviour(self) -> Behaviour:
        """When the learner is told what was right."""
        return Behaviour(self.attempt.behaviour)

    def items(self, language: str | None = None) -> dict[str, Item]:
        """Return the items as this attempt asks them, by key, in a language of the attempt.

        Inherited values, the drawn values of variables and the cases to walk are filled in.
        """
        language = language or self.document.language
        if language not in self._items:
            self._items[language] = self._filled(language)
        return self._items[language]

    def _filled(self, language: str) -> dict[str, Item]:
        filled = dict(complete_items(quiz_of(self.revisions[language])))
        for place in self.layout.places:
            item = filled[place.key]
            if item.walk is not None:
                filled[place.key] = with_case(item, case_of(self.case_revision(item.walk, language)))
            elif item.variables:
                filled[place.key] = with_values(item, place.values)
        return filled

    def case_revision(self, slug: str, language: str) -> Revision:
        """Return the pinned revision of a case in the language, else in any that there is."""
        revisions = self.cases[slug]
        return revisions.get(language) or next(iter(revisions.values()))


def open_sitting(session: Session, person: Person, public: str) -> Sitting:
    """Return a person's own attempt, as ``get_sitting`` does, while the person may see it.

    :raises NotFound: there is no such attempt, the person has no place in its offering any more, or
        only authors may see it: an exam that was tried out, practice that is for exams only now.
    """
    sitting = get_sitting(session, public, person.id)
    check_use(person, sitting.offering.id, is_walled=sitting.is_walled)
    return sitting


def get_sitting(session: Session, public: str, user_id: int) -> Sitting:
    """Return a person's own attempt with what it is pinned to, in two statements.

    :raises NotFound: this person has no such attempt.
    """
    statement = (
        select(Attempt, User.public_id.label("person"), Exam, Offering, Course, PaperRow.manifest, Document)
        .join(User, User.id == Attempt.user_id)
        .join(Exam, Exam.id == Attempt.exam_id)
        .join(Offering, Offering.id == Exam.offering_id)
        .join(Course, Course.id == Offering.course_id)
        .join(PaperRow, PaperRow.id == Attempt.paper_id)
        .join(Document, Document.id == Exam.document_id)
        .where(Attempt.public_id == public, Attempt.user_id == user_id)
    )
    row = session.execute(statement).first()
    if row is None:
        raise NotFound(public)
    paper = paper_of(row.manifest)
    pinned = {number for ids in (paper.revisions, *paper.cases.values()) for number in ids.values()}
    texts = select(Revision, Document).join(Document, Document.id == Revision.document_id)
    read = session.execute(texts.where(Revision.id.in_(pinned))).all()
    found = {one.Revision.id: one.Revision for one in read}
    return Sitting(
        attempt=row.Attempt,
        person=row.person,
        exam=row.Exam,
        offering=row.Offering,
        course=row.Course,
        document=row.Document,
        revisions=_by_language(paper.revisions, found),
        cases={slug: _by_language(ids, found) for slug, ids in paper.cases.items()},
        layout=read_layout(row.Attempt.layout),
        walled_cases=_walled(row.Exam, [one.Document for one in read]),
    )


def _walled(exam: Exam, pinned: Sequence[Document]) -> frozenset[str]:
    if exam.kind != "practice":
        return frozenset()
    return frozenset(one.slug for one in pinned if one.kind == Kind.CASE.value and one.is_exam_only)


@kept_by_object(256)
def complete_items(quiz: Quiz) -> Mapping[str, Item]:
    """Return the items of a quiz by key, with what they inherit."""
    return {one.id: with_inherited(one, group, quiz) for group in quiz.groups for one in group.items}


@lru_cache(maxsize=256)
def paper_of(manifest: str) -> Paper:
    """Return the paper of a stored manifest; many sit the same one."""
    return read_manifest(json.loads(manifest))


def _by_language(ids: Mapping[str, int], found: Mapping[int, Revision]) -> dict[str, Revision]:
    return {language: found[number] for language, number in ids.items()}


def list_attempts(session: Session, person: Person, exam_id: int) -> Sequence[Attempt]:
    """Return the person's own attempts at an exam, newest first."""
    statement = select(Attempt).where(Attempt.exam_id == exam_id, Attempt.user_id == person.id)
    return session.scalars(statement.order_by(Attempt.number.desc())).all()


def hold_person(session: Session, offering_id: int, user_id: int) -> int | None:
    """Let what begins an attempt of one person pass one by one; return the person's cohort."""
    place = (Enrolment.offering_id == offering_id) & (Enrolment.user_id == user_id)
    statement = select(Enrolment.cohort_id).where(place).with_for_update(key_share=True)
    return session.scalar(statement)


def lock_attempt(session: Session, person: Person, public: str) -> None:
    """Hold the attempt for this transaction, and read it anew: somebody else may have held it before.

    :raises NotFound: this person has no such attempt.
    """
    statement = select(Attempt).where(Attempt.public_id == public, Attempt.user_id == person.id)
    held = statement.with_for_update().execution_options(populate_existing=True)
    if session.scalar(held) is None:
        raise NotFound(public)
