"""Who may do what: one table joins roles and permissions, per offering and for the whole site."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Roles in an offering."""

    STUDENT = "student"
    ASSISTANT = "assistant"
    MARKER = "marker"
    INSTRUCTOR = "instructor"


class SiteRole(StrEnum):
    """Roles on the whole site."""

    ADMIN = "admin"
    OFFICER = "officer"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What an endpoint asks for. PUBLIC asks for nothing, SIGNED_IN for any person."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    #: read a course, walk its cases, practise its quizzes
    STUDY = "study"
    #: read exam-only documents, preview, author
    AUTHOR = "author"
    #: see the progress of the people in one's cohorts
    SEE_COHORT = "see_cohort"
    #: read reasons, answers and walks of other people
    SEE_ANSWERS = "see_answers"
    #: record class hours, copy and archive an offering
    RUN_OFFERING = "run_offering"
    #: open a new course with its first offering
    OPEN_COURSE = "open_course"
    #: issue a one-time password to the students of one's offering
    ISSUE_PASSWORD = "issue_password"
    #: people, roles, any password
    ADMINISTER = "administer"
    READ_AUDIT = "read_audit"
    #: see all exams, without authoring
    OVERSEE_EXAMS = "oversee_exams"
    #: set exams and their accommodations, release their results
    SET_EXAM = "set_exam"
    #: watch those who sit an exam, give them time, read their records
    INVIGILATE = "invigilate"
    #: mark what no key can judge, without names
    MARK = "mark"


P = Permission
OFFERING_TABLE: Mapping[Role, frozenset[Permission]] = {
    Role.STUDENT: frozenset({P.STUDY}),
    Role.ASSISTANT: frozenset({P.STUDY, P.SEE_COHORT}),
    Role.MARKER: frozenset({P.STUDY, P.MARK}),
    Role.INSTRUCTOR: frozenset(
        {
            P.STUDY,
            P.AUTHOR,
            P.SEE_COHORT,
            P.SEE_ANSWERS,
            P.RUN_OFFERING,
            P.OPEN_COURSE,
            P.ISSUE_PASSWORD,
            P.SET_EXAM,
            P.INVIGILATE,
            P.MARK,
        }
    ),
}
SITE_TABLE: Mapping[SiteRole, frozenset[Permission]] = {
    SiteRole.ADMIN: frozenset({P.ADMINISTER, P.READ_AUDIT, P.ISSUE_PASSWORD, P.OPEN_COURSE}),
    SiteRole.OFFICER: frozenset({P.OVERSEE_EXAMS, P.SET_EXAM, P.INVIGILATE}),
    SiteRole.AUDITOR: frozenset({P.READ_AUDIT}),
}


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's role in one offering. ``cohorts`` are the ids that an assistant looks after."""

    offering_id: int
    role: Role
    cohorts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking: what rules need to know of the person signed in."""

    id: int
    public_id: str
    login: str
    name: str
    site_role: SiteRole | None = None
    must_change_password: bool = False
    memberships: tuple[Membership, ...] = ()

    def membership(self, offering_id: int) -> Membership | None:
        """Return this person's place in an offering, if any."""
        return next((m for m in self.memberships if m.offering_id == offering_id), None)

    def may(self, permission: Permission, offering_id: int | None = None) -> bool:
        """Whether the person may do this in the offering, or, without one, anywhere at all."""
        if permission in {P.PUBLIC, P.SIGNED_IN}:
            return True
        if self.site_role is not None and permission in SITE_TABLE[self.site_role]:
            return True
        return any(
            permission in OFFERING_TABLE[m.role]
            for m in self.memberships
            if offering_id is None or m.offering_id == offering_id
        )

    def offerings_where(self, permission: Permission) -> frozenset[int]:
        """Return the ids of the offerings in which a role of this person grants the permission."""
        return frozenset(m.offering_id for m in self.memberships if permission in OFFERING_TABLE[m.role])
