"""What the teaching pages show: the cohort matrix, and the path report as a tree of labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for
from flask_babel import gettext, ngettext

from app.domain.paths import Branch
from app.operations.offerings import Place
from app.operations.progress import Learner
from app.operations.walked import WalkedCase
from app.web.cases.drawing import Twig
from app.web.courses.presenting import CoursePage, Fragments, ModuleView
from app.web.text import plain


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A student's line in the cohort matrix; ``earned`` in class hours."""

    name: str
    login: str
    cohort: str
    url: str
    modules: Sequence[ModuleView]
    earned: Decimal


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A case whose path report can be opened."""

    slug: str
    title: str
    is_retired: bool = False


def case_links(page: CoursePage | None, walked: Sequence[WalkedCase]) -> list[CaseLink]:
    """Return the cases of the syllabus, then others that were walked all the same."""
    modules = page.syllabus.modules if page else ()
    listed = {slug: page.case_title(slug) for module in modules for slug in module.cases} if page else {}
    links = [CaseLink(slug, title) for slug, title in listed.items()]
    return links + [CaseLink(one.slug, one.title, one.is_retired) for one in walked if one.slug not in listed]


def matrix_rows(place: Place, page: CoursePage, learners: Sequence[Learner]) -> list[MatrixRow]:
    """Return the cohort matrix: a line a student, a cell a module."""
    return [
        MatrixRow(
            name=learner.user.name,
            login=learner.user.login,
            cohort=learner.cohort.name if learner.cohort else learner.user.class_name,
            url=url_for("teach.student", public_id=place.offering.public_id, student=learner.user.public_id),
            modules=page.tracker(learner.progress, counts=True).modules,
            earned=learner.progress.earned,
        )
        for learner in learners
    ]


def report_twigs(tree: Branch, fragments: Fragments) -> list[Twig]:
    """Return the report: decisions, below each its options with n, share and mean score, then endings."""
    twigs: list[Twig] = []
    for section_id in dict.fromkeys(branch.section for branch in tree.branches):
        title = plain(str(fragments.get(f"{section_id}.title", "")))
        options = [branch for branch in tree.branches if branch.section == section_id]
        below = [_option(branch, fragments) for branch in options]
        twigs.append(Twig(title, kind="decision", twigs=below))
    twigs.extend(_ending(section_id, n, fragments) for section_id, n in sorted(tree.endings.items()))
    return twigs


def _option(branch: Branch, fragments: Fragments) -> Twig:
    label = plain(str(fragments.get(f"{branch.section}.choice.{branch.choice}", "")))
    people = ngettext("%(num)s walk", "%(num)s walks", branch.n)
    if not branch.n:
        return Twig(label, people, "open")
    notes = [people]
    if branch.share is not None:
        notes.append(f"{branch.share:.0f}%")
    if mean := mean_words(branch):
        notes.append(mean)
    return Twig(label, " · ".join(notes), "taken", report_twigs(branch, fragments), branch.reasons)


def mean_words(branch: Branch) -> str:
    """Say the mean score of the walks that ended, and of how many where others have not."""
    if branch.mean is None:
        return ""
    mean, ended = f"{branch.mean:.1f}", len(branch.scores)
    if ended == branch.n:
        return gettext("mean score %(mean)s", mean=mean)
    return ngettext(
        "mean score %(mean)s of %(num)s walk that ended",
        "mean score %(mean)s of %(num)s walks that ended",
        ended,
        mean=mean,
    )


def _ending(section_id: str, n: int, fragments: Fragments) -> Twig:
    title = plain(str(fragments.get(f"{section_id}.title", "")))
    return Twig(title, ngettext("%(num)s walk", "%(num)s walks", n), "ending")
