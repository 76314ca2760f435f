"""How much a cell of a workbook holds: spreadsheets count as Windows does, in units of UTF-16."""

LONGEST_CELL = 32_767
WIDE = 0xFFFF


def cell_size(text: str) -> int:
    """Return how much of a cell a text takes.

    >>> cell_size("车门"), cell_size("🚪")
    (2, 2)
    """
    return len(text) + sum(ord(sign) > WIDE for sign in text)


def fitted(text: str) -> str:
    """Return as much of a text as a cell holds; no character is halved.

    >>> len(fitted("a" * 40_000)), len(fitted("🚪" * 40_000)), fitted("车门")
    (32767, 16383, '车门')
    """
    if cell_size(text) <= LONGEST_CELL:
        return text
    data = text.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST_CELL]
    return data.decode("utf-16-le", "ignore")
