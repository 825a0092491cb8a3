"""One small bad example for each kind of finding in scenario files: a good scenario with one thing changed."""

import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.content.finding import WARNINGS, Finding
from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.lint import scenario_problems
from etiquette_kit.lint.text_problems import _CONTROL
from etiquette_kit.locale import catalog
from etiquette_kit.rules import article_table
from good_scenario import GOOD, HEAD, bank_of, changed, found, line_of, option, scenario, written
from repository import ROOT

DE_STEM = GOOD[GOOD.index("Seit drei Jahren") : GOOD.index('\n"""\n\n[scenario.text.en]')]
LABEL_DE = '"Ich wähle b. So halte ich es auch sonst."'
LABEL_EN = 'text.en.label = "I choose b. That is how I do it."'
FACTS = 'facts = { event = "friend_request", relation = "client", network = "private", wanted = false }'


@dataclass(frozen=True)
class Case:
    """A change to the good file and what is to be found."""

    kind: str
    old: str
    new: str
    at: str = ""  # a text that stands once, on the line of the finding; default: the new text
    says: tuple[str, ...] = ()  # what the English message names
    nearest: str = ""
    also: frozenset[str] = frozenset()  # what else is found
    severity: str = "error"
    id: str = "first-request"
    base: str = GOOD


def _with_actions(*actions: str, facts: str = FACTS, platform: str = "facebook") -> str:
    text = HEAD + scenario(actions=dict(zip("abcde", actions, strict=False)))
    return text.replace(FACTS, facts).replace('"facebook"', f'"{platform}"')


MESSAGE = 'facts = { event = "message", relation = "client", personal = true }'
MASS = 'facts = { event = "message", relation = "client", personal = false }'

