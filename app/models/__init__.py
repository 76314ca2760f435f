"""Tables: columns, constraints and properties of own columns. No queries, no URLs, no texts."""

from app.models.attempt import Attempt, AttemptFile, Presence, Receipt
from app.models.audit import AuditRow
from app.models.base import Base
from app.models.blob import Blob
from app.models.course import Course
from app.models.document import Document
from app.models.draft import TextDraft
from app.models.event import Event
from app.models.exam import Accommodation, CreditedAttempt, Exam, TimeCredit
from app.models.job import Job
from app.models.mark import Mark
from app.models.offering import Cohort, CohortAssistant, DeliveredHours, Enrolment, Offering
from app.models.paper import Paper, PaperRevision
from app.models.question_import import CoursePicture, QuestionImport
from app.models.response import Response
from app.models.revision import ManifestEntry, Rendering, Revision
from app.models.sign_in import SignInFailures, UserSession
from app.models.user import User
from app.models.walk import AnswerRelease, CaseWalk, SelfMark, WalkCommit

__all__ = [
    "Accommodation",
    "AnswerRelease",
    "Attempt",
    "AttemptFile",
    "AuditRow",
    "Base",
    "Blob",
    "CaseWalk",
    "Cohort",
    "CohortAssistant",
    "Course",
    "CoursePicture",
    "CreditedAttempt",
    "DeliveredHours",
    "Document",
    "Enrolment",
    "Event",
    "Exam",
    "Job",
    "ManifestEntry",
    "Mark",
    "Offering",
    "Paper",
    "PaperRevision",
    "Presence",
    "QuestionImport",
    "Receipt",
    "Rendering",
    "Response",
    "Revision",
    "SelfMark",
    "SignInFailures",
    "TextDraft",
    "TimeCredit",
    "User",
    "UserSession",
    "WalkCommit",
]
