"""The texts of an item as HTML: paragraphs, and what a person writes as a quotation; every text from data is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from etiquette_kit.exchange.item import Item


def stem_html(item: Item) -> str:
    """Return who it is, the situation, and what to do."""
    told = [f"<blockquote><p>{escape(part.text)}</p></blockquote>" if part.quote else f"<p>{escape(part.text)}</p>" for part in item.stem]
    return "".join([f"<p><strong>{escape(item.about)}</strong></p>", *told, f"<p>{escape(item.prompt)}</p>"])


def paragraphs_html(texts: Iterable[str]) -> str:
    """Return each text as a paragraph."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def title_html(title: str) -> str:
    """Return a title for software that takes titles for HTML; quotation marks stay, so that ordinary titles are the same."""
    return escape(title, quote=False)
