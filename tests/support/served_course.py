"""The course as `etiquette quiz` serves it, and its addresses."""

from __future__ import annotations

from urllib.parse import urlsplit

from command import Command


class Served(Command):
    """`etiquette quiz` as a process."""

    def page(self, lang: str, notebook: str) -> str:
        """Return the address of a page as the command prints it, with the token."""
        return f"{self.url.partition('/voila/render/')[0]}/voila/render/{lang}/{notebook}.ipynb?{urlsplit(self.url).query}"


def bare_address(address: str) -> str:
    """Return an address as the browser shows it, once the page is open."""
    return address.partition("?")[0]
