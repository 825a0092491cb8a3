"""QTI 3.0, as qti-components plays it: the score and the texts are those of the quiz."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.exchange import Collection, Item, collections
from etiquette_kit.exchange.qti.item_xml import item_xml
from etiquette_kit.exchange.qti.version import VERSION_3
from etiquette_kit.exchange.qti3 import FORMATS, write
from etiquette_kit.formats.choice import credit_of
from etiquette_kit.locale import languages
from file_server import served_folder
from hostile_bank import hostile_bank
from playwright.sync_api import Browser, Page
from qti_schemas import unpacked
from watch import Watch

from foreign import FOLDER, installed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Response = str | list[str]
Call = Callable[[str, list[Any]], Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return what is served: the page, the player and room for a package."""
    installed("@citolab/qti-components")
    served = tmp_path / "served"
    served.mkdir()
    for name in ("node_modules", "qti_player.html", "qti_player.js"):
        (served / name).symlink_to(FOLDER / name)
    return served


@pytest.fixture
def locale() -> str:
    """Return a language that writes a decimal point."""
    return "en-US"


@pytest.fixture
def page(_unused: Browser, watch: Watch, folder: Path, locale: str) -> Iterator[Page]:
    with served_folder(folder) as address, _unused.new_context(locale=locale) as context:
        page = context.new_page()
        watch.follow(page)
        watch.hear(page)
        page.goto(f"{address}/qti_player.html")
        yield page


@pytest.fixture
def call(page: Page) -> Call:
    """Return a function that calls one of the page's script."""
    return lambda name, given: page.evaluate(f"async given => (await import('./qti_player.js')).{name}(given)", given)


def made(bank: Bank, lang: str) -> Collection:
    return collections(bank, [lang], FORMATS, FORMATS)[0]


def pairs(ratings: dict[str, int]) -> list[str]:
    return [f"option_{option}_ rating_{rating}_" for option, rating in ratings.items()]


def credit(ratings: dict[str, int], key: dict[str, int]) -> float:
    return sum(1 - abs(ratings[option] - grade) / 3 for option, grade in key.items()) / len(key)


@dataclass
class Expected:
    """A response to a question, its credit, and the paragraphs of its feedback in a window and below the options."""

    response: Response
    credit: float
    window: list[str]
    below: list[str]


def expected(item: Item, key: dict[str, int]) -> list[Expected]:
    general = list(item.general)
    if item.format == "choice":
        return [Expected(f"option_{option.id}_", credit_of(key[option.id]), list(option.feedback), general) for option in item.options]
    chance = random.Random(item.id)  # noqa: S311  no secret
    all_right, all_wrong = dict(key), {option: 1 if grade > 2 else 4 for option, grade in key.items()}
    drawn = [{option: chance.randint(1, 4) for option in key} for _ in range(4)]
    told = [text for option in item.options for text in (option.label, *option.feedback)]
    return [Expected(pairs(ratings), credit(ratings, key), [], [*told, *general]) for ratings in (all_right, all_wrong, *drawn)]


def check(item: Item, bank: Bank, xml: bytes, call: Call) -> None:
    scenario, key = bank[item.id], bank.key(item.id)
    given = expected(item, key)
    shown = call("play", [xml.decode(), [each.response for each in given]])
    text = scenario.text(item.lang)
    assert shown["identifier"] == f"{item.format}-{item.id}-{item.lang}"
    assert (shown["title"], shown["lang"]) == (text.title, item.lang)
    assert shown["stem"] == [item.about, *(part.text for part in item.stem)]
    assert shown["prompt"] == item.prompt
    assert shown["labels"] == [option.text(item.lang).label for option in scenario.options]
    assert shown["words"] == list(item.scale.values())
    assert shown["below"] == []
    for each, told in zip(given, shown["answers"], strict=True):
        if item.format == "choice":
            assert told["response"] == each.response
            assert told["windows"] == [each.window]
        else:
            assert sorted(told["response"]) == sorted(each.response)
            assert told["windows"] == []
        assert told["below"] == each.below
        assert told["exact"] == pytest.approx(each.credit, abs=1e-9)
        assert told["score"] == pytest.approx(each.credit, abs=5e-4)  # this player keeps three decimals
        assert told["status"] == "completed"


@pytest.mark.parametrize("lang", languages())
def test_every_response_gets_the_score_and_feedback_of_the_quiz(lang: str, call: Call):
    bank = load_bank()
    collection = made(bank, lang)
    files = unpacked(write(collection))
    for item in collection.items:
        check(item, bank, files[f"items/{item.identifier}-{lang}.xml"], call)


@pytest.mark.parametrize("lang", languages())
def test_hostile_texts_are_shown_as_they_are(lang: str, call: Call, tmp_path: Path):
    bank = hostile_bank(tmp_path)
    collection = made(bank, lang)
    files = unpacked(write(collection))
    assert {item.format for item in collection.items} == set(FORMATS)
    for item in collection.items:
        check(item, bank, files[f"items/{item.identifier}-{lang}.xml"], call)


def test_the_player_opens_the_package_and_plays_its_test(page: Page, call: Call, folder: Path):
    bank = load_bank()
    collection = made(bank, "de")
    for name, body in unpacked(write(collection)).items():
        path = folder / "package" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    played = [collection.items[0], collection.items[1], collection.items[-1]]
    given = [expected(item, bank.key(item.id))[-1] for item in played]
    asked = [[f"{item.identifier}-de", each.response] for item, each in zip(played, given, strict=True)]
    told = call("playPackage", [page.url.replace("qti_player.html", "package/imsmanifest.xml"), asked])
    assert told["test"] == "etiquette-de"
    assert [title for title, _ in told["sections"]] == list(collection.themes.values())
    listed = [identifier for _, identifiers in told["sections"] for identifier in identifiers]
    assert sorted(listed) == sorted(f"{item.identifier}-de" for item in collection.items)
    assert [item["identifier"] for item in told["items"]] == listed
    assert told["scores"] == pytest.approx([each.credit for each in given], abs=5e-4)


@pytest.mark.parametrize("locale", ["de-DE"])
def test_where_a_decimal_comma_is_written_the_player_still_computes_the_score_but_loses_the_comma(call: Call):
    """Hold what docs/exchange.md says about this version."""
    bank = load_bank()
    item = made(bank, "de").items[0]
    option = next(option for option in item.options if option.credit.denominator == 3)
    [told] = call("play", [item_xml(item, VERSION_3).decode(), [f"option_{option.id}_"]])["answers"]
    assert told["exact"] == pytest.approx(credit_of(option.grade), abs=1e-9)
    assert told["score"] > 1e9
