"""What the parts of a package are called: each name begins with a letter, as names in XML must."""

from __future__ import annotations

from etiquette_kit.exchange.item import Item


def item_identifier(item: Item) -> str:
    """Return the identifier of a question; with its language, since software may take in the package of another language too."""
    return f"{item.identifier}-{item.lang}"


def item_path(item: Item) -> str:
    """Return where the file of a question is in the package."""
    return f"items/{item_identifier(item)}.xml"


def option_identifier(option: str) -> str:
    """Return the identifier of an option.

    An id has no underscore, so that no identifier is a part of another one: some software looks for them in text.
    """
    return f"option_{option}_"


def rating_identifier(rating: int) -> str:
    """Return the identifier of a word of the scale."""
    return f"rating_{rating}_"


def pair(option: str, rating: int) -> str:
    """Return the directed pair of an option and its rating."""
    return f"{option_identifier(option)} {rating_identifier(rating)}"
