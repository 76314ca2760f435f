"""The ways that many people took through one case, as a tree of what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.domain.case import Case, SectionKind
from app.domain.walk import Commit, walk

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Way:
    """One person's way: what was committed, in order."""

    commits: tuple[Commit, ...]


@dataclass(slots=True)
class Branch:
    """A decision's option as it was chosen on one path: by how many (0: by nobody), with what final score.

    ``share`` is the percentage of those who came to the decision; ``mean`` the mean score of those
    who came to an ending from here, None if nobody did. ``endings`` counts endings by section id.
    """

    section: str
    choice: int
    n: int = 0
    share: float | None = None
    scores: list[Decimal] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    endings: dict[str, int] = field(default_factory=dict)
    branches: list["Branch"] = field(default_factory=list)

    @property
    def mean(self) -> float | None:
        """Mean final score of the walks that ended."""
        return float(sum(self.scores, ZERO)) / len(self.scores) if self.scores else None


def path_tree(case: Case, ways: Sequence[Way]) -> Branch:
    """Gather walks into a tree; the root stands for the beginning of the case."""
    root = Branch("", 0)
    for way in ways:
        _add(root, case, way)
    _complete(root, case)
    _share(root)
    return root


def _add(root: Branch, case: Case, way: Way) -> None:
    state = walk(case, way.commits)
    taken = [root]
    for commit in way.commits:
        if case.section(commit.section).kind is SectionKind.DECISION:
            taken.append(_chosen(taken[-1], commit))
    for branch in taken:
        branch.n += 1
        branch.scores.extend([state.score] if state.ended else [])
    if state.ending is not None:
        last = taken[-1]
        last.endings[state.ending] = last.endings.get(state.ending, 0) + 1


def _chosen(parent: Branch, commit: Commit) -> Branch:
    branch = _branch(parent, commit.section, commit.choice or 0)
    if commit.reason:
        branch.reasons.append(commit.reason)
    return branch


def _branch(parent: Branch, section: str, choice: int) -> Branch:
    for branch in parent.branches:
        if (branch.section, branch.choice) == (section, choice):
            return branch
    branch = Branch(section, choice)
    parent.branches.append(branch)
    parent.branches.sort(key=lambda one: (one.section, one.choice))
    return branch


def _complete(parent: Branch, case: Case) -> None:
    """Add the options that nobody took where somebody decided: what a class refused tells as much."""
    for section in {branch.section for branch in parent.branches}:
        for choice in range(1, len(case.section(section).choices) + 1):
            _branch(parent, section, choice)
    for branch in parent.branches:
        _complete(branch, case)


def _share(parent: Branch) -> None:
    came = sum(branch.n for branch in parent.branches)
    for branch in parent.branches:
        branch.share = 100 * branch.n / came
        _share(branch)
