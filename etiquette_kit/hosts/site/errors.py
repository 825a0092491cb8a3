"""What can go wrong while a site is built."""

from __future__ import annotations


class SiteError(RuntimeError):
    """A site that cannot be built.

    Attributes
    ----------
    kind : str
        Its words are in the locale under ``site.command``.
    values : dict of str to object
        What the words leave open.
    """

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(f"{kind}: {values}")
        self.kind = kind
        self.values = values
