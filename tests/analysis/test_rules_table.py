import pytest
from etiquette_kit import rules_table
from etiquette_kit.locale import LanguageError, catalog
from etiquette_kit.rules import article_table


@pytest.mark.parametrize("lang", ["de", "en"])
def test_there_is_one_row_per_rule_and_one_column_per_fact_and_action(lang: str):
    frame = rules_table(lang)
    words = catalog(lang)
    assert list(frame.index) == [f"R{number}" for number in range(1, 18)]
    assert words("columns.rule") in (frame.index.name, frame.columns.name)
    assert frame.columns.is_unique
    assert len(frame.columns) == 6 + len(article_table().actions)
    assert not frame.isna().to_numpy().any()


def test_cells_hold_grades_dashes_and_nothing():
    frame = rules_table("en")
    assert frame.loc["R3", "accept, everything open"] == "1"
    assert frame.loc["R4", "leave it unanswered"] == "–"
    assert frame.loc["R10", "accept, with little to see"] == ""
    assert frame.loc["R12", "leave it unanswered"] == ""
    assert frame.loc["R15", "separate the lists"] == "4"


def test_conditions_are_told_in_words():
    frame = rules_table("de")
    assert dict(frame.loc["R2"].iloc[:6]) == {
        "Anlass": "Anfrage",
        "Wer": "Kundschaft",
        "Netzwerk": "privat",
        "gewünscht": "ja",
        "soll nicht alles sehen": "ja",
        "persönlich": "",
    }
    assert list(frame["soll nicht alles sehen"]) == ["nein", "ja", "", "nein", "ja", "", "nein", "ja", "", *[""] * 8]
    assert frame.loc["R10", "Wer"] == "alle"
    assert frame.loc["R14", "Wer"] == "Kollegium, Vorgesetzte"
    assert frame.loc["R14", "persönlich"] == "alle"


def test_grades_are_those_of_the_table():
    frame = rules_table("de")
    words = catalog("de")
    for rule in article_table().rules:
        for action in article_table().actions:
            cell = frame.loc[rule.id, words(f"actions.{action.id}")]
            expected = str(rule.grades[action.id].grade) if action.id in rule.grades else "–" if action.id in rule.silent else ""
            assert cell == expected


def test_an_unknown_language_is_refused():
    with pytest.raises(LanguageError):
        rules_table("fr")


@pytest.mark.parametrize(
    ("event", "rules", "facts", "actions"),
    [
        ("friend_request", range(1, 12), ["Wer", "Netzwerk", "gewünscht", "soll nicht alles sehen"], 6),
        ("message", range(12, 15), ["Wer", "persönlich"], 3),
        ("audience", range(15, 18), ["Wer"], 4),
    ],
)
def test_the_rules_of_one_event_have_only_its_facts_and_actions(event: str, rules: range, facts: list[str], actions: int):
    frame = rules_table("de", event)
    assert list(frame.index) == [f"R{number}" for number in rules]
    assert list(frame.columns[: len(facts)]) == facts
    assert len(frame.columns) == len(facts) + actions
    assert frame.equals(rules_table("de").loc[frame.index, frame.columns])


def test_an_unknown_event_is_refused():
    with pytest.raises(ValueError, match="no event 'gossip'; there are: friend_request, message, audience"):
        rules_table("de", "gossip")
