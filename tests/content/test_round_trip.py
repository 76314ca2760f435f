"""What is written is read again as the same document."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.canonical import content_hash
from app.content.parse import Kind, parse_text
from app.content.writer import format_document
from tests.content import documents

DOCUMENTS = st.one_of(
    documents.quizzes().map(lambda quiz: (Kind.QUIZ, quiz)),
    documents.cases().map(lambda case: (Kind.CASE, case)),
    documents.syllabuses().map(lambda syllabus: (Kind.SYLLABUS, syllabus)),
)


@given(DOCUMENTS)
@settings(max_examples=300, deadline=None)
def test_a_written_document_is_read_as_itself(made):
    kind, document = made

    parsed = parse_text(format_document(document), kind)

    assert [diagnostic.render() for diagnostic in parsed.errors] == []
    assert parsed.document == document
    assert not parsed.unwritten


@given(DOCUMENTS)
@settings(max_examples=100, deadline=None)
def test_writing_twice_changes_nothing(made):
    kind, document = made
    text = format_document(document)

    again = parse_text(text, kind).document

    assert again is not None
    assert format_document(again) == text
    assert content_hash(again) == content_hash(document)
