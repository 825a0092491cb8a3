"""A chooser without a browser: it sends what the front end sends, and records what reaches the page."""

import json
from typing import Any

import msgspec
from chosen_situations import BANK
from etiquette_kit.cards.chooser import ChooserCard


class Choosing:
    """A chooser's card and its page."""

    def __init__(self, **options: Any) -> None:
        self.card, self.sent = ChooserCard(**{"bank": BANK, "lang": "de", **options}), 0
        self.files: list[dict[str, Any]] = []
        self.received = [self._as_json(self.card.PARTS)]
        self.card.on_change = lambda parts: self.received.append(self._as_json(parts))
        self.card.send_file = lambda file: self.files.append(msgspec.to_builtins(file))

    def _as_json(self, parts: Any) -> str:
        return json.dumps(msgspec.to_builtins(self.card.part_values(parts)), ensure_ascii=False)

    @property
    def page(self) -> dict[str, Any]:
        """The page as a browser has it."""
        parts = json.loads(self._as_json(("scene", "standing", "feedback")))
        return {**parts["scene"], **parts["standing"], "key": parts["feedback"]}

    @property
    def names(self) -> tuple[str, ...]:
        return self.card.chosen.scenarios

    def do(self, action: str, **more: Any) -> None:
        self.sent += 1
        self.card.take({"do": action, **more, "n": f"x-{self.sent}"})
        assert self.card.ack == f"x-{self.sent}"

    def tick(self, *names: str) -> None:
        for name in names:
            self.do("tick", id=name, on=True)