CASES = [
    # the file
    Case("unknown_key", "[theme]", "topic = 1\n[theme]", "topic", ("“topic”", "theme, scenario"), id=""),
    Case("unknown_key", "[theme]", "[them]", says=("“them”",), nearest="theme", also=frozenset({"theme_title"}), id=""),
    Case("unknown_key", 'title.en = "Sample"', 'title.en = "Sample"\ntitel = 1', "titel", nearest="title", id=""),
    Case("theme_title", 'title.en = "Sample"\n', "", "[theme]", ("“en”", 'title.en = "…"'), severity="warning", id=""),
    Case("theme_title", 'title.de = "Probe"', 'title.de = "  "', "[theme]", ("“de”",), severity="warning", id=""),
    Case("wrong_type", 'title.de = "Probe"', "title.de = 7", says=("“de”", "a text", "a number"), also=frozenset({"theme_title"}), id=""),
    Case("no_scenarios", GOOD, HEAD, "[theme]", ("[[scenario]]",), severity="warning", id=""),
    Case(
        "single_brackets",
        "[[scenario]]",
        "[scenario]",
        "[scenario]",
        ("[[scenario]]",),
        id="",
        base=GOOD.replace("[[scenario.option]]", "[[scenario.x]]"),
    ),
    # keys and types
    Case("unknown_key", 'id = "first-request"', 'id = "first-request"\npersn = 1', "persn", nearest="person"),
    Case("unknown_key", 'gender = "female"', 'gender = "female", x = 7', 'gender = "female", x', ("name, gender",)),
    Case("unknown_key", 'title = "Eine Anfrage"', 'title = "Eine Anfrage"\nsteam = "x"', "steam", nearest="stem"),
    Case("unknown_key", 'id = "b"', 'id = "b"\ngrade = 4', "grade", ("id, action, text",)),
    Case("unknown_key", 'id = "first-request"', 'id = "first-request"\ntheme = "x"', 'theme = "x"', ("“theme”",)),
    Case("missing_key", 'id = "first-request"\n', "", "[[scenario]]", ("“id”",), id=""),
    Case("missing_key", 'platform = "facebook"\n', "", "[[scenario]]", ("“platform”",)),
    Case("missing_key", FACTS + "\n", "", "[[scenario]]", ("“facts”",)),
    Case("missing_key", ', gender = "female"', "", "person =", ("“gender”",)),
    Case("missing_key", 'role = "Owner of a print shop, your client"\n', "", "[scenario.text.en]", ("“role”",)),
    Case("missing_key", 'text.en.feedback = "That is what b does."\n', "", LABEL_EN, ("“feedback”",)),
    Case(
        "missing_key",
        'action = "decline_with_note"\n',
        "",
        '[[scenario.option]]\nid = "b"',
        ("“action”",),
        also=frozenset({"no_best_option"}),
    ),
    Case("wrong_type", 'id = "first-request"', "id = 7", says=("“id”", "a text in quotation marks", "a number"), id=""),
    Case("wrong_type", 'name = "Ada Beispiel"', 'name = ["Ada"]', says=("“name”", "a list")),
    Case("wrong_type", 'person = { name = "Ada Beispiel", gender = "female" }', 'person = "Ada"', says=("“person”", "a table", "a text")),
    Case("wrong_type", FACTS, "facts = true", says=("“facts”", "a table")),
    Case("wrong_type", 'title = "Eine Anfrage"', "title = 1979-05-27", says=("“title”", "something else")),
    Case("wrong_type", 'title = "Eine Anfrage"', "title = false", says=("true or false",)),
    Case("unknown_value", '"female"', '"femal"', says=("“femal”", "female, male, diverse"), nearest="female"),
    Case("bad_id", 'id = "first-request"', 'id = "First Request"', says=("“First Request”", "hyphens"), id="First Request"),
    Case("bad_id", 'id = "first-request"', f'id = "{"x" * 61}"', id="x" * 61),
    Case("bad_id", 'id = "b"', 'id = "b-"'),
    Case(
        "doubled_id",
        GOOD,
        GOOD + scenario().replace("Ada", "Eve"),
        says=("“first-request”", "sample.toml"),
        at='id = "first-request"\nplatform = "facebook"\nperson = { name = "Eve',
    ),
    # texts
    Case("missing_language", GOOD[GOOD.index("[scenario.text.en]") : GOOD.index("\n[[scenario.option]]")], "", "[[scenario]]", ("“en”",)),
    Case(
        "missing_language",
        f'text.de.label = {LABEL_DE}\ntext.de.feedback = "Das bewirkt b."\n',
        "",
        LABEL_EN,
        ("“de”",),
    ),
    Case(
        "unknown_language",
        LABEL_EN,
        LABEL_EN + '\ntext.xx = { label = "b", feedback = "b" }',
        "text.xx",
        ("“xx”", "de, en"),
    ),
    Case(
        "empty_text",
        'title = "Eine Anfrage"',
        'title = " \\t"',
        "title =",
        ("“title”",),
        base=GOOD.replace('title = "A request"', '"title" = "A request"'),
    ),
    Case("empty_text", LABEL_DE, '""', 'text.de.label = ""', says=("“label”",)),
    Case("empty_text", '"Ada Beispiel"', '""', 'name = ""', says=("“name”",)),
    Case("control_character", LABEL_DE, '"Ich wähle\\u202e b."', says=("“label”", "U+202E")),
    Case("control_character", '"Das bewirkt b."', '"Das bewirkt\\u0007 b."', says=("“feedback”", "U+0007")),
    Case("long_text", '"Eine Anfrage"', f'"{"x" * 81}"', says=("“title”", "81 characters", "80")),
    Case("long_text", LABEL_DE, f'"{"x" * 301}"', says=("“label”", "301", "300")),
    Case("long_text", '"Das bewirkt b."', f'"{"x" * 401}"', says=("“feedback”", "401", "400")),
    Case("long_text", '"Ada Beispiel"', f'"{"x" * 61}"', says=("“name”", "61", "60")),
    Case("stem_long", DE_STEM, "wort " * 81, 'stem = """\nwort', ("81 words", "80"), severity="warning"),
    Case("stem_short", DE_STEM, "wort " * 49, 'stem = """\nwort', ("49 words", "50"), severity="warning"),
    # facts and platform
    Case("unknown_value", 'relation = "client"', 'relation = "clinet"', says=("“clinet”", "client, colleague, boss"), nearest="client"),
    Case("unknown_value", "wanted = false", 'wanted = "no"', says=("“no”", "true, false"), nearest="false"),
    Case("unknown_value", "wanted = false", "wanted = 0", says=("true, false",)),
    Case("unknown_fact", 'relation = "client"', 'relation = "client", relatoin = 1', says=("“relatoin”",), nearest="relation"),
    Case("missing_fact", ", wanted = false", "", "facts =", ("“wanted”", "true, false")),
    Case("missing_sensitive", "wanted = false", "wanted = true", says=("should not see", "sensitive = true or sensitive = false")),
    Case("unknown_value", "wanted = false", 'wanted = true, sensitive = "no"', says=("“no”", "true, false"), nearest="false"),
    Case("fact_not_asked", "wanted = false", "wanted = false, sensitive = true", says=("“sensitive”", "event, relation, network, wanted.")),
    Case("bad_id", 'id = "first-request"\n', 'id = "first-request"\ntwin = "Second one"\n', "twin =", ("“Second one”",)),
    Case("wrong_type", 'id = "first-request"\n', 'id = "first-request"\ntwin = 7\n', "twin =", ("“twin”", "a text", "a number")),
    Case("fact_not_asked", "wanted = false", "wanted = false, personal = true", says=("“personal”", "event, relation, network, wanted")),
    Case("unknown_platform", '"facebook"', '"facebok"', says=("“facebok”", ", ".join(PLATFORMS)), nearest="facebook"),
    Case("platform_network", '"facebook"', '"xing"', "facts =", ("Xing", "“professional”", "“private”")),
    Case(
        "platform_event",
        '"facebook"',
        '"xing"',
        "facts =",
        ("Xing", "“audience”", "friend_request, message"),
        base=_with_actions("split_lists", "show_everything", "stop_posting", facts='facts = { event = "audience", relation = "client" }'),
    ),
    # options
    Case("option_count", option("c", "decline_silently"), "", "[[scenario]]", ("2 options", "3 to 5")),
    Case(
        "option_count",
        GOOD,
        GOOD + "".join(map(option, "def", ("ignore", "accept_limited", "decline_and_redirect"))),
        "[[scenario]]",
        ("6 options",),
    ),
    Case("doubled_option", 'id = "b"', 'id = "a" # again', says=("“a”",)),
    Case("doubled_action", '"decline_silently"', '"accept_open" # again', says=("“c”", "“accept_open”", "“a”")),
    Case("unknown_action", '"decline_silently"', '"decline"', says=("“c”", "“decline”", "decline_with_note"), nearest="decline_with_note"),
    Case("unknown_action", '"decline_silently"', '"decline_silent"', nearest="decline_silently"),
    Case("action_event", '"decline_silently"', '"no_reply"', says=("“c”", "“no_reply”", "“friend_request”")),
    Case(
        "action_network",
        '"facebook"',
        '"xing"',
        '"accept_limited"',
        ("“b”", "“accept_limited”", "“professional”"),
        base=_with_actions(
            "accept_open", "accept_limited", "ignore", facts=FACTS.replace("private", "professional").replace("false", "true")
        ),
    ),
    Case(
        "silent_action",
        '"client"',
        '"colleague"',
        '"ignore"',
        ("“c”", "“ignore”", "R6"),
        base=_with_actions("accept_open", "decline_with_note", "ignore"),
    ),
    Case(
        "silent_action",
        '"stop_posting"',
        '"unfriend"',
        says=("“c”", "“unfriend”", "R17"),
        base=_with_actions("split_lists", "show_everything", "stop_posting", facts='facts = { event = "audience", relation = "client" }'),
    ),
    Case("no_best_option", '"decline_with_note"', '"ignore"', "[[scenario]]", ("decline_with_note, decline_and_redirect",)),
    Case(
        "no_choice",
        MESSAGE,
        MASS,
        "[[scenario]]",
        ("R13",),
        severity="warning",
        base=_with_actions("reply_promptly", "reply_later", "no_reply", facts=MESSAGE),
    ),
    Case(
        "silent_cell",
        MESSAGE,
        MESSAGE.replace("client", "boss"),
        says=("R14",),
        also=frozenset({"silent_action"}),
        base=_with_actions("reply_promptly", "reply_later", "no_reply", facts=MESSAGE),
    ),
]


