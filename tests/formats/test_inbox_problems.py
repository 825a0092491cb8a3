from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.content.finding import Finding

HEAD = '[theme]\ntitle.de = "Morgen"\ntitle.en = "Mornings"\n'

Edit = Callable[[str], str]

ROLES = {"de": "Kundin aus der Nähe", "en": "Client from nearby"}


def item(name: str, facts: str, text: str, more: str = "", platform: str = "facebook") -> str:
    return "\n".join(
        [
            "",
            "[[inbox.item]]",
            f'id = "{name}"',
            f'platform = "{platform}"',
            'time = "07:12"',
            'person = { name = "Anna Berg", gender = "female" }',
            f"facts = {{ {facts} }}",
            *([more] if more else []),
            *(
                f'text.{lang}.role = "{role}"\ntext.{lang}.{text}'
                for lang, role in (("de", "Kundin aus der Nähe"), ("en", "Client from nearby"))
            ),
        ]
    )


MESSAGE = 'message = "Gilt der Termin noch?"'
WISH = 'wish = "Sie möchten sie dort gern haben."'
PERSONAL = 'event = "message", relation = "client", personal = true'
REQUEST = 'event = "friend_request", relation = "client", network = "private", wanted = true, sensitive = false'
ITEMS = [*(item(f"message-{number}", PERSONAL, MESSAGE, "minutes = 2") for number in range(5)), item("request", REQUEST, WISH)]
GOOD = "\n".join(
    [
        "",
        "[[inbox]]",
        'id = "morning"',
        "budget = 12",
        'text.de.title = "Ein Morgen"',
        'text.de.intro = "Sie arbeiten in einem Laden und sehen auf Ihr Handy."',
        'text.en.title = "One morning"',
        'text.en.intro = "You work in a shop and look at your phone."',
        *ITEMS,
    ]
)


def found(tmp_path: Path, text: str) -> tuple[list[Finding], dict[str, Any]]:
    file = tmp_path / "mornings.toml"
    file.write_text(HEAD + text + "\n", encoding="utf-8")
    bank = load_bank(file)
    return list(bank.findings), dict(bank.materials("inbox"))


def test_a_sound_inbox_has_no_findings_and_can_be_played(tmp_path: Path):
    findings, inboxes = found(tmp_path, GOOD)
    assert [finding.kind for finding in findings] == []
    assert list(inboxes) == ["morning"]
    assert inboxes["morning"].theme == "mornings"


@pytest.mark.parametrize(
    ("kind", "line", "edit"),
    [
        ("inbox_budget_short", "budget = 10", lambda text: text.replace("budget = 12", "budget = 10")),
        ("inbox_time", 'time = "7 Uhr"', lambda text: text.replace('time = "07:12"', 'time = "7 Uhr"', 1)),
        ("inbox_time", 'time = "24:00"', lambda text: text.replace('time = "07:12"', 'time = "24:00"', 1)),
        ("inbox_minutes", "minutes = 4", lambda text: text.replace(REQUEST + " }", REQUEST + " }\nminutes = 4")),
        ("inbox_event", 'facts = { event = "audience"', lambda text: text.replace(PERSONAL, 'event = "audience", relation = "client"', 1)),
        ("inbox_wish", "text.de.wish", lambda text: text.replace(MESSAGE, MESSAGE + '\ntext.de.wish = "Sie möchten das gern."', 1)),
        ("missing_key", "", lambda text: text.replace("text.de." + WISH, 'text.de.message = "Hallo, wie geht es?"')),
        ("missing_key", "", lambda text: text.replace("text.en." + MESSAGE, "", 1)),
        ("few_entries", "", lambda text: text.replace(ITEMS[0], "")),
        ("number_low", "minutes = 0", lambda text: text.replace("minutes = 2", "minutes = 0", 1)),
    ],
)  # fmt: skip
def test_what_keeps_an_inbox_from_being_played_is_found_at_its_line(tmp_path: Path, kind: str, line: str, edit: Edit):
    text = edit(GOOD)
    assert text != GOOD
    findings, inboxes = found(tmp_path, text)
    (finding,) = [finding for finding in findings if finding.severity == "error"]
    assert finding.kind == kind
    assert (HEAD + text).splitlines()[finding.line - 1].startswith(line)
    assert inboxes == {}


@pytest.mark.parametrize(("budget", "kinds"), [(11, []), (12, []), (13, ["inbox_budget_ample"]), (60, ["inbox_budget_ample"])])
def test_minutes_that_suffice_for_everything_are_a_warning(tmp_path: Path, budget: int, kinds: list[str]):
    findings, inboxes = found(tmp_path, GOOD.replace("budget = 12", f"budget = {budget}"))
    assert [finding.kind for finding in findings] == kinds
    assert all(finding.severity == "warning" for finding in findings)
    assert list(inboxes) == ["morning"]


@pytest.mark.parametrize("budget", [10, 13])
def test_the_message_names_the_minutes_that_would_do(tmp_path: Path, budget: int):
    (finding,), _ = found(tmp_path, GOOD.replace("budget = 12", f"budget = {budget}"))
    assert str(budget) in finding.message
    assert str(11 if budget == 10 else 12) in finding.message


@pytest.mark.parametrize(
    "broken", ["item = 7", 'item = ["a"]', "item = [{ facts = 3 }]", 'item = [{ text = 1, facts = { event = "message" } }]']
)
def test_what_is_no_inbox_at_all_is_no_crash(tmp_path: Path, broken: str):
    findings, inboxes = found(tmp_path, f'[[inbox]]\nid = "morning"\nbudget = 3\n{broken}')
    assert findings
    assert inboxes == {}
