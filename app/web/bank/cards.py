"""Questions to be laid beside each other."""

from collections.abc import Mapping, Sequence

from app.domain.quiz import Quiz
from app.models import BankItem
from app.operations.bank_doubles import Alike
from app.operations.bank_places import head_revisions
from app.operations.documents import find_fragments, quiz_of
from app.operations.offerings import Place
from app.operations.titles import titles_of
from app.web.bank.presenting import Card, card_of, line_of
from app.web.database import Session
from app.web.languages import current_language

PERCENT = 100


def cards_of(
    session: Session,
    places: Mapping[int, Place],
    rows: Sequence[BankItem],
    alike: Sequence[Alike] = (),
) -> list[Card]:
    """Lay questions out, in three statements.

    :param places: the offerings from which one looks at them, by course.
    :param alike: those that are like another one, with how much.
    """
    texts = head_revisions(session, [row.document_id for row in rows])
    html = find_fragments(session, [revision for _, revision in texts.values()])
    shares = {one.row.id: one for one in alike}
    titles = titles_of(session, [document for document, _ in texts.values()], current_language())
    cards = []
    for row in rows:
        document, revision = texts[row.document_id]
        quiz: Quiz = quiz_of(revision)
        line = line_of(row, document, places[row.course_id], titles)
        like = shares.get(row.id)
        told = {"percent": round(PERCENT * like.share), "has_same_stem": like.has_same_stem} if like else {}
        cards.append(card_of(line, quiz, html[revision.id], **told))
    return cards
