"""Items and cases to score and walk, written as short as they can be said."""

from decimal import Decimal

from app.domain.case import Case, Choice, Condition, Effect, Section, SectionKind
from app.domain.items import Item, ItemType, Variable
from app.domain.keys import (
    BestWorstKey,
    Blank,
    BlanksKey,
    ChoiceKey,
    ConstructedKey,
    Dropdown,
    MatchingKey,
    NumericKey,
    OrderingKey,
    Pair,
    RatingKey,
    TruthKey,
    WalkKey,
    WeightedKey,
)
from app.domain.options import MarkingPoint, Option

SCENE, EXHIBIT, OUTCOME, ENDING, QUESTION, HINT, MODEL_ANSWER = (
    SectionKind.SCENE,
    SectionKind.EXHIBIT,
    SectionKind.OUTCOME,
    SectionKind.ENDING,
    SectionKind.QUESTION,
    SectionKind.HINT,
    SectionKind.MODEL_ANSWER,
)


def make_options(count: int, keys: str) -> ChoiceKey:
    """Return options A, B, … of which those at the positions in ``keys`` are right."""
    return ChoiceKey(tuple(Option(chr(65 + i), is_key=str(i + 1) in keys) for i in range(count)))


def make_single(key: str = "1", count: int = 4, points: str = "2") -> Item:
    return Item("q1", ItemType.SINGLE, make_options(count, key), points=Decimal(points))


def make_multiple(keys: str = "12", rule: str | None = None, count: int = 4, points: str = "4") -> Item:
    key = make_options(count, keys)
    return Item("q1", ItemType.MULTIPLE, key, points=Decimal(points), scoring=rule)


def make_truth(value: bool = True, points: str = "1") -> Item:
    return Item("q1", ItemType.TRUE_FALSE, TruthKey(value), points=Decimal(points))


def make_blanks(*lines: str, rule: str | None = None, any_order: bool = False, points: str = "3") -> Item:
    """Return an item with a blank a line, its wordings parted by a bar."""
    key = BlanksKey(tuple(tuple(word.strip() for word in line.split("|")) for line in lines))
    return Item("q1", ItemType.BLANKS, key, points=Decimal(points), scoring=rule, any_order=any_order)


def make_numeric(key: NumericKey, points: str = "2") -> Item:
    return Item("q1", ItemType.NUMERIC, key, points=Decimal(points))


def make_cloze(*lines: str, rule: str | None = None, points: str = "3") -> Item:
    """Return an item with blanks inside its stem; a tilde before a word makes a dropdown with that key."""
    key = BlanksKey(tuple(_read_blank(line) for line in lines), is_cloze=True)
    body = "，".join(f"[[{number}]]" for number in range(1, len(lines) + 1))
    return Item("q1", ItemType.BLANKS, key, body=body, points=Decimal(points), scoring=rule)


def _read_blank(line: str) -> Blank:
    words = [word.strip() for word in line.split("|")]
    keys = [place for place, word in enumerate(words, start=1) if word.startswith("~")]
    plain = tuple(word.removeprefix("~") for word in words)
    return Dropdown(plain, keys[0]) if keys else plain


def make_calculated(key: NumericKey, *variables: Variable, points: str = "2") -> Item:
    return Item("q1", ItemType.NUMERIC, key, points=Decimal(points), variables=variables)


def make_ordering(count: int = 4, rule: str | None = None, points: str = "3") -> Item:
    key = OrderingKey(tuple(Option(chr(65 + i)) for i in range(count)))
    return Item("q1", ItemType.ORDERING, key, points=Decimal(points), scoring=rule)


def make_matching(*pairs: str, points: str = "3") -> Item:
    """Return pairs written ``左=右``; ``=右`` is a distractor."""
    sides = (pair.partition("=") for pair in pairs)
    key = MatchingKey(tuple(Pair(left, right) for left, _, right in sides))
    return Item("q1", ItemType.MATCHING, key, points=Decimal(points))


def make_best_worst(best: int = 1, worst: int = 2, count: int = 4, points: str = "2") -> Item:
    key = BestWorstKey(make_options(count, "").options, best, worst)
    return Item("q1", ItemType.BEST_WORST, key, points=Decimal(points))


def make_rating(*means: str, scale: tuple[int, int] = (1, 5), points: str = "4") -> Item:
    """Return an option a mean of the panel."""
    key = RatingKey(make_options(len(means), "").options, tuple(Decimal(mean) for mean in means), *scale)
    return Item("q1", ItemType.RATING, key, points=Decimal(points))


def make_weighted(*weights: str) -> Item:
    """Return an item whose options earn so much; its best one is worth the item's points."""
    worth = tuple(Decimal(weight) for weight in weights)
    key = WeightedKey(make_options(len(weights), "").options, worth)
    return Item("q1", ItemType.WEIGHTED, key, points=max(worth))


def make_upload(points: str = "10") -> Item:
    key = ConstructedKey((MarkingPoint(Decimal(points), "画出座次"),))
    return Item("q1", ItemType.UPLOAD, key, points=Decimal(points), file=("pdf", "png"))


def make_walk(case: Case, points: str = "10") -> Item:
    return Item("q1", ItemType.WALK, WalkKey(case), points=Decimal(points), walk="first-car-door")


def make_constructed(points: str = "10") -> Item:
    key = ConstructedKey((MarkingPoint(Decimal(points), "指出次序"),))
    return Item("q1", ItemType.CONSTRUCTED, key, points=Decimal(points))


def make_info() -> Item:
    return Item("q1", ItemType.INFO, None, points=Decimal(0))


def make_case(*sections: Section, dimensions: tuple[str, ...] = ()) -> Case:
    return Case("先开哪一扇车门", sections, dimensions=dimensions)


def make_section(
    kind: SectionKind,
    section_id: str,
    *,
    then: str | None = None,
    when: tuple[str, str, int] | None = None,
    reveal: str | None = None,
) -> Section:
    condition = Condition(*when) if when else None
    return Section(section_id, kind, next=then, when=condition, reveal=reveal)


def make_decision(
    section_id: str,
    *choices: Choice,
    reason: str | None = None,
    when: tuple[str, str, int] | None = None,
) -> Section:
    condition = Condition(*when) if when else None
    return Section(section_id, SectionKind.DECISION, choices=choices, reason=reason, when=condition)


def make_choice(target: str | None = None, points: str = "0", **changes: int) -> Choice:
    """Return an option of a decision; ``changes`` are its effects on dimensions."""
    effects = tuple(Effect(dimension, change) for dimension, change in changes.items())
    return Choice("…", target, Decimal(points), effects)


def make_car_door() -> Case:
    """Return 先开哪一扇车门: two decisions, three endings, a question with a hint and an answer."""
    return make_case(
        make_section(SectionKind.SCENE, "arrival"),
        make_decision(
            "which-door",
            make_choice("upset", "0", 礼貌=-1),
            make_choice("pleased", "5", 礼貌=2),
        ),
        make_section(SectionKind.OUTCOME, "upset"),
        make_decision(
            "repair",
            make_choice("lost", "-1", 礼貌=-1),
            make_choice("saved", "3", 礼貌=1, 规范=1),
            reason="required",
        ),
        make_section(SectionKind.ENDING, "pleased"),
        make_section(SectionKind.ENDING, "saved"),
        make_section(SectionKind.ENDING, "lost"),
        make_section(SectionKind.QUESTION, "why"),
        make_section(SectionKind.HINT, "hint"),
        make_section(SectionKind.MODEL_ANSWER, "answer", reveal="release"),
        dimensions=("礼貌", "规范"),
    )
