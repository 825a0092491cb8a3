"""A table as a notebook keeps it, without the styles that its page forbids, and with heads that say what they are heads of."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

_KEPT = frozenset({"table", "caption", "thead", "tbody", "tr", "th", "td"})


def plain_table(html: str) -> str:
    """Return the tables in some HTML, without attributes; nothing where there is none."""
    reader = _Tables()
    reader.feed(html)
    reader.close()
    return "".join(reader.written)


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self._depth = 0
        self._in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  none is kept
        if tag not in _KEPT:
            return
        self._depth += tag == "table"
        self._in_head = tag == "thead" or (self._in_head and tag != "tbody")
        scope = f' scope="{"col" if self._in_head else "row"}"' if tag == "th" else ""
        self.written.append(f"<{tag}{scope}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _KEPT:
            self.written.append(f"</{tag}>")
            self._depth -= tag == "table"

    def handle_data(self, data: str) -> None:
        if self._depth and data.strip():
            self.written.append(escape(data, quote=False))
