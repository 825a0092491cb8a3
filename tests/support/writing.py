"""An author's page without a browser: it sends what the front end sends."""

import json
from pathlib import Path
from typing import Any

import msgspec
from etiquette_kit.cards.writer.card import WriterCard

STEM = (
    "Ihre Kundin Ada Beispiel kauft seit drei Jahren bei Ihnen Papier. Heute kommt auf Facebook eine Freundschaftsanfrage von ihr, und sie "
    'schreibt:\n\n"Wir reden so nett am Telefon. Da können wir uns doch auch hier verbinden."\n\nAuf Facebook sind nur Ihre Familie und '
    "Freunde. Sie möchten Frau Beispiel dort nicht haben. Aber der nächste Auftrag ist wichtig, und Sie wollen sie nicht kränken."
)
LABELS = {
    "accept_open": "Ich nehme die Anfrage an und freue mich auf ihre nächsten Fotos.",
    "decline_with_note": "Ich lehne ab und schreibe: „Danke! Hier bin ich nur privat.“",
    "decline_silently": "Ich lehne ab und schreibe nichts, wir reden ja bald wieder am Telefon.",
}


class Writing:
    """An author's card and its page."""

    def __init__(self, folder: Path, *, tab: str = "tab", lang: str = "de", arrives: bool = True, **options: Any) -> None:
        self.card, self.sent, self.tab = WriterCard(folder, lang=lang, drafts=folder.parent / "drafts", **options), 0, tab
        if arrives:
            self.do("arrive", tab=tab)

    @property
    def page(self) -> dict[str, Any]:
        """The page as a browser has it."""
        parts = json.loads(msgspec.json.encode(self.card.part_values(("scene", "standing", "feedback"))))
        return {**parts["scene"], **parts["standing"], "feedback": parts["feedback"]}

    def do(self, action: str, **more: Any) -> dict[str, Any]:
        self.sent += 1
        self.card.take({"do": action, **more, "n": f"{self.tab}-{self.sent}"})
        assert self.card.ack == f"{self.tab}-{self.sent}"
        assert self.card.notice == ""
        return self.page

    def edit(self, **fields: str) -> dict[str, Any]:
        """Type into fields; two underscores stand for the dot of a name."""
        for name, value in fields.items():
            self.do("edit", key=self.page["key"], field=name.replace("__", "."), value=value)
        return self.page

    def titles(self) -> list[str]:
        return [row["title"] for row in self.page["rows"]]

    def notes(self, weight: str = "") -> dict[str, list[str]]:
        found = {name: [note["text"] for note in notes if weight in ("", note["weight"])] for name, notes in self.page["notes"].items()}
        return {name: texts for name, texts in found.items() if texts}


def write_situation(page: Writing) -> None:
    """Fill in the form of a new situation, in German."""
    page.do("new")
    page.edit(facts__event="friend_request", facts__relation="client", platform="facebook", facts__wanted="false")
    page.edit(person__name="Ada Beispiel", person__gender="female")
    page.edit(text__de__title="Anfrage nach einer Lieferung", text__de__role="Kundin, Inhaberin einer Druckerei", text__de__stem=STEM)
    for place, (action, label) in enumerate(LABELS.items()):
        page.edit(**{f"option__{place}__action": action, f"option__{place}__text__de__label": label})
        page.edit(**{f"option__{place}__text__de__feedback": "Frau Beispiel weiß nun, woran sie ist."})
