"""What the interface says, in the language of the page."""

import gettext
from functools import cache

from app.web.languages import TRANSLATIONS

LOCALES = {"zh": "zh_CN", "en": "en"}
BROWSERS = {"zh": "zh-CN", "en": "en-GB"}


def say(language: str, text: str, **values: object) -> str:
    """Return a text of the interface as it stands on a page of this language."""
    return catalogue(language).gettext(text) % values


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the translations; English is what the texts are written in."""
    return gettext.translation("messages", TRANSLATIONS, [LOCALES[language]], fallback=language == "en")
