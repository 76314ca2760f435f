"""All tables there are: whoever asks for one has all, for they refer to each other."""

from app.models.attempt import Attempt, AttemptFile, Presence, Receipt
from app.models.audit import AuditRow
from app.models.bank import BankItem, BankText, BankToken, FrozenItem, ItemTag, RetiredItem
from app.models.base import Base
from app.models.blob import Blob
from app.models.course import Course
from app.models.course_file import CourseFile
from app.models.document import Document
from app.models.draft import CoursePicture, TextDraft
from app.models.event import Event
from app.models.exam import Accommodation, CreditedAttempt, Exam, TimeCredit
from app.models.job import Job
from app.models.mark import Mark
from app.models.offering import Cohort, CohortAssistant, DeliveredHours, Enrolment, Offering
from app.models.paper import Paper, PaperRevision
from app.models.question_import import QuestionImport
from app.models.response import Response
from app.models.revision import ManifestEntry, Rendering, Revision
from app.models.sign_in import SignInFailures, UserSession
from app.models.stale import Stale
from app.models.user import User
from app.models.walk import AnswerRelease, CaseWalk, SelfMark, WalkCommit

__all__ = [
    "Accommodation",
    "AnswerRelease",
    "Attempt",
    "AttemptFile",
    "AuditRow",
    "BankItem",
    "BankText",
    "BankToken",
    "Base",
    "Blob",
    "CaseWalk",
    "Cohort",
    "CohortAssistant",
    "Course",
    "CourseFile",
    "CoursePicture",
    "CreditedAttempt",
    "DeliveredHours",
    "Document",
    "Enrolment",
    "Event",
    "Exam",
    "FrozenItem",
    "ItemTag",
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
    "RetiredItem",
    "Revision",
    "SelfMark",
    "SignInFailures",
    "Stale",
    "TextDraft",
    "TimeCredit",
    "User",
    "UserSession",
    "WalkCommit",
]
