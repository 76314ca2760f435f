"""The details of an entry of the audit log, in words."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext, ngettext

from app.domain.review import Aspect, Phase
from app.operations.audit import Line
from app.web.admin.detail_names import detail_name
from app.web.admin.forms import role_names, site_role_names
from app.web.filters import DASH, local_time
from app.web.languages import current_language
from app.web.stale.wording import why_name
from app.web.teach.exam_forms import device_names, kind_names, sort_names
from app.web.teach.names import language_name
from app.web.teach.release import ASPECTS, PHASES

MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*[+-]\d\d:\d\d")
#: details that hold what stood there and what stands there now
PAIRS = frozenset({"name", "class"})


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail in words: what it is called, and what it says."""

    name: str
    text: str


def details_of(line: Line, titles: Mapping[str, Mapping[str, str]]) -> list[Detail]:
    """Say the details of an entry.

    :param titles: of exams and courses, by the key of the detail and what is kept there.
    """
    told = dict(line.detail)
    found = list(_changed(line.action, told))
    for key, value in told.items():
        text = titles.get(key, {}).get(str(value)) or _text(key, value)
        if text:
            found.append(Detail(detail_name(line.action, key), text))
    return found


def _changed(action: str, told: dict[str, Any]) -> Iterator[Detail]:
    """Say what stood before and stands now, and take it away from what is told."""
    if not {"before", "after"} <= told.keys():
        return
    before, after = told.pop("before"), told.pop("after")
    if not isinstance(before, dict) and not isinstance(after, dict):
        key = action.partition(".")[2]
        yield Detail(detail_name(action, key), _pair(_text(key, before), _text(key, after)))
        return
    for aspect in Aspect:
        was, now = (_phases((one or {}).get(aspect.value, ())) for one in (before, after))
        if was != now:
            yield Detail(str(ASPECTS[aspect]), _pair(was, now))


def _pair(before: str, after: str) -> str:
    return f"{before or DASH} → {after or DASH}"


def _phases(names: Any) -> str:
    return listed([str(PHASES[phase]) for phase in PHASES if phase in {Phase(name) for name in names}])


def _text(key: str, value: Any) -> str:
    """Say a value in words; nothing where there is none."""
    if value is None or value in ("", [], {}):
        return ""
    if key in SUMMARIES:
        return SUMMARIES[key](value)
    if key in PAIRS and isinstance(value, list) and len(value) == 2:
        return _pair(*(str(one) for one in value))
    if isinstance(value, list):
        return listed([_text(key, one) for one in value])
    return _plain(key, value if isinstance(value, bool) else str(value))


def _plain(key: str, value: bool | str) -> str:
    if value in (True, "True"):
        return gettext("Yes")
    if value in (False, "False"):
        return gettext("No")
    if value == "None":
        return DASH
    text = str(value)
    if MOMENT.fullmatch(text):
        return local_time(datetime.fromisoformat(text))
    return CODES[key]().get(text, text) if key in CODES else text


def listed(texts: list[str]) -> str:
    """Put texts into a list, as the language of the page does."""
    return ("、" if current_language() == "zh" else ", ").join(texts)


def _text_kinds() -> dict[str, str]:
    texts = {"case": gettext("Case"), "quiz": gettext("Quiz"), "syllabus": gettext("Syllabus")}
    return texts | dict(kind_names())


def _languages() -> dict[str, str]:
    return {one: language_name(one) for one in ("zh", "en")}


def _forms() -> dict[str, str]:
    return {"docx": gettext("Word, with pictures"), "xlsx": gettext("Excel"), "txt": gettext("Plain text")}


def _reasons() -> dict[str, str]:
    return {one: why_name(one) for one in ("translation", "belongs", "shows", "walks", "copy", "paper")}


#: details whose value is one of a few codes
CODES: dict[str, Callable[[], dict[str, str]]] = {
    "devices": lambda: dict(device_names()),
    "form": _forms,
    "kind": _text_kinds,
    "language": _languages,
    "role": role_names,
    "site_role": site_role_names,
    "sort": lambda: dict(sort_names()),
    "why": _reasons,
}


def _wished(wishes: Any) -> str:
    count = sum(wish["count"] for wish in wishes)
    return ngettext("%(num)s question", "%(num)s questions", count)


def _counted(value: Any) -> str:
    return str(len(value))


def _review(value: Any) -> str:
    """Say what learners see; it was kept as a text once."""
    return gettext("Changed") if isinstance(value, (dict, str)) else str(value)


#: details that are too long to be told whole
SUMMARIES: dict[str, Callable[[Any], str]] = {
    "instructions": _counted,
    "review": _review,
    "revisions": _counted,
    "sha256": lambda value: str(value)[:12],
    "wishes": _wished,
}
