"""The social networks in which scenarios are set."""

from __future__ import annotations

import msgspec

from etiquette_kit.locale import catalog


class Platform(msgspec.Struct, frozen=True):
    """A social network.

    Attributes
    ----------
    id : str
        Its key in the locale's ``platforms``.
    network : {"private", "professional"}
        What it is used for; it must agree with the facts of a scenario.
    events : tuple of str
        The events that can happen there. On WhatsApp, where anyone with the number can write, a friend request is the wish to see
        one's status. ``audience`` (who sees what) concerns private networks only.
    """

    id: str
    network: str
    events: tuple[str, ...]

    def name(self, lang: str) -> str:
        """Return the platform's name."""
        return catalog(lang)(f"platforms.{self.id}.name")

    def occasion(self, event: str, lang: str) -> str:
        """Return the platform's name for an event, for example a follow request."""
        return catalog(lang)(f"platforms.{self.id}.{event}")

    def action_name(self, action: str, lang: str) -> str:
        """Return the platform's name for an action."""
        words = catalog(lang)
        return words.get(f"platform_actions.{self.id}.{action}") or words(f"actions.{action}")


_ALL = (
    Platform("facebook", "private", ("friend_request", "message", "audience")),
    Platform("instagram", "private", ("friend_request", "message", "audience")),
    Platform("whatsapp", "private", ("friend_request", "message", "audience")),
    Platform("snapchat", "private", ("friend_request", "message", "audience")),
    Platform("xing", "professional", ("friend_request", "message")),
    Platform("linkedin", "professional", ("friend_request", "message")),
)

PLATFORMS: dict[str, Platform] = {platform.id: platform for platform in _ALL}
