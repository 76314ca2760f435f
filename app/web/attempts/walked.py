"""A walked case inside a paper: the sections that its decisions have revealed, and nothing more."""

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from app.domain.case import Case, Section
from app.domain.item_walk import shown_sections, stand_of
from app.domain.review import Aspect, Review
from app.web.attempts.items import OptionView, StepView
from app.web.courses.presenting import Fragments

ZERO = Decimal(0)


def walk_steps(
    told: tuple[Case, Fragments], choices: Sequence[str], mode: str, review: Review
) -> list[StepView]:
    """Present a walk as far as it has come, with as much of its points and feedback as the review shows.

    An author sees every section; a print shows those before the first decision.
    """
    case, _ = told
    if mode == "key":
        return [_step(told, section, None, review) for section in case.sections]
    state = stand_of(case, choices)
    decided = dict(zip(_decisions(case, state.path), choices, strict=False))
    shown = [case.section(name) for name in shown_sections(case, state)]
    return [
        _step(
            told,
            section,
            decided.get(section.id),
            review,
            is_current=mode == "ask" and section.id == state.at,
        )
        for section in shown
    ]


def _decisions(case: Case, path: Sequence[str]) -> list[str]:
    return [name for name in path if case.section(name).choices]


def _step(
    told: tuple[Case, Fragments],
    section: Section,
    chosen: str | None,
    review: Review,
    *,
    is_current: bool = False,
) -> StepView:
    _, fragments = told
    number = int(chosen) if chosen else None
    return StepView(
        id=section.id,
        kind=section.kind.value,
        title=Markup(fragments.get(f"{section.id}.title", "")),
        body=Markup(fragments.get(f"{section.id}.body", "")),
        options=[
            _option(fragments, section, n, (number, review)) for n in range(1, len(section.choices) + 1)
        ],
        chosen=number,
        is_current=is_current,
        reason=section.reason or "no",
    )


def _option(
    fragments: Fragments, section: Section, number: int, seen: tuple[int | None, Review]
) -> OptionView:
    chosen, review = seen
    name = f"{section.id}.choice.{number}"
    points = section.choices[number - 1].points or ZERO
    is_best = points == max(choice.points or ZERO for choice in section.choices)
    shows_key, is_chosen = review.shows(Aspect.KEY), number == chosen
    may_read = review.shows(Aspect.FEEDBACK) and (is_chosen or shows_key)
    return OptionView(
        number,
        Markup(fragments.get(name, "")),
        checked=is_chosen,
        feedback=Markup(fragments.get(f"{name}.feedback", "")) if may_read else Markup(),
        right=is_best if is_chosen and review.shows(Aspect.CORRECTNESS) else None,
        points=points if shows_key else None,
        is_key=is_best if shows_key else None,
    )
