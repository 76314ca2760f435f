"""What a file can say of a quiz, for the tests of round trips."""

from dataclasses import replace

from app.domain.imported import Section
from app.domain.keys import ChoiceKey, ConstructedKey, MatchingKey, OrderingKey
from app.domain.quiz import with_inherited
from app.interchange.building import build
from app.interchange.exporting import export_quiz


def line(text):
    return " ".join(text.split())


def said_of(item, normal):
    """Return what a file says of an item, its texts in the form that the file keeps."""
    return {
        "type": item.type,
        "stem": normal(item.stem),
        "key": said_of_key(item.key, normal),
        "explanation": normal(item.explanation),
        "points": item.points if item.is_scored else None,
        "scoring": item.scoring,
        "any_order": item.any_order,
        "kind": item.kind,
        "words": item.words,
        "file": item.file,
        "level": item.level,
        "difficulty": item.difficulty,
        "topic": tuple(dict.fromkeys("_".join(word.split()) for word in item.topic)),
        "objectives": tuple(dict.fromkeys(item.objectives)),
        "hints": tuple(line(hint) for hint in item.hints),
    }


def said_of_key(key, normal):
    if isinstance(key, ChoiceKey | OrderingKey):
        options = (replace(one, text=normal(one.text), feedback="") for one in key.options)
        return type(key)(tuple(options))
    if isinstance(key, MatchingKey):
        pairs = (replace(one, left=line(one.left), right=line(one.right), feedback="") for one in key.pairs)
        return MatchingKey(tuple(pairs))
    if isinstance(key, ConstructedKey):
        points = tuple(replace(one, text=line(one.text)) for one in key.points)
        return ConstructedKey(points, tuple(line(one) for one in key.guidance))
    return key


def expected(quiz, normal):
    """Return what a file says of a quiz: its sections with their items."""
    left_out = {loss.id for loss in export_quiz(quiz).losses if "left out" in str(loss.said) and loss.id}
    feedback = {loss.id for loss in export_quiz(quiz).losses if "feedback" in str(loss.said)}
    return [
        (Section(group.title, normal(group.stem)), said_of(with_inherited(item, group, quiz), normal))
        for group in quiz.groups
        for item in group.items
        if item.id not in left_out - feedback
    ]


def read_again(sheet, normal):
    """Return what was read of the sheet, and what could not be."""
    found = [build(question) for question in sheet.questions]
    faults = [(one.title, [str(said) for said in one.said]) for one in found if one.item is None]
    losses = [str(said) for one in found if one.item for said in one.said]
    return [(one.section, said_of(one.item, normal)) for one in found if one.item], faults, losses