UNFAIR = frozenset(WARNINGS) - {"stem_short", "stem_long", "no_scenarios", "no_choice", "theme_title"}
"""What the fairness checks warn of; they have tests of their own."""


def test_the_good_scenario_has_no_findings(tmp_path: Path):
    bank = bank_of(tmp_path, GOOD)
    assert bank.findings == []
    assert len(bank) == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.new[:20]!r}")
def test_a_bad_example_is_found_at_its_line_with_its_id(tmp_path: Path, case: Case):
    text = changed(case.old, case.new, case.base)
    bank = bank_of(tmp_path, text)
    assert {finding.kind for finding in bank.findings} - UNFAIR == {case.kind} | case.also
    finding = next(finding for finding in bank.findings if finding.kind == case.kind)
    assert (finding.line, finding.id, finding.severity) == (line_of(text, case.at or case.new), case.id, case.severity)
    assert finding.file == str(tmp_path / "sample.toml")
    for said in case.says:
        assert said in finding.message
    hint = catalog("en")("findings.nearest", nearest=case.nearest)
    assert case.nearest == "" or finding.message.endswith(hint)
    assert case.nearest or "Did you mean" not in finding.message


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.new[:20]!r}")
def test_an_error_keeps_the_scenario_out_and_nothing_else(tmp_path: Path, case: Case):
    written(tmp_path, changed(case.old, case.new, case.base), "a.toml")
    written(tmp_path, HEAD + scenario("another"), "b.toml")
    bank = load_bank(tmp_path)
    assert "another" in bank
    if case.kind == "doubled_id" or (case.severity == "warning" and case.kind != "no_scenarios"):
        assert "first-request" in bank
    elif case.id:
        assert case.id not in bank


