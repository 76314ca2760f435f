"""The two-way table (双向细目表) of a quiz, to be read beside the class hours and printed."""

from decimal import Decimal

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.content.parse import Kind
from app.domain.question_types import type_title
from app.domain.roles import Permission
from app.domain.specification import EXPECTED, TwoWayTable, two_way_table
from app.domain.syllabus import Syllabus
from app.operations.banks import syllabuses_of
from app.operations.documents import get_text, quiz_of
from app.operations.offerings import get_offering
from app.web.database import reading
from app.web.filters import percent
from app.web.languages import current_language
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.names import difficulty_name, level_or_none
from app.web.teach.views import about


@bp.get("/offerings/<public_id>/quizzes/<slug>/table")
@requires(Permission.AUTHOR)
def table(public_id: str, slug: str) -> ResponseReturnValue:
    """Show the two-way table of a quiz."""
    session, language = reading(), current_language()
    place = get_offering(session, current_person(), public_id, Permission.AUTHOR)
    text = get_text(session, place.course.id, Kind.QUIZ, slug)
    syllabuses = syllabuses_of(session, place.course.id)
    # objectives and levels are those of the original
    made = two_way_table(quiz_of(text.revisions[text.original]), next(iter(syllabuses.values()), None))
    shown = syllabuses.get(language) or next(iter(syllabuses.values()), None)
    return render_template(
        "teach/table.html",
        **about(place),
        slug=slug,
        quiz=quiz_of(text.revision(language)),
        table=made,
        modules=_module_titles(made, shown),
        levels=[(level_or_none(level), span) for level, span in made.levels],
        types=[type_title(name, language) for _, name in made.columns],
        rates=gettext(", ").join(
            f"{difficulty_name(one)} {percent(Decimal(rate.numerator) / rate.denominator)}"
            for one, rate in EXPECTED.items()
        ),
        difficulties=[(difficulty_name(one), tally) for one, tally in made.difficulties.items()],
    )


def _module_titles(made: TwoWayTable, syllabus: Syllabus | None) -> list[str]:
    titles = {module.id: module.title for module in (syllabus.modules if syllabus else ())}
    return [
        gettext("Of no module") if row.module is None else titles.get(row.module, row.module)
        for row in made.rows
    ]
