"""The decision table against docs' reference reading of the article, which is written out here by hand."""

import msgspec
import pytest
from etiquette_kit.rules import Facts, Table, all_cells, article_table, decide, parse_table
from etiquette_kit.rules.passages import source
from etiquette_kit.rules.table import ActionError, TableError
from hypothesis import given
from hypothesis import strategies as st

ACTIONS = {
    "private": ("accept_open", "accept_limited", "decline_with_note", "decline_and_redirect", "decline_silently", "ignore"),
    "message": ("reply_promptly", "reply_later", "no_reply"),
    "audience": ("split_lists", "stop_posting", "unfriend", "show_everything"),
}

# A grade, i for implied (else stated), and its passages; "silent" where the article does not say, "-" where the action does not exist.
REFERENCE = {
    "private": """
        R1  | 4i S0 S2 | 4i S2 S7    | 3 S2 S3     | 3i S1 S3    | 2i S0 S3 | 2i S3
        R2  | 2i S7    | 4i S2 S7    | 3 S2 S3     | 3i S1 S3    | 2i S0 S3 | 2i S3
        R3  | 1 S0 S2  | 2i S2 S7    | 4 S0 S3 S4  | 4i S0 S1 S3 | 2 S0 S3  | 2i S0 S3
        R4  | 4i S2    | 4 S7        | 3 S5        | 3i S1 S5    | 2i S2    | silent
        R5  | 2i S7    | 4 S7        | 3 S5        | 3i S1 S5    | 2i S2    | silent
        R6  | 1 S2     | 2i S2 S7    | 4i S3 S5    | 4i S1 S5    | 3 S5     | silent
        R7  | 4i S2 S6 | 4 S6 S7     | 3 S5        | 3i S1 S5    | 2i S2 S6 | silent
        R8  | 2i S7    | 4 S6 S7     | 3 S5        | 3i S1 S5    | 2i S2 S6 | silent
        R9  | 1 S2     | 3i S2 S6 S7 | 4i S2 S3 S5 | 4i S1 S5    | 3 S5     | silent
        R10 | 4i S1    | -           | 2i S1       | -           | 2i S1    | 2i S1
        R11 | silent   | -           | silent      | -           | silent   | silent
    """,
    "message": """
        R12 | 4 S8   | 2 S8   | 1 S8
        R13 | 3i S9  | 4i S9  | 4i S9
        R14 | silent | silent | silent
    """,
    "audience": """
        R15 | 4 S7  | 2i S7 | silent | 1i S7
        R16 | 4 S7  | 2i S7 | silent | 1i S7
        R17 | 4i S7 | 2i S7 | silent | 1i S7
    """,
}

RULE_OF_CELL = {
    ("friend_request", "client", "private", True, None, False): "R1",
    ("friend_request", "client", "private", True, None, True): "R2",
    ("friend_request", "client", "private", False, None, None): "R3",
    ("friend_request", "colleague", "private", True, None, False): "R4",
    ("friend_request", "colleague", "private", True, None, True): "R5",
    ("friend_request", "colleague", "private", False, None, None): "R6",
    ("friend_request", "boss", "private", True, None, False): "R7",
    ("friend_request", "boss", "private", True, None, True): "R8",
    ("friend_request", "boss", "private", False, None, None): "R9",
    ("friend_request", "client", "professional", True, None, None): "R10",
    ("friend_request", "colleague", "professional", True, None, None): "R10",
    ("friend_request", "boss", "professional", True, None, None): "R10",
    ("friend_request", "client", "professional", False, None, None): "R11",
    ("friend_request", "colleague", "professional", False, None, None): "R11",
    ("friend_request", "boss", "professional", False, None, None): "R11",
    ("message", "client", None, None, True, None): "R12",
    ("message", "client", None, None, False, None): "R13",
    ("message", "colleague", None, None, True, None): "R14",
    ("message", "colleague", None, None, False, None): "R14",
    ("message", "boss", None, None, True, None): "R14",
    ("message", "boss", None, None, False, None): "R14",
    ("audience", "boss", None, None, None, None): "R15",
    ("audience", "colleague", None, None, None, None): "R16",
    ("audience", "client", None, None, None, None): "R17",
}

WORDS = {
    "de": {4: "passt am besten", 3: "ist in Ordnung", 2: "passt eher nicht", 1: "passt nicht", None: "dazu sagt der Artikel nichts"},
    "en": {4: "fits best", 3: "is fine", 2: "does not quite fit", 1: "does not fit", None: "the article does not say"},
}
TAGS = {
    "de": {"stated": "steht im Artikel", "implied": "folgt aus dem Artikel", "silent": ""},
    "en": {"stated": "stated in the article", "implied": "follows from the article", "silent": ""},
}

Entry = tuple[int | None, str, list[str]]
Cell = tuple[str, str, str | None, bool | None, bool | None, bool | None]


