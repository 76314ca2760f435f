"""Plain text out of our own sanitised HTML."""

from html.parser import HTMLParser


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep the text between the tags."""
        self.parts.append(data)


def plain(html: str) -> str:
    """Return the text of an HTML fragment on one line.

    >>> plain("<em>先开</em> 哪扇门?")
    '先开 哪扇门?'
    """
    parser = _Text()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.parts).split())
