"""The path report as a tree of labels."""

from flask_babel import gettext, ngettext

from app.domain.paths import Branch
from app.web.cases.drawing import Twig
from app.web.courses.presenting import Fragments
from app.web.text import plain


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
    notes = [people]
    if branch.share is not None:
        notes.append(f"{branch.share:.0f}%")
    if branch.mean is not None:
        notes.append(gettext("mean score %(mean)s", mean=f"{branch.mean:.1f}"))
    return Twig(label, " · ".join(notes), "taken", report_twigs(branch, fragments), branch.reasons)


def _ending(section_id: str, n: int, fragments: Fragments) -> Twig:
    title = plain(str(fragments.get(f"{section_id}.title", "")))
    return Twig(title, ngettext("%(num)s walk", "%(num)s walks", n), "ending")
