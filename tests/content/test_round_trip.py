"""What is written is read again as the same document."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.content.canonical import content_hash
from app.content.parse import Kind, parse_text
from app.content.writer import format_document
from app.domain.items import ItemType
from app.domain.quiz import Quiz
from tests.content import documents
from tests.content.samples import CASE, MIXED, QUIZ, SYLLABUS, read

DOCUMENTS = st.one_of(
    documents.quizzes().map(lambda quiz: (Kind.QUIZ, quiz)),
    documents.cases().map(lambda case: (Kind.CASE, case)),
    documents.syllabuses().map(lambda syllabus: (Kind.SYLLABUS, syllabus)),
)


def check_reading(document, kind):
    """Write a document, read it again, and write that."""
    text = format_document(document)

    parsed = parse_text(text, kind)

    assert [diagnostic.render() for diagnostic in parsed.errors] == []
    assert parsed.document is not None
    assert parsed.document == document
    assert not parsed.unwritten
    assert format_document(parsed.document) == text
    assert content_hash(parsed.document) == content_hash(document)


@given(DOCUMENTS)
# whole documents take minutes to shrink; a fault of an item is shrunk in the test below
@settings(max_examples=150, deadline=None, phases=set(Phase) - {Phase.shrink, Phase.explain})
def test_a_written_document_is_read_as_itself(made):
    kind, document = made

    check_reading(document, kind)


@pytest.mark.parametrize("item_type", ItemType)
@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_written_item_is_read_as_itself(item_type, data):
    check_reading(data.draw(documents.quizzes_of(item_type)), Kind.QUIZ)


@pytest.mark.parametrize(
    ("kind", "text"),
    [(Kind.QUIZ, QUIZ), (Kind.QUIZ, MIXED), (Kind.CASE, CASE), (Kind.SYLLABUS, SYLLABUS)],
    ids=["quiz", "mixed", "case", "syllabus"],
)
def test_a_sample_is_read_as_itself_when_it_was_written(kind, text):
    check_reading(read(text, kind), kind)


def test_the_samples_hold_every_type():
    quizzes = [read(text, Kind.QUIZ) for text in (QUIZ, MIXED)]

    types = {item.type for quiz in quizzes if isinstance(quiz, Quiz) for item in quiz.items}

    assert types == set(ItemType)
