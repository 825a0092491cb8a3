"""Packages of QTI 2.1, as the published schemas want them, and as a reader of the tests reads them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.content.scenario import Paragraph
from etiquette_kit.exchange import Collection, Item, ItemOption, collections
from etiquette_kit.exchange.qti21 import FORMATS, write
from etiquette_kit.formats import formats
from etiquette_kit.formats.choice import credit_of
from etiquette_kit.locale import languages
from hostile_bank import hostile_bank
from hypothesis import given
from hypothesis import strategies as st
from qti21_reader import QTI, answered, read
from qti_schemas import QTI_21, faulty_files, unpacked

CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=60)
TAGS = {"rule": "R1", "relation": "client", "event": "message", "platform": "facebook"}

Package = tuple[Collection, dict[str, bytes]]


def made(bank: Bank) -> list[Package]:
    return [(collection, unpacked(write(collection))) for collection in collections(bank, languages(), formats(), FORMATS)]


@pytest.fixture(scope="module")
def shipped() -> list[Package]:
    return made(load_bank())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bank, list[Package]]:
    bank = hostile_bank(tmp_path_factory.mktemp("hostile"))
    return bank, made(bank)


@pytest.fixture(params=["shipped", "hostile"])
def bank_and_packages(
    request: pytest.FixtureRequest, shipped: list[Package], hostile: tuple[Bank, list[Package]]
) -> tuple[Bank, list[Package]]:
    return (load_bank(), shipped) if request.param == "shipped" else hostile


def test_every_file_fits_its_schema(bank_and_packages: tuple[Bank, list[Package]]):
    bank, packages = bank_and_packages
    assert [collection.lang for collection, _ in packages] == list(languages())
    for collection, files in packages:
        assert len(collection.items) == len(bank)
        assert sorted(files) == sorted(["assessment.xml", "imsmanifest.xml", *(item_file(item) for item in collection.items)])
        assert faulty_files(files, QTI_21) == {}


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("item", b'baseType="identifier"', b'baseType="name"'),
        ("item", b'mappedValue="1.0"', b'mappedValue="all"'),
        ("item", b'mapKey="option_a_"', b'map-key="option_a_"'),
        ("item", b'maxChoices="1"', b'maxChoices="one"'),
        ("item", b"<prompt>", b"<prompt><itemBody/>"),
        ("item", b' showHide="show"', b""),
        ("item", b"<mapResponse", b"<mapAnswer"),
        ("item", b'<simpleChoice identifier="option_a_"', b'<simpleChoice identifier="1"'),
        ("item", b"<itemBody>", b'<itemBody><math xmlns="http://www.w3.org/1998/Math/MathML"/>'),
        ("item", b"imsqti_v2p1", b"imsqtiasi_v3p0"),
        ("assessment.xml", b'navigationMode="nonlinear"', b'navigationMode="free"'),
        ("assessment.xml", b"<assessmentItemRef ", b"<itemRef "),
        ("assessment.xml", b' visible="true"', b""),
        ("imsmanifest.xml", b"<organizations />", b""),
        ("imsmanifest.xml", b' type="imsqti_item_xmlv2p1"', b""),
        ("imsmanifest.xml", b'<resource identifier="etiquette-', b'<resource identifier="1-'),
        ("imsmanifest.xml", b"</metadata>", b'<lom xmlns="http://www.imsglobal.org/xsd/imsmd_v1p2"/></metadata>'),
    ],
)
def test_a_defect_is_refused(file: str, right: bytes, wrong: bytes, shipped: list[Package]):
    collection, files = shipped[0]
    name = item_file(collection.items[0]) if file == "item" else file
    assert right in files[name]
    assert list(faulty_files({name: files[name].replace(right, wrong)}, QTI_21)) == [name]


def test_texts_and_points_are_those_of_the_quiz(bank_and_packages: tuple[Bank, list[Package]]):
    bank, packages = bank_and_packages
    for collection, files in packages:
        for item in collection.items:
            question, key, scenario = read(files[item_file(item)]), bank.key(item.id), bank[item.id]
            assert question.element.get("title") == scenario.text(item.lang).title == item.title
            assert question.element.get(XML_LANG) == item.lang
            assert question.stem == [(False, item.about), *((part.quote, part.text) for part in item.stem)]
            assert question.prompt == item.prompt
            assert list(question.options.values()) == [scenario.option(name).text(item.lang).label for name in key]
            assert list(question.mapping) == list(question.options)
            assert list(question.mapping.values()) == [credit_of(grade) for grade in key.values()]
            for option, name in zip(item.options, question.options, strict=True):
                outcome = answered(question, name)
                assert outcome.values["SCORE"] == credit_of(key[option.id])
                assert outcome.windows == [list(option.feedback)]
                assert outcome.below == list(item.general)


def test_before_an_answer_there_are_no_points_and_no_feedback(shipped: list[Package]):
    for collection, files in shipped:
        for item in collection.items:
            outcome = answered(read(files[item_file(item)]), None)
            assert (outcome.values["SCORE"], outcome.below, outcome.windows) == (0, [], [])


def test_one_reaction_is_chosen_and_they_are_shuffled(shipped: list[Package]):
    for collection, files in shipped:
        for item in collection.items:
            question = read(files[item_file(item)])
            (interaction,) = question.element.iter(f"{QTI}choiceInteraction")
            assert (interaction.get("shuffle"), interaction.get("maxChoices")) == ("true", "1")
            (declared,) = question.element.iterfind(f"{QTI}responseDeclaration")
            assert declared.get("cardinality") == "single"


def test_the_manifest_names_every_file_and_the_test_every_question_by_theme(bank_and_packages: tuple[Bank, list[Package]]):
    bank, packages = bank_and_packages
    for collection, files in packages:
        manifest, test = parsed(files["imsmanifest.xml"]), parsed(files["assessment.xml"])
        assert [part.text for part in manifest[0]] == ["QTIv2.1 Package", "1.0.0"]
        assert {found.get("href"): found.get("type") for found in manifest.iter(f"{CP}resource")} == {
            "assessment.xml": "imsqti_test_xmlv2p1",
            **{item_file(item): "imsqti_item_xmlv2p1" for item in collection.items},
        }
        resources = {found.get("href"): found.get("identifier") for found in manifest.iter(f"{CP}resource")}
        assert sorted(["imsmanifest.xml", *resources]) == sorted(files)
        assert [found.get("href") for found in manifest.iter(f"{CP}file")] == list(resources)
        assert all(parsed(files[path]).get("identifier") == identifier for path, identifier in resources.items())
        references = {found.get("href"): found.get("identifier") for found in test.iter(f"{QTI}assessmentItemRef")}
        assert {**references, "assessment.xml": test.get("identifier")} == resources
        assert [found.get("identifierref") for found in manifest.iter(f"{CP}dependency")] == list(references.values())
        sections = {
            section.get("title"): [reference.get("href") for reference in section] for section in test.iter(f"{QTI}assessmentSection")
        }
        assert sections == {
            bank.theme_title(theme, collection.lang): [item_file(item) for item in collection.items if item.theme == theme]
            for theme in collection.themes
        }
        assert list(collection.themes) == [theme for theme in bank.themes if any(found.theme == theme for found in bank)]


@given(TEXT, TEXT, st.lists(TEXT, min_size=2, max_size=4), TEXT)
def test_any_text_comes_back(title: str, stem: str, labels: list[str], theme: str):
    options = tuple(ItemOption(str(place), label, 4 if not place else 1, (label, title)) for place, label in enumerate(labels))
    item = Item("a", "en", "choice", title, stem, (Paragraph(stem, quote=True),), title, options, {}, (stem,), TAGS, "t")
    files = unpacked(write(Collection("en", title, {"t": theme}, (item,), ())))
    question = read(files[item_file(item)])
    assert question.element.get("title") == title
    assert question.stem == [(False, stem), (True, stem)]
    assert question.prompt == title
    assert list(question.options.values()) == labels
    for label, name in zip(labels, question.options, strict=True):
        outcome = answered(question, name)
        assert (outcome.windows, outcome.below) == ([[label, title]], [stem])
    (section,) = parsed(files["assessment.xml"]).iter(f"{QTI}assessmentSection")
    assert section.get("title") == theme


def test_a_package_is_the_same_byte_for_byte_each_time(tmp_path: Path):
    for bank in (load_bank(), hostile_bank(tmp_path)):
        first, second = ([write(collection) for collection in collections(bank, languages(), FORMATS, FORMATS)] for _ in range(2))
        assert first == second


def item_file(item: Item) -> str:
    return f"items/choice-{item.id}-{item.lang}.xml"


def parsed(xml: bytes) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314  the tests have written it