def _reference() -> dict[str, dict[str, Entry]]:
    rules: dict[str, dict[str, Entry]] = {}
    for part, rows in REFERENCE.items():
        for row in rows.strip().splitlines():
            rule, *cells = [cell.strip() for cell in row.split("|")]
            entries: dict[str, Entry] = {}
            for action, cell in zip(ACTIONS[part], cells, strict=True):
                if cell == "silent":
                    entries[action] = (None, "silent", [])
                elif cell != "-":
                    grade, *passages = cell.split()
                    entries[action] = (int(grade[0]), "implied" if grade.endswith("i") else "stated", passages)
            rules[rule] = entries
    return rules


def _cell(facts: Facts) -> Cell:
    return facts.event, facts.relation, facts.network, facts.wanted, facts.personal, facts.sensitive


each_cell = pytest.mark.parametrize(
    ("cell", "rule"), RULE_OF_CELL.items(), ids=lambda value: "-".join(map(str, value)) if isinstance(value, tuple) else value
)


@each_cell
def test_every_cell_has_the_rule_grades_bases_and_passages_of_the_reference(cell: Cell, rule: str):
    advice = decide(Facts(*cell))
    expected = _reference()[rule]
    assert (advice.facts, advice.rule) == (Facts(*cell), rule)
    assert advice.grades == {action: grade for action, (grade, _, _) in expected.items() if grade is not None}
    assert advice.basis == {action: basis for action, (_, basis, _) in expected.items()}
    assert advice.passages == {action: passages for action, (_, _, passages) in expected.items()}
    assert advice.best == [action for action, (grade, _, _) in expected.items() if grade == 4]


@pytest.mark.parametrize("lang", ["de", "en"])
@each_cell
def test_every_action_of_every_cell_has_one_of_four_words_a_tag_and_a_reason(cell: Cell, rule: str, lang: str):
    advice = decide(Facts(*cell))
    for action, (grade, basis, _) in _reference()[rule].items():
        assert advice.verdict(action, lang) == WORDS[lang][grade]
        assert advice.tag(action, lang) == TAGS[lang][basis]
        assert advice.reason(action, lang)


def test_the_reference_covers_all_24_cells_and_nothing_else():
    assert {_cell(facts) for facts in all_cells()} == set(RULE_OF_CELL)
    assert len(list(all_cells())) == 24
    assert set(RULE_OF_CELL.values()) == set(_reference()) == {rule.id for rule in article_table().rules}


def test_the_shipped_table_answers_each_cell_by_exactly_one_rule():
    table = article_table()
    assert table.gaps() == []
    assert table.overlaps() == []


def test_every_rule_grades_or_calls_silent_exactly_the_actions_of_its_cells():
    table = article_table()
    for cell, (rule,) in table.coverage():
        assert set(rule.grades) | set(rule.silent) == set(table.actions_for(cell))
        assert not set(rule.grades) & set(rule.silent)


def test_every_grade_rests_on_passages_that_exist():
    table = article_table()
    passages = {passage.id for passage in table.passages}
    assert passages == {f"S{number}" for number in range(10)}
    for rule in table.rules:
        for grade in rule.grades.values():
            assert grade.passages
            assert set(grade.passages) <= passages


def test_passages_have_the_strength_of_the_reference():
    strengths = {passage.id: passage.strength for passage in article_table().passages}
    assert strengths == {
        "S0": "should",
        "S1": "describes",
        "S2": "should",
        "S3": "recommends",
        "S4": "example",
        "S5": "may",
        "S6": "in_favour",
        "S7": "can",
        "S8": "must",
        "S9": "exception",
    }


def test_a_silent_action_has_a_basis_and_a_reason_but_no_grade():
    advice = decide(Facts(event="friend_request", relation="boss", network="private", wanted=True, sensitive=True))
    assert "ignore" not in advice.grades
    assert advice.basis["ignore"] == "silent"
    assert advice.passages["ignore"] == []
    assert "sagt der Artikel nicht" in advice.reason("ignore", lang="de")
    assert advice.verdict("ignore", lang="de") == "dazu sagt der Artikel nichts"
    assert advice.tag("ignore", lang="de") == ""


def test_stated_and_implied_best_actions_have_the_same_word_and_another_tag():
    advice = decide(Facts(event="friend_request", relation="client", network="private", wanted=False))
    assert [advice.verdict(action, "de") for action in advice.best] == ["passt am besten"] * 2
    assert [advice.tag(action, "de") for action in advice.best] == ["steht im Artikel", "folgt aus dem Artikel"]


@pytest.mark.parametrize(
    ("ids", "de", "en"),
    [
        (["S7"], "der Antwort auf die zweite Frage", "the answer to the second question"),
        (["S6", "S7"], "der Antwort auf die zweite Frage", "the answer to the second question"),
        (["S3", "S0"], "dem Vorspann und der Antwort auf die erste Frage", "the opening lines and the answer to the first question"),
        (
            ["S0", "S1", "S3"],
            "dem Vorspann, der Einleitung und der Antwort auf die erste Frage",
            "the opening lines, the introduction and the answer to the first question",
        ),
    ],
)
def test_passages_are_named_by_their_places_in_the_order_of_the_article(ids: list[str], de: str, en: str):
    assert source(ids, "de") == f"Sinngemäß aus {de}"
    assert source(ids, "en") == f"Paraphrased from {en}"


