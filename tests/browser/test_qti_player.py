"""QTI 3.0, as qti-components plays it: the score and the texts are those of the quiz."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.exchange import Collection, Item, collections
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
def page(_unused: Browser, watch: Watch, folder: Path) -> Iterator[Page]:
    """Open the player in a browser whose language writes a decimal point: where it is a comma, this player loses it."""
    with served_folder(folder) as address, _unused.new_context(locale="en-US", viewport={"width": 1000, "height": 900}) as context:
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


def responses(item: Item, key: dict[str, int]) -> list[tuple[Response, float, list[str]]]:
    """Return responses to a question, each with its credit and the paragraphs of its feedback."""
    if item.format == "choice":
        return [(f"option_{option.id}_", credit_of(key[option.id]), [*option.feedback, *item.general]) for option in item.options]
    chance = random.Random(item.id)  # noqa: S311  no secret
    all_right, all_wrong = dict(key), {option: 1 if grade > 2 else 4 for option, grade in key.items()}
    drawn = [{option: chance.randint(1, 4) for option in key} for _ in range(4)]
    told = [text for option in item.options for text in (option.label, *option.feedback)]
    return [(pairs(ratings), credit(ratings, key), [*told, *item.general]) for ratings in (all_right, all_wrong, *drawn)]


def check(item: Item, bank: Bank, xml: bytes, call: Call) -> None:
    scenario, key = bank[item.id], bank.key(item.id)
    expected = responses(item, key)
    shown = call("play", [xml.decode(), [response for response, _, _ in expected]])
    text = scenario.text(item.lang)
    assert shown["identifier"] == f"{item.format}-{item.id}-{item.lang}"
    assert (shown["title"], shown["lang"]) == (text.title, item.lang)
    assert shown["stem"] == [item.about, *(part.text for part in item.stem)]
    assert shown["prompt"] == item.prompt
    assert shown["labels"] == [option.text(item.lang).label for option in scenario.options]
    assert shown["words"] == list(item.scale.values())
    for (response, worth, feedback), told in zip(expected, shown["answers"], strict=True):
        assert told["response"] == response if isinstance(response, str) else sorted(told["response"]) == sorted(response)
        assert told["exact"] == pytest.approx(worth, abs=1e-9)
        assert told["score"] == pytest.approx(worth, abs=5e-4)  # this player keeps three decimals
        assert told["status"] == "completed"
        assert told["feedback"] == [feedback]


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
    expected = [responses(item, bank.key(item.id))[-1] for item in played]
    asked = [[f"{item.identifier}-de", response] for item, (response, _, _) in zip(played, expected, strict=True)]
    told = call("playPackage", [page.url.replace("qti_player.html", "package/imsmanifest.xml"), asked])
    assert told["test"] == "etiquette-de"
    assert [title for title, _ in told["sections"]] == list(collection.themes.values())
    listed = [identifier for _, identifiers in told["sections"] for identifier in identifiers]
    assert sorted(listed) == sorted(f"{item.identifier}-de" for item in collection.items)
    assert [item["identifier"] for item in told["items"]] == listed
    assert told["scores"] == pytest.approx([worth for _, worth, _ in expected], abs=5e-4)
