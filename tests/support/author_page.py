"""The author's page as a person uses it, and a situation to write there."""

from __future__ import annotations

from pathlib import Path

from card import Card
from command import Command
from etiquette_kit.locale import catalog
from playwright.sync_api import Locator, Page, expect


class Writer(Card):
    """The author's card."""

    def __init__(self, page: Page, lang: str) -> None:
        super().__init__(page)
        self.words = catalog(lang)

    @property
    def root(self) -> Locator:
        return self.page.locator(".ek-writing section.ek")

    @property
    def rows(self) -> Locator:
        return self.root.locator(".ek-row")

    @property
    def said(self) -> Locator:
        return self.root.locator(".ek-said")

    @property
    def summary(self) -> Locator:
        return self.root.locator(".ek-summary-line")

    @property
    def state(self) -> Locator:
        return self.root.locator(".ek-state-line")

    def button(self, key: str, **values: object) -> Locator:
        return self.root.get_by_role("button", name=self.words(f"writer_card.{key}", **values), exact=True)

    def field(self, name: str) -> Locator:
        return self.root.locator(f'[data-control="{name}"]')

    def notes(self, name: str) -> Locator:
        return self.root.locator(f'.ek-writer-field:has([data-control="{name}"]) .ek-field-notes')

    def choose(self, name: str, value: str) -> None:
        self.field(f"{name}-{value}").check()

    def open(self, title: str) -> None:
        self.root.get_by_role("button", name=self.words("writer_card.open", title=title), exact=True).first.click()
        expect(self.field("text.de.title")).to_have_value(title)

    def await_kept(self) -> None:
        """Wait until the kernel has taken all that was typed."""
        self.page.wait_for_function("() => Object.keys(JSON.parse(sessionStorage.getItem('etiquette-kit-writer')).typed).length === 0")

    def assert_usable(self) -> None:
        assert self.violations() == []
        assert self.small_targets() == []
        assert not self.is_wider_than_screen()


class Desk:
    """`etiquette write` over a folder, as a process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.command = Command("write", str(folder), "--lang", "de", environment={"ETIQUETTE_DRAFTS": str(folder.parent / "drafts")})

    def address(self, lang: str) -> str:
        return self.command.url.replace("/de/", f"/{lang}/", 1)


FACTS = {"facts.event": "friend_request", "facts.relation": "client", "platform": "facebook", "facts.wanted": "false"}

DE = {
    "text.de.title": "Anfrage nach einer Lieferung",
    "text.de.role": "Kundin, Inhaberin einer Druckerei",
    "text.de.stem": (
        "Ihre Kundin Vera Sommer kauft seit drei Jahren bei Ihnen Papier. Heute kommt auf Facebook eine Freundschaftsanfrage von ihr, und "
        'sie schreibt:\n\n"Am Telefon reden wir immer so nett. Da können wir uns doch auch hier verbinden."\n\nAuf Facebook sind nur Ihre '
        "Familie und alte Freunde. Sie möchten Frau Sommer dort nicht haben. Aber der nächste Auftrag ist wichtig, und Sie wollen sie "
        "nicht kränken."
    ),
}
EN = {
    "text.en.title": "A request after a delivery",
    "text.en.role": "Client, owner of a print shop",
    "text.en.stem": (
        "Your client Vera Sommer has bought paper from you for three years. Today she sends you a friend request on Facebook, and she "
        'writes:\n\n"We always have such nice talks on the phone. So let us connect here as well."\n\nOn Facebook you only have your '
        "family and old friends. You do not want Ms Sommer there. But the next order matters, and you do not want to hurt her."
    ),
}
OPTIONS = {
    "accept_open": (
        "Ich nehme die Anfrage an und freue mich auf ihre nächsten Fotos.",
        "I accept the request and look forward to her next photos.",
    ),
    "decline_with_note": (
        "Ich lehne ab und schreibe: „Danke! Hier bin ich nur privat.“",
        "I decline and write: “Thank you! I am only here privately.”",
    ),
    "decline_silently": (
        "Ich lehne ab und schreibe nichts, wir reden ja bald wieder.",
        "I decline and write nothing, because we will talk again soon.",
    ),
}
FEEDBACK = ("Frau Sommer weiß nun, woran sie ist.", "Ms Sommer now knows where she stands.")


def write_situation(writer: Writer, *, same_action: bool = False) -> None:
    """Fill in the form of a new situation in both languages; with `same_action`, two reactions amount to the same."""
    for name, value in FACTS.items():
        writer.choose(name, value)
    writer.field("person.name").fill("Vera Sommer")
    writer.choose("person.gender", "female")
    for name, text in {**DE, **EN}.items():
        writer.field(name).fill(text)
    for place, (action, labels) in enumerate(OPTIONS.items()):
        amounts = "accept_open" if same_action and action == "decline_silently" else action
        writer.field(f"option.{place}.action").select_option(amounts)
        for code, label, feedback in zip(("de", "en"), labels, FEEDBACK, strict=True):
            writer.field(f"option.{place}.text.{code}.label").fill(label)
            writer.field(f"option.{place}.text.{code}.feedback").fill(feedback)
