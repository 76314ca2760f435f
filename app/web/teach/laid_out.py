"""A paper that nobody sits: for its author, or to be printed."""

from collections.abc import Mapping

from app.domain.case import Case
from app.domain.items import Item, with_case
from app.domain.layout import Layout, Place
from app.domain.quiz import Quiz, with_inherited
from app.domain.variables import with_values
from app.models import Revision
from app.operations.documents import case_of, find_fragments, quiz_of
from app.web.attempts.sheet import Sheet
from app.web.database import Session

#: the revision of a quiz, and those of the cases that it shows and walks
Pinned = tuple[Revision, Mapping[str, Revision]]


def laid_out(session: Session, slug: str, pinned: Pinned, layout: Layout, mode: str) -> Sheet:
    """Return the sheet of a paper as laid out, every item in one mode."""
    revision, cases = pinned
    quiz = quiz_of(revision)
    fragments = find_fragments(session, [revision, *cases.values()])
    items, read = inherited_items(quiz), {slug: case_of(one) for slug, one in cases.items()}
    return Sheet(
        slug=slug,
        quiz=quiz,
        places=layout.places,
        items={place.key: filled(items[place.key], place, read) for place in layout.places},
        fragments=fragments[revision.id],
        cases={slug: (read[slug], fragments[one.id]) for slug, one in cases.items()},
        mode=mode,
    )


def inherited_items(quiz: Quiz) -> dict[str, Item]:
    """Return the items of a quiz by key, with what they inherit."""
    return {one.id: with_inherited(one, group, quiz) for group in quiz.groups for one in group.items}


def filled(item: Item, place: Place, cases: Mapping[str, Case]) -> Item:
    """Fill in the case that is walked, and the values that were drawn."""
    if item.walk is not None and item.walk in cases:
        return with_case(item, cases[item.walk])
    is_drawn = item.variables and not any(value.startswith("{") for value in place.values.values())
    return with_values(item, place.values) if is_drawn else item
