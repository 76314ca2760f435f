"""The parts of a document by id, with what a translation must share of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.content.shapes import shape_of
from app.domain.case import Case, Choice, Section
from app.domain.items import Item
from app.domain.keys import ChoiceKey, ConstructedKey, MatchingKey
from app.domain.quiz import Group, Quiz
from app.domain.syllabus import Module, Syllabus

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Part:
    """A group, item, section, module or objective: its facts, those of its options, its wording."""

    id: str
    facts: Facts
    wording: str
    options: tuple[Facts, ...] = field(default=())


def parts_of(document: Case | Quiz | Syllabus) -> Iterator[Part]:
    """Yield the parts in text order; groups are named ``#n``."""
    match document:
        case Case():
            facts = {
                "use": document.use,
                "kind": document.kind,
                "number of dimensions": len(document.dimensions),
            }
            yield Part("---", facts, "")
            yield from (_section(section, document) for section in document.sections)
        case Quiz():
            facts = {"use": document.use, "multiple": document.multiple, "ordering": document.ordering}
            facts |= {"pass": document.pass_mark}
            yield Part("---", facts, "")
            for number, group in enumerate(document.groups, 1):
                yield _group(number, group)
                yield from (_item(item, number) for item in group.items)
        case Syllabus():
            for module in document.modules:
                yield from _module(module)


def without_group(part: Part) -> Part:
    """Leave out to which group an item belongs: parts that lack shift the numbers of all others."""
    return replace(part, facts={name: fact for name, fact in part.facts.items() if name != "group"})


def _group(number: int, group: Group) -> Part:
    facts = {"each": group.each, "draw": group.draw, "shuffle": group.shuffle, "case": group.case}
    return Part(f"#{number}", facts, f"{group.title}\n{group.stem}")


def _item(item: Item, group: int) -> Part:
    facts: dict[str, object] = {"type": item.type, "points": item.points, "scoring": item.scoring}
    facts |= {"any-order": item.any_order, "kind": item.kind, "words": item.words, "group": group}
    facts |= {"file": item.file}
    if item.options:
        facts["number of options"] = len(item.options)
    if not isinstance(item.key, ChoiceKey):
        facts["key"] = shape_of(item.type).figure(item)
    texts = [item.heading, item.body, item.explanation, *item.hints, *_wordings(item)]
    options: tuple[Facts, ...] = tuple({"mark": option.is_key} for option in item.options)
    return Part(item.id, facts, "\n".join(texts), options)


def _wordings(item: Item) -> Iterator[str]:
    """Yield the texts of options, pairs and marking points; those of short answers may differ."""
    yield from (option.text for option in item.options)
    if isinstance(item.key, ConstructedKey):
        yield from (point.text for point in item.key.points)
    if isinstance(item.key, MatchingKey):
        yield from (f"{pair.left} {pair.right}" for pair in item.key.pairs)


def _section(section: Section, case: Case) -> Part:
    facts: dict[str, object] = {"type": section.kind, "next": section.next, "points": section.points}
    facts |= {"reason": section.reason, "reveal": section.reveal, "words": section.words}
    facts |= {"kind": section.question_kind, "number of options": len(section.choices)}
    facts["marking points"] = tuple(point.points for point in section.marking_points)
    if section.when is not None:
        place = case.dimensions.index(section.when.dimension) + 1
        facts["when"] = (f"dimension {place}", section.when.operator, section.when.value)
    else:
        facts["when"] = None
    texts = [section.title, section.body, *(choice.text for choice in section.choices)]
    options = tuple(_choice(choice, case) for choice in section.choices)
    return Part(section.id, facts, "\n".join(texts), options)


def _choice(choice: Choice, case: Case) -> Facts:
    places = {name: place for place, name in enumerate(case.dimensions, 1)}
    effects = sorted((places[effect.dimension], effect.change) for effect in choice.effects)
    return {"target": choice.target, "points": choice.points, "effects": tuple(effects)}


def _module(module: Module) -> Iterator[Part]:
    yield Part(module.id, {"hours": module.hours}, f"{module.title}\n{module.body}")
    for objective in module.objectives:
        yield Part(objective.id, {"type": "objective", "module": module.id}, objective.text)