def test_a_wish_without_the_fact_that_goes_with_it_is_one_finding_and_left_out(tmp_path: Path):
    bank = bank_of(tmp_path, changed("wanted = false", "wanted = true"))
    assert [finding.kind for finding in bank.findings] == ["missing_sensitive"]
    assert (len(bank), bank.left_out) == (0, 1)
    assert "sensitive = true oder sensitive = false" in bank.findings[0].text("de")


def test_one_change_can_be_found_several_times_and_all_are_told(tmp_path: Path):
    text = GOOD.replace('"facebook"', '"facebok"').replace('"female"', '"femal"').replace('id = "b"', 'id = "B"')
    bank = bank_of(tmp_path, text)
    assert [(finding.line, finding.kind) for finding in bank.findings] == [
        (line_of(text, "facebok"), "unknown_platform"),
        (line_of(text, "femal"), "unknown_value"),
        (line_of(text, 'id = "B"'), "bad_id"),
    ]


def test_findings_of_the_second_scenario_have_its_lines(tmp_path: Path):
    text = HEAD + scenario("one") + scenario("two").replace('"decline_silently"', '"decline_silent"')
    finding = found(bank_of(tmp_path, text), "unknown_action")
    assert (finding.line, finding.id) == (line_of(text, '"decline_silent"'), "two")


def test_a_finding_speaks_both_languages_and_gives_plain_values(tmp_path: Path):
    finding = found(bank_of(tmp_path, changed('"facebook"', '"facebok"')), "unknown_platform")
    assert finding.text("de").endswith("Gemeint war vielleicht „facebook“.")
    assert finding.as_dict("de") == {
        "file": str(tmp_path / "sample.toml"),
        "line": finding.line,
        "id": "first-request",
        "kind": "unknown_platform",
        "severity": "error",
        "message": finding.text("de"),
    }
    assert finding.as_dict()["message"] == finding.message


def test_braces_in_a_value_are_told_as_they_are(tmp_path: Path):
    finding = found(bank_of(tmp_path, changed('"facebook"', '"{value} {0}"')), "unknown_platform")
    assert "“{value} {0}”" in finding.message


def test_an_option_without_an_id_is_called_by_its_place(tmp_path: Path):
    text = changed('id = "c"\n', "").replace('"decline_silently"', '"nonsense"')
    assert "Option “3”" in found(bank_of(tmp_path, text), "unknown_action").message


def test_what_is_no_table_is_one_problem():
    assert [problem.kind for problem in scenario_problems("text", ("de",), ("de",))] == ["wrong_type"]


