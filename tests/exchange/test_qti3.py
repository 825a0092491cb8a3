"""Packages of QTI 3.0, as the published schemas want them."""

from __future__ import annotations

from pathlib import Path

import pytest
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.content.scenario import ID_PATTERN
from etiquette_kit.exchange import Collection, collections
from etiquette_kit.exchange.qti.identifiers import option_identifier, pair
from etiquette_kit.exchange.qti3 import FORMATS, write
from etiquette_kit.formats.rating.response import RATINGS
from etiquette_kit.locale import languages
from hostile_bank import hostile_bank
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from qti_schemas import QTI_3, faulty_files, unpacked

CP = "{http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1}"
QTI = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"


def made(bank: Bank) -> list[Collection]:
    return collections(bank, languages(), FORMATS, FORMATS)


@pytest.fixture(scope="module")
def shipped() -> list[tuple[Collection, dict[str, bytes]]]:
    return [(collection, unpacked(write(collection))) for collection in made(load_bank())]


def test_every_file_of_the_whole_bank_fits_its_schema(shipped: list[tuple[Collection, dict[str, bytes]]]):
    assert len(shipped) == 2
    for collection, files in shipped:
        assert len(files) == len(collection.items) + 2
        assert faulty_files(files, QTI_3) == {}


def test_every_file_of_a_hostile_bank_fits_its_schema(tmp_path: Path):
    for collection in made(hostile_bank(tmp_path)):
        assert faulty_files(unpacked(write(collection)), QTI_3) == {}


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("items/choice-{id}.xml", b'base-type="identifier"', b'base-type="name"'),
        ("items/choice-{id}.xml", b'mapped-value="1.0"', b'mapped-value="all"'),
        ("items/choice-{id}.xml", b'shuffle="true"', b'data-shuffle="true"'),
        ("items/rating-{id}.xml", b'match-max="1"', b'match-max="-1"'),
        ("items/rating-{id}.xml", b"<qti-simple-match-set>", b"<qti-simple-match-set><p>x</p>"),
        ("assessment.xml", b'navigation-mode="nonlinear"', b'navigation-mode="free"'),
        ("assessment.xml", b'identifier="section-1"', b'identifier="1"'),
        ("imsmanifest.xml", b"3.0.0", b"3"),
        ("imsmanifest.xml", b"imsqti_item_xmlv3p0", b"imsqti_item"),
        ("imsmanifest.xml", b"</metadata>", b'<lom xmlns="http://ltsc.ieee.org/xsd/LOM"/></metadata>'),
    ],
)
def test_a_defect_is_refused(file: str, right: bytes, wrong: bytes, shipped: list[tuple[Collection, dict[str, bytes]]]):
    collection, files = shipped[0]
    name = file.format(id=f"{collection.items[0].id}-{collection.lang}")
    assert right in files[name]
    assert list(faulty_files({name: files[name].replace(right, wrong, 1)}, QTI_3)) == [name]


def test_the_manifest_names_every_file_and_the_test_every_question(shipped: list[tuple[Collection, dict[str, bytes]]]):
    for collection, files in shipped:
        manifest, test = etree.fromstring(files["imsmanifest.xml"]), etree.fromstring(files["assessment.xml"])
        named = [found.get("href") for found in manifest.iter(f"{CP}file")]
        assert sorted(["imsmanifest.xml", *named]) == sorted(files)
        assert {(found.get("identifier"), found.get("href")) for found in manifest.iter(f"{CP}resource")} == {
            (etree.fromstring(files[name]).get("identifier"), name) for name in named
        }
        dependencies = [found.get("identifierref") for found in manifest.iter(f"{CP}dependency")]
        assert sorted(dependencies) == sorted(found.get("identifier") for found in test.iter(f"{QTI}qti-assessment-item-ref"))
        sections = {
            section.get("title"): [found.get("href") for found in section.iter(f"{QTI}qti-assessment-item-ref")]
            for section in test.iter(f"{QTI}qti-assessment-section")
        }
        assert list(sections) == list(collection.themes.values())
        for theme, title in collection.themes.items():
            expected = [f"items/{item.identifier}-{item.lang}.xml" for item in collection.of_theme(theme)]
            assert sorted(sections[title]) == sorted(expected)
            assert [path.startswith("items/rating-") for path in sections[title]] == sorted(
                path.startswith("items/rating-") for path in expected
            )


def test_each_question_has_its_language_title_and_tags(shipped: list[tuple[Collection, dict[str, bytes]]]):
    for collection, files in shipped:
        test = etree.fromstring(files["assessment.xml"])
        categories = {found.get("identifier"): found.get("category", "").split() for found in test.iter(f"{QTI}qti-assessment-item-ref")}
        for item in collection.items:
            identifier = f"{item.identifier}-{collection.lang}"
            question = etree.fromstring(files[f"items/{identifier}.xml"])
            assert question.get("{http://www.w3.org/XML/1998/namespace}lang") == collection.lang
            assert question.get("title") == item.title
            assert categories[identifier] == [f"format-{item.format}", *(f"{name}-{value}" for name, value in item.tags.items())]


def test_the_correct_response_is_what_fits_best_where_it_is_one(shipped: list[tuple[Collection, dict[str, bytes]]]):
    seen = set()
    for collection, files in shipped:
        for item in collection.items:
            question = etree.fromstring(files[f"items/{item.identifier}-{collection.lang}.xml"])
            found = [value.text for value in question.iterfind(f"{QTI}qti-response-declaration/{QTI}qti-correct-response/{QTI}qti-value")]
            if item.format == "rating":
                assert found == [f"option_{option.id}_ rating_{option.grade}_" for option in item.options]
            else:
                best = [f"option_{option.id}_" for option in item.options if option.grade == 4]
                seen.add(len(best))
                assert found == (best if len(best) == 1 else [])
    assert len(seen) > 1


@given(st.lists(st.from_regex(ID_PATTERN, fullmatch=True), min_size=2, max_size=4, unique=True))
def test_no_identifier_of_an_option_is_a_part_of_the_pair_of_another(options: list[str]):
    for option in options:
        for other in options:
            for rating in RATINGS:
                assert (option_identifier(option) in pair(other, rating)) == (option == other)


def test_a_package_is_the_same_byte_for_byte_each_time(tmp_path: Path):
    for bank in (load_bank(), hostile_bank(tmp_path)):
        assert [write(collection) for collection in made(bank)] == [write(collection) for collection in made(bank)]
