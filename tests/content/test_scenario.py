import hashlib

import msgspec
import pytest
from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.content.scenario import Scenario, ScenarioFile, paragraphs
from etiquette_kit.locale import LanguageError
from etiquette_kit.rules import Facts, FactsError, article_table
from good_scenario import GOOD
from hypothesis import given
from hypothesis import strategies as st

# As a version wrote it that knew neither twins nor whether there is something to hide.
OLD_RECORD = (
    '{"key":{"a":1,"b":4,"c":2},"scenario":{"facts":{"event":"friend_request","network":"private","relation":"client","wanted'
    '":false},"id":"first-request","option":[{"action":"accept_open","id":"a","text":{"de":{"feedback":"Das bewirkt a.","labe'
    'l":"Ich wähle a."}}},{"action":"decline_with_note","id":"b","text":{"de":{"feedback":"Das bewirkt b.","label":"Ich wähle'
    ' b."}}},{"action":"decline_silently","id":"c","text":{"de":{"feedback":"Das bewirkt c.","label":"Ich wähle c."}}}],"pers'
    'on":{"gender":"female","name":"Ada Beispiel"},"platform":"facebook","text":{"de":{"role":"Inhaberin einer Druckerei, Ihr'
    'e Kundin","stem":"Ada fragt.","title":"Eine Anfrage"}}}}'
).encode()


class _Kept(msgspec.Struct):
    scenario: Scenario
    key: dict[str, int]


@pytest.fixture
def scenario() -> Scenario:
    return msgspec.toml.decode(GOOD, type=ScenarioFile).scenarios[0]


def test_a_scenario_has_the_attributes_of_the_contract(scenario: Scenario):
    assert scenario.id == "first-request"
    assert scenario.platform == "facebook"
    assert scenario.facts == Facts(event="friend_request", relation="client", network="private", wanted=False)
    assert [(option.id, option.action) for option in scenario.options] == [
        ("a", "accept_open"),
        ("b", "decline_with_note"),
        ("c", "decline_silently"),
    ]
    assert scenario.text("de").title == "Eine Anfrage"
    assert "Ada Beispiel" in scenario.text("en").stem
    assert scenario.options[1].text("de").label == "Ich wähle b. So halte ich es auch sonst."
    assert scenario.options[1].text("en").feedback == "That is what b does."
    assert scenario.theme == ""


def test_the_key_is_derived_from_the_table(scenario: Scenario):
    assert scenario.key() == {"a": 1, "b": 4, "c": 2}
    assert scenario.advice.rule == "R3"


def test_the_hash_of_what_was_there_before_twins_and_sensitive_stays():
    old = hashlib.sha256(OLD_RECORD).hexdigest()[:16]
    assert old == "9882f02308213bb1"
    before = msgspec.json.decode(OLD_RECORD, type=_Kept).scenario
    assert before.content == old
    assert msgspec.structs.replace(before, twin="other").content == old
    assert before.twin is None


def test_whether_there_is_something_to_hide_is_part_of_the_hash(scenario: Scenario):
    facts = [Facts("friend_request", "client", "private", True, sensitive=sensitive) for sensitive in (True, False)]  # noqa: FBT003
    assert len({msgspec.structs.replace(scenario, facts=other).content for other in facts}) == 2


def test_the_hash_does_not_depend_on_how_the_facts_were_made(scenario: Scenario):
    made = Facts(event="friend_request", relation="client", network="private", wanted=False)
    assert msgspec.structs.replace(scenario, facts=made).content == scenario.content


def test_a_record_without_a_fact_that_is_asked_for_today_can_be_read(scenario: Scenario):
    record = scenario.record().replace(b'"wanted":false', b'"wanted":true')
    old = msgspec.json.decode(record, type=_Kept).scenario
    assert old.text("en").title == "A request"
    with pytest.raises(FactsError, match="'sensitive' is missing"):
        old.key()


def test_the_place_is_the_platform(scenario: Scenario):
    assert scenario.place is PLATFORMS["facebook"]
    assert scenario.place.occasion("friend_request", "de") == "Freundschaftsanfrage auf Facebook"


def test_an_option_is_found_by_its_id(scenario: Scenario):
    assert scenario.option("c").action == "decline_silently"
    with pytest.raises(KeyError):
        scenario.option("z")


def test_a_text_in_a_language_that_is_not_written_is_refused(scenario: Scenario):
    with pytest.raises(LanguageError, match="scenario 'first-request' is not written in 'fr'; there are: de, en"):
        scenario.text("fr")
    with pytest.raises(LanguageError, match="option 'a' is not written in 'fr'"):
        scenario.options[0].text("fr")


def test_a_scenario_cannot_be_changed(scenario: Scenario):
    with pytest.raises(AttributeError):
        scenario.id = "other"  # type: ignore[misc]


def test_platforms_offer_only_events_of_their_network():
    for platform in PLATFORMS.values():
        assert platform.network in ("private", "professional")
        assert ("audience" in platform.events) == (platform.network == "private")
        assert set(platform.events) <= {action.event for action in article_table().actions}


def test_an_action_has_its_own_name_on_a_platform_only_where_it_needs_one():
    assert PLATFORMS["whatsapp"].action_name("unfriend", "de") == "Nummer löschen"
    assert PLATFORMS["facebook"].action_name("unfriend", "de") == "Kontakt entfernen"
    assert PLATFORMS["instagram"].action_name("accept_open", "en") == "accept, everything open"


def test_on_whatsapp_a_request_is_about_the_status():
    place = PLATFORMS["whatsapp"]
    assert place.occasion("friend_request", "de") == "Möchte Ihren WhatsApp-Status sehen"
    assert place.occasion("friend_request", "en") == "Asks to see your WhatsApp status"
    assert place.action_name("accept_limited", "de") == "den Status zeigen, nur bestimmte Beiträge"
    assert place.action_name("accept_open", "en") == "show the status, everything open"


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("One.\n\nTwo.", [("One.", False), ("Two.", False)]),
        ("She writes:\n\n„Guten Tag!“\n\nHm.", [("She writes:", False), ("„Guten Tag!“", True), ("Hm.", False)]),
        ("\n“Hello\nthere!”\n", [("“Hello there!”", True)]),
        ("„Ja“, sagt er.", [("„Ja“, sagt er.", False)]),
        ("a\n \t\nb", [("a", False), ("b", False)]),
        ("“", [("“", False)]),
        ("", []),
    ],
)
def test_a_stem_is_split_at_blank_lines_and_quotes_are_marked(stem: str, expected: list[tuple[str, bool]]):
    assert [(part.text, part.quote) for part in paragraphs(stem)] == expected


@given(st.text(alphabet="ab „“\n\t", max_size=60))
def test_splitting_a_stem_keeps_every_word(stem: str):
    assert [word for part in paragraphs(stem) for word in part.text.split()] == stem.split()
    assert all(part.text for part in paragraphs(stem))