@pytest.mark.parametrize("count", [50, 80])
def test_stems_of_50_and_of_80_words_are_fine(tmp_path: Path, count: int):
    assert {finding.kind for finding in bank_of(tmp_path, changed(DE_STEM, "wort " * count)).findings} <= UNFAIR


def test_texts_at_their_limit_are_fine(tmp_path: Path):
    text = changed('"Eine Anfrage"', f'"{"x" * 80}"').replace(LABEL_DE, f'"{"ä" * 300}"')
    assert {finding.kind for finding in bank_of(tmp_path, text.replace("first-request", "x" * 60)).findings} <= UNFAIR


def test_control_characters_are_those_of_unicode_what_turns_the_direction_of_writing_and_what_xml_cannot_hold():
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    controls = [one for one in every if unicodedata.category(one) in ("Cc", "Cs") or one in turning + "\ufffe\uffff"]
    assert _CONTROL.findall("".join(every)) == [one for one in controls if one not in "\n\t"]


def test_line_breaks_and_tabs_are_no_control_characters(tmp_path: Path):
    assert bank_of(tmp_path, changed(LABEL_DE, '"Ich\\twähle\\nb 👍🏽. So halte ich es auch sonst."')).findings == []


def test_every_rule_s_graded_actions_can_be_options(tmp_path: Path):
    # The law of the key: a scenario of graded actions, one of them a four, is played unless nobody can go wrong in it.
    for rule in article_table().rules:
        facts = {name: value[0] if isinstance(value, tuple) else value for name, value in rule.when.items()} | {}
        facts.setdefault("relation", "boss")
        actions = sorted(rule.grades, key=lambda action: -rule.grades[action].grade)[:5]
        if not actions:
            continue
        written = ", ".join(
            f"{name} = {str(value).lower() if isinstance(value, bool) else f'{chr(34)}{value}{chr(34)}'}" for name, value in facts.items()
        )
        platform = "xing" if facts.get("network") == "professional" else "facebook"
        bank = bank_of(tmp_path, _with_actions(*actions, facts=f"facts = {{ {written} }}", platform=platform))
        found_kinds = [finding.kind for finding in bank.findings if finding.kind not in UNFAIR]
        assert found_kinds == (["no_choice"] if rule.id == "R13" else []), rule.id
        assert list(bank.key("first-request").values()) == [rule.grades[action].grade for action in actions]


def test_every_kind_of_finding_has_a_bad_example():
    tables = Path(__file__).with_name("test_tables.py").read_text(encoding="utf-8")
    named = ("toml_file", "regular_file", "slips")
    files = "".join((ROOT / "tests" / "content" / f"test_{name}.py").read_text(encoding="utf-8") for name in named)
    files += (ROOT / "tests" / "bank" / "test_reading_house_rules.py").read_text(encoding="utf-8")
    files += "".join(
        path.read_text(encoding="utf-8") for part in ("formats", "workshop") for path in (ROOT / "tests" / part).rglob("test_*.py")
    )
    kinds = {key for key in catalog("en").table("findings") if not key.endswith("_one")} - {"nearest"} - UNFAIR
    own = {case.kind for case in CASES}
    assert {kind for kind in kinds - own if f'"{kind}"' not in tables + files} == set()


@pytest.mark.parametrize(
    ("kind", "values", "says"),
    [
        ("option_count", {"count": "1", "least": "3", "most": "5"}, "only one option; it must have 3 to 5"),
        ("stem_short", {"words": "1", "least": "50"}, "only one word; it should have 50"),
        ("thin_cell", {"count": "1", "least": "3", "cell": "…"}, "only one scenario"),
        ("best_longest", {"count": "1", "total": "9", "share": "40 %", "text": "…"}, "in 1 of 9 scenarios"),
    ],
)
def test_one_is_counted_in_the_singular(kind: str, values: dict[str, str], says: str):
    finding = Finding("a.toml", 1, "", kind, "error", values)
    assert says in finding.message
    assert finding.text("de")


def test_an_unreadable_entry_of_a_folder_is_a_finding(tmp_path: Path):
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere.toml")
    bank = load_bank(tmp_path)
    assert [(finding.kind, finding.severity) for finding in bank.findings] == [("unreadable", "error")] * 2