def test_an_action_that_does_not_exist_in_the_situation_is_refused_with_the_nearest():
    advice = decide(Facts(event="friend_request", relation="client", network="professional", wanted=True))
    with pytest.raises(ActionError, match=r"accept_open, decline_with_note.*Did you mean 'accept_open'"):
        advice.reason("accept_opn")
    with pytest.raises(ActionError, match="accept_limited"):
        advice.verdict("accept_limited")
    with pytest.raises(ActionError) as caught:
        advice.verdict("?")
    assert str(caught.value) == (
        f"there is no action '?' in this situation ({advice.facts}); there are: accept_open, decline_with_note, decline_silently, ignore."
    )
    with pytest.raises(ActionError, match="accept_limited"):
        advice.tag("accept_limited")


def test_advice_is_in_german_unless_another_language_is_asked_for():
    advice = decide(Facts("audience", "boss"))
    for told in (advice.reason, advice.verdict, advice.tag):
        assert told("split_lists") == told("split_lists", "de") != told("split_lists", "en")
    assert advice.as_dict() == advice.as_dict("de") != advice.as_dict("en")


def test_advice_as_dict_has_the_keys_of_the_contract_and_plain_values():
    advice = decide(Facts(event="audience", relation="colleague"))
    told = advice.as_dict("en")
    assert list(told) == ["rule", "grades", "best", "basis", "passages", "reasons"]
    assert told["rule"] == "R16"
    assert told["reasons"] == {action: advice.reason(action, "en") for action in advice.basis}
    assert msgspec.json.decode(msgspec.json.encode(told)) == told


def test_advice_cannot_be_spoilt_by_changing_what_it_returned():
    facts = Facts(event="message", relation="client", personal=True)
    decide(facts).passages["reply_promptly"].append("S0")
    decide(facts).grades.clear()
    assert decide(facts).passages["reply_promptly"] == ["S8"]
    assert decide(facts).grades == {"reply_promptly": 4, "reply_later": 2, "no_reply": 1}


@given(st.sampled_from(article_table().rules))
def test_removing_a_rule_leaves_exactly_its_cells_as_gaps(rule: msgspec.Struct):
    table = article_table()
    left = msgspec.structs.replace(table, rules=tuple(other for other in table.rules if other is not rule))
    own = [Facts(*cell) for cell, name in RULE_OF_CELL.items() if name == rule.id]
    assert set(left.gaps()) == set(own)
    assert left.overlaps() == []
    for cell in own:
        with pytest.raises(TableError, match="not exactly one rule"):
            decide(cell, left)


@given(st.sampled_from(article_table().rules), st.integers(0, len(article_table().rules)))
def test_doubling_a_rule_makes_exactly_its_cells_overlap(rule: msgspec.Struct, position: int):
    table = article_table()
    twin = msgspec.structs.replace(rule, id="R99")
    doubled = msgspec.structs.replace(table, rules=(*table.rules[:position], twin, *table.rules[position:]))
    own = {Facts(*cell) for cell, name in RULE_OF_CELL.items() if name == rule.id}
    assert {cell for cell, _ in doubled.overlaps()} == own
    assert all(set(rules) == {rule.id, "R99"} for _, rules in doubled.overlaps())
    assert doubled.gaps() == []
    for cell in own:
        with pytest.raises(TableError):
            decide(cell, doubled)


@given(st.lists(st.sampled_from(article_table().rules), max_size=20))
def test_gaps_overlaps_and_sound_cells_together_are_the_fact_space(rules: list[msgspec.Struct]):
    table = msgspec.structs.replace(article_table(), rules=tuple(rules))
    count = {cell: sum(rule.id == name for rule in rules) for cell, name in RULE_OF_CELL.items()}
    assert {_cell(facts) for facts in table.gaps()} == {cell for cell, times in count.items() if times == 0}
    assert {_cell(facts) for facts, _ in table.overlaps()} == {cell for cell, times in count.items() if times > 1}


def test_another_table_can_be_decided_by():
    document = {
        "article": {"title": "t", "agency": "a", "coach": "c"},
        "passages": [{"id": "P", "place": "lead", "strength": "may"}],
        "actions": [{"id": "wave", "event": "audience"}],
        "rules": [{"id": "only", "when": {}, "grades": {"wave": {"grade": 3, "basis": "stated", "passages": ["P"]}}}],
    }
    table = parse_table(document)
    assert isinstance(table, Table)
    assert decide(Facts(event="audience", relation="boss"), table).grades == {"wave": 3}
    with pytest.raises(msgspec.ValidationError):
        parse_table({**document, "rules": 1})
    astray = parse_table({**document, "rules": [{**document["rules"][0], "when": {"moon": "full"}}]})  # type: ignore[index,dict-item]
    assert astray.gaps() == list(all_cells()), "a rule that asks for a fact that does not exist answers nothing"


def test_whoever_changes_an_advice_changes_no_other():
    for cell in all_cells():
        before = decide(cell).as_dict()
        spoilt = decide(cell)
        for ids in spoilt.passages.values():
            ids.append("S0")
        for part in (spoilt.grades, spoilt.basis, spoilt.passages):
            part.clear()
        assert decide(cell).as_dict() == before
