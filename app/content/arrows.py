"""Arrows at the end of a decision's option: ``-> #id``."""

from app.content.tokens import is_escaped


def find_arrow(plain: str) -> int | None:
    r"""Return where the arrow begins that ends a narrowed text; None where there is none.

    What leads to ``#`` is one, and what stands apart with at most one word after it is meant as one;
    a backslash makes it text.

    >>> find_arrow("致歉 -> #saved"), find_arrow("致歉 -> saved")
    (3, 3)
    >>> find_arrow("上海→北京"), find_arrow(r"致歉 \-> #saved")
    (None, None)
    """
    start = max(plain.rfind("->"), plain.rfind("→"))
    if start < 0 or is_escaped(plain, start):
        return None
    rest = plain[start:].lstrip("->→").strip()
    is_apart = start > 0 and plain[start - 1].isspace()
    return start if rest.startswith("#") or (is_apart and len(rest.split()) <= 1) else None
