"""`etiquette advise` says what the decision table says."""

import json
import re

import pytest
from commands import R3, RUNNER, run
from etiquette_kit.cli import app
from etiquette_kit.rules import Facts, all_cells, decide
from etiquette_kit.rules.passages import source
from hypothesis import given, settings
from hypothesis import strategies as st

WANTED = [*R3[:-1], "yes"]


def options_of(facts: Facts) -> list[str]:
    spelled = {True: "yes", False: "no"}
    return [part for name, value in facts.items() for part in (f"--{name}", spelled[value] if isinstance(value, bool) else value)]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("facts", list(all_cells()), ids=str)
def test_advise_prints_what_is_decided_as_json(facts: Facts, lang: str):
    told = json.loads(run("advise", *options_of(facts), "--lang", lang, "--format", "json").stdout)
    advice = decide(facts)
    assert list(told) == ["rule", "grades", "best", "basis", "passages", "reasons"]
    assert told["rule"] == advice.rule
    assert told["grades"] == advice.grades
    assert told["best"] == advice.best
    assert told["basis"] == advice.basis
    assert told["passages"] == advice.passages
    assert told["reasons"] == {action: advice.reason(action, lang) for action in advice.basis}


@pytest.mark.parametrize("facts", list(all_cells()), ids=str)
def test_advise_prints_every_action_with_grade_reason_and_where_that_is_from(facts: Facts):
    text = run("advise", *options_of(facts)).stdout
    advice = decide(facts)
    assert advice.rule in text
    for action in advice.basis:
        assert advice.reason(action, "de") in text
        assert advice.verdict(action, "de") in text
        assert advice.tag(action, "de") in text
        if advice.passages[action]:
            assert source(advice.passages[action], "de") in text
    assert not re.search(r"\bS\d", text)


def test_advise_speaks_german_unless_the_system_or_the_option_says_english(monkeypatch: pytest.MonkeyPatch):
    assert "steht im Artikel" in run("advise", *R3).stdout
    assert "stated in the article" in run("advise", *R3, "--lang", "en").stdout
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "stated in the article" in run("advise", *R3).stdout
    assert "steht im Artikel" in run("advise", *R3, "--lang", "de").stdout
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    assert "steht im Artikel" in run("advise", *R3).stdout


def test_advise_takes_yes_and_no_in_any_case():
    assert run("advise", *R3[:-1], "NO").stdout == run("advise", *R3).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], ["--event: The fact “event” is missing", "friend_request, message, audience", "--relation"]),
        (
            ["--event", "friend_request", "--relation", "client"],
            ["--network: The fact “network” is missing", "--wanted: The fact “wanted” is missing; choose from: yes, no"],
        ),
        (["--event", "mesage", "--relation", "client"], ["“mesage”", "Did you mean “message”?"]),
        (["--event", "audience", "--relation", "clint"], ["--relation", "client, colleague, boss", "Did you mean “client”?"]),
        (["--event", "audience", "--relation", "boss", "--wanted", "yes"], ["--wanted: “wanted” is not asked for", "event, relation"]),
        ([*R3[:-1], "maybe"], ["“maybe”", "yes, no"]),
        ([*R3[:-1], "True"], ["“True”", "yes, no"]),
        (["--event", "", "--relation", "boss"], ["--event"]),
        (WANTED, ["--sensitive: The fact “sensitive” is missing; choose from: yes, no"]),
        ([*WANTED, "--sensitive", "yess"], ["--sensitive", "“yess”", "yes, no", "Did you mean “yes”?"]),
        ([*R3, "--sensitive", "no"], ["--sensitive: “sensitive” is not asked for", "event, relation, network, wanted"]),
    ],
)
def test_facts_that_make_no_sense_are_wrong_usage(arguments: list[str], says: list[str]):
    result = run("advise", *arguments, "--lang", "en", code=2)
    for said in says:
        assert said in result.stderr
    assert result.stdout == ""


def test_facts_that_make_no_sense_print_no_json():
    assert run("advise", "--event", "audience", "--format", "json", code=2).stdout == ""


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from([*R3, "--personal", "--lang", "--format", "json", "en", "xx", "", "ü", "--"]) | st.text(max_size=3), max_size=8
    )
)
def test_whatever_follows_advise_ends_with_0_or_2(arguments: list[str]):
    result = RUNNER.invoke(app, ["advise", *arguments])
    assert result.exit_code in (0, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)
