# ruff: noqa: S311  the chance here is no secret
import itertools
import json
import random
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.formats import ContentFormat, ResponseError, format_named, formats
from etiquette_kit.formats.choice import Choice
from etiquette_kit.formats.sharing import (
    LISTS,
    PRIVATE,
    PROFESSIONAL,
    Profile,
    Sharing,
    build,
    credits_of,
    decoded,
    encoded,
    fingerprint,
    item_options,
    read,
    rebuild,
    revise,
    suits,
    summarise,
)
from etiquette_kit.formats.sharing.profile import POSTS, Kind
from etiquette_kit.formats.sharing.separation import (
    ACTIONS,
    credit_for,
    least_in_private,
    most_for_work,
    openness,
    restraint,
    seen_by,
    table_grades,
)
from etiquette_kit.locale import catalog, languages
from etiquette_kit.rules import Facts, decide
from hypothesis import given
from hypothesis import strategies as st
from tests.support.good_scenario import line_of
from tests.support.repository import ROOT

BANK = load_bank()
PROFILES: list[Profile] = list(BANK.materials("profile").values())  # type: ignore[arg-type]
KEY = table_grades()
EXAMPLE = PROFILES[0]

Grid = dict[str, tuple[str, ...]]

profiles = st.sampled_from(PROFILES)
some_lists = st.sets(st.sampled_from(LISTS)).map(lambda found: tuple(name for name in LISTS if name in found))
posts = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
grids = st.dictionaries(posts, some_lists, min_size=2, max_size=9)


def everywhere(lists: tuple[str, ...], profile: Profile = EXAMPLE) -> Grid:
    return dict.fromkeys(profile.post_ids, lists)


def apart(profile: Profile = EXAMPLE) -> Grid:
    """Return a grid in which professional contacts see as much as is still little, and private ones everything."""
    most = most_for_work(len(profile.posts))
    return {name: LISTS if place < most else PRIVATE for place, name in enumerate(profile.post_ids)}


def mean(grid: Grid) -> float:
    return sum(credits_of(grid, KEY).values()) / len(PROFESSIONAL)


def exercise_of(profile: Profile = EXAMPLE) -> Sharing:
    return build(profile, random.Random(1))


# ---- the credit -------------------------------------------------------------------------------------------------------------


@given(grids)
def test_every_credit_is_between_0_and_1(grid: Grid):
    assert set(credits_of(grid, KEY)) == set(PROFESSIONAL)
    assert all(0 <= credit <= 1 for credit in credits_of(grid, KEY).values())


@given(grids)
def test_showing_everything_earns_nothing_and_hiding_everything_what_no_longer_posting_does(grid: Grid):
    assert credits_of(dict.fromkeys(grid, LISTS), KEY) == dict.fromkeys(PROFESSIONAL, 0)
    nothing = credits_of(dict.fromkeys(grid, ()), KEY)
    for name in PROFESSIONAL:
        grades = decide(Facts.from_mapping({"event": "audience", "relation": name})).grades
        assert nothing[name] == (grades["stop_posting"] - 1) / 3 < 0.5
        assert grades["show_everything"] == 1
        assert credits_of(dict.fromkeys(grid, PRIVATE), KEY)[name] == (grades["split_lists"] - 1) / 3 == 1


@pytest.mark.parametrize("relation", PROFESSIONAL)
def test_at_its_corners_it_is_the_credit_of_a_choice_in_every_shipped_situation(relation: str):
    corners = dict(zip(ACTIONS, (0, 1, 1), strict=True))
    found = [scenario for scenario in BANK if (scenario.facts.event, scenario.facts.relation) == ("audience", relation)]
    assert found
    for scenario in found:
        for option in scenario.options:
            credit = Choice(scenario, ()).grade(option.id).credit
            assert credit_for(corners[option.action], float(option.action == "split_lists"), KEY[relation]) == credit


@given(grids, st.data())
def test_what_one_more_private_list_sees_never_costs_and_what_one_more_professional_one_sees_never_gains(grid: Grid, data: st.DataObject):
    post, name = data.draw(st.sampled_from(sorted(grid))), data.draw(st.sampled_from(LISTS))
    more = grid | {post: tuple(one for one in LISTS if one in grid[post] or one == name)}
    before, after = credits_of(grid, KEY), credits_of(more, KEY)
    for relation in PROFESSIONAL:
        if name in PRIVATE:
            assert after[relation] >= before[relation]
        elif name == relation:
            assert after[relation] <= before[relation]
        else:
            assert after[relation] == before[relation], "what clients see does not change what the boss sees"


@given(grids, st.randoms())
def test_which_posts_they_are_makes_no_difference(grid: Grid, chance: random.Random):
    seen = list(grid.values())
    chance.shuffle(seen)
    assert credits_of(dict(zip(grid, seen, strict=True)), KEY) == credits_of(grid, KEY)


@given(grids)
def test_full_credit_is_little_for_work_and_enough_in_private(grid: Grid):
    total = len(grid)
    private = seen_by(grid, *PRIVATE) >= least_in_private(total)
    for name, credit in credits_of(grid, KEY).items():
        assert (credit == 1) == (private and seen_by(grid, name) <= most_for_work(total))


@given(st.integers(2, 40))
def test_little_is_a_third_at_most_and_at_least_one_and_enough_is_the_rest(total: int):
    most = most_for_work(total)
    assert most == max(1, int(total / 3))
    assert most + least_in_private(total) == total
    assert [restraint(seen, total) == 1 for seen in range(total + 1)] == [seen <= most for seen in range(total + 1)]
    assert [openness(seen, total) == 1 for seen in range(total + 1)] == [seen >= total - most for seen in range(total + 1)]
    assert (restraint(total, total), openness(0, total)) == (0, 0)
    steps = [restraint(seen, total) - restraint(seen + 1, total) for seen in range(most, total)]
    assert steps == pytest.approx([1 / (total - most)] * len(steps)), "each further post costs the same"


@given(grids)
def test_it_is_the_formula_in_the_claims(grid: Grid):
    claims = " ".join((ROOT / "docs" / "claims.md").read_text(encoding="utf-8").split())
    assert "*r* = (n − s) / (n − m), at most 1" in claims
    assert "*o* = p / (n − m), at most 1" in claims
    assert "the grade is 1 + r · (1 + 2 · o); credit is (grade − 1) / 3" in claims
    assert "Showing everything to everyone thus earns 0 %, hiding everything from everyone 33 %" in claims
    n = len(grid)
    m = max(1, n // 3)
    o = min(1, sum("friends" in seeing or "family" in seeing for seeing in grid.values()) / (n - m))
    for name, credit in credits_of(grid, KEY).items():
        r = min(1, (n - sum(name in seeing for seeing in grid.values())) / (n - m))
        assert credit == pytest.approx(r * (1 + 2 * o) / 3)


def test_a_credit_half_way():
    grid = everywhere(PRIVATE) | dict.fromkeys(EXAMPLE.post_ids[:4], (*PRIVATE, "boss"))
    assert len(grid) == 6
    assert credits_of(grid, KEY) == {"colleague": 1, "boss": pytest.approx(1 / 2), "client": 1}
    assert mean(grid) == pytest.approx(5 / 6)


# ---- the response -----------------------------------------------------------------------------------------------------------


@given(grids, st.randoms())
def test_a_grid_comes_back_from_its_text_whatever_its_order(grid: Grid, chance: random.Random):
    text = encoded(grid)
    assert decoded(text, grid) == grid
    assert len(text) == len(grid)
    shuffled = list(grid.items())
    chance.shuffle(shuffled)
    assert encoded(dict(shuffled)) == text


def test_each_combination_of_lists_has_a_character_of_its_own():
    every = [found for size in range(6) for found in itertools.combinations(LISTS, size)]
    assert {encoded({"a": found}) for found in every} == set("0123456789abcdefghijklmnopqrstuv")


@given(profiles, st.text(max_size=9) | st.from_regex(r"[0-9a-vw]{4,9}", fullmatch=True))
def test_a_text_is_a_response_only_if_a_grid_has_it(profile: Profile, text: str):
    possible = len(text) == len(profile.posts) and set(text) <= set("0123456789abcdefghijklmnopqrstuv")
    if possible:
        assert encoded(decoded(text, profile.post_ids)) == text
        return
    with pytest.raises(ResponseError, match=profile.post_ids[0]):
        exercise_of(profile).grade(text)


@pytest.mark.parametrize(
    "change", [{"karaoke": None}, {"karaoke": "friends"}, {"karaoke": ["freinds"]}, {"karaoke": ["boss", "boss"]}, {"x": []}]
)
def test_what_a_page_must_not_send_is_refused(change: dict[str, Any]):
    exercise = exercise_of()
    good = {name: ["boss", "friends"] for name in EXAMPLE.post_ids}
    assert exercise.parse(good) == "999999"
    with pytest.raises(ResponseError, match="which lists see it: friends, family, colleague, boss, client"):
        exercise.parse(good | change)


@pytest.mark.parametrize("given_", [None, 7, "999999", [], {}, {"karaoke": ["boss"]}, {"karaoke": [["boss"]]}])
def test_what_is_no_grid_is_refused(given_: object):
    with pytest.raises(ResponseError):
        exercise_of().parse(given_)


# ---- the exercise -----------------------------------------------------------------------------------------------------------


def test_it_is_found_by_its_folder_and_reads_profiles():
    assert "sharing" in formats()
    found = format_named("sharing")
    assert isinstance(found, ContentFormat)
    assert found.materials(BANK) == {profile.id: profile for profile in PROFILES}
    assert all(suits(profile) for profile in PROFILES)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_result_has_a_credit_for_each_professional_list_and_their_mean(profile: Profile):
    exercise = exercise_of(profile)
    grid = apart(profile) | {profile.post_ids[-1]: LISTS}
    result = exercise.grade(exercise.parse(grid))
    assert result.items == credits_of(grid, KEY)
    assert result.credit == pytest.approx(mean(grid))
    assert (result.material, result.grade, result.best) == (profile.id, None, ())
    assert exercise.grade(exercise.parse(apart(profile))).credit == 1
    assert exercise.options == ()
    assert [(found.id, found.relation, found.event, found.network) for found in profile.situations] == [
        (name, name, "audience", "private") for name in PROFESSIONAL
    ]
    assert [found.rule for found in profile.situations] == ["R16", "R15", "R17"]


@given(profiles, st.integers())
def test_the_posts_stand_in_the_order_of_the_file(profile: Profile, seed: int):
    exercise = build(profile, random.Random(seed))
    assert exercise.order == profile.post_ids
    assert rebuild(profile, exercise.shown) == exercise
    assert revise(profile, exercise.shown) == exercise.shown


def test_an_edited_profile_keeps_the_order_of_the_posts_that_are_left():
    first, *others, last = EXAMPLE.post_ids
    assert json.loads(revise(EXAMPLE, json.dumps([last, "gone", first]))) == [last, first, *others]


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_question_has_posts_and_lists_and_no_advice(profile: Profile, lang: str):
    exercise = exercise_of(profile)
    asked = exercise.question(lang)
    assert (asked.id, asked.format, asked.title) == (profile.id, "sharing", profile.title(lang))
    assert [post.id for post in asked.posts] == list(profile.post_ids)
    assert [(entry.id, entry.work) for entry in asked.lists] == [(name, name in PROFESSIONAL) for name in LISTS]
    assert len(asked.counts) == len(asked.hidden) == len(profile.posts) + 1
    told = repr(asked)
    words = catalog(lang)
    assert not [text for text in words.table("sharing_advice").values() if text in told]
    assert not [text for rule in ("R15", "R16", "R17") for text in words.table(f"reasons.{rule}").values() if text in told]
    assert f" {most_for_work(len(profile.posts))} " in asked.counting[1]
    assert f" {least_in_private(len(profile.posts))} " in asked.counting[2]


def test_the_credits_that_the_page_names_are_those_of_the_table():
    for lang, everything, nothing in (("de", "0\u00a0%", "33\u00a0%"), ("en", "0%", "33%")):
        said = exercise_of().question(lang).counting[3]
        assert everything in said
        assert nothing in said
    assert (mean(everywhere(LISTS)), mean(everywhere(()))) == (0, pytest.approx(1 / 3))


@pytest.mark.parametrize(
    ("grid", "summary"),
    [
        (apart(), "Private life and work are kept apart."),
        (everywhere(()), "The professional groups see little. But friends and family see too little as well."),
        (everywhere(LISTS), "Private life and work are not kept apart yet."),
        (everywhere(PROFESSIONAL), "The professional groups see a lot, and friends and family see too little."),
        (everywhere((*PRIVATE, "boss")), "2 of 3 professional groups see little."),
        (everywhere((*PRIVATE, "boss", "client")), "One of 3 professional groups sees little."),
    ],
)
def test_the_message_says_whether_both_are_apart(grid: Grid, summary: str):
    exercise = exercise_of()
    response = exercise.parse(grid)
    assert exercise.reveal(response, "en").summary == summary
    assert exercise.response_line(response, "en", revealed=True).endswith(f"{summary} Agreement: {round(100 * mean(grid))}%")
    recap = exercise.recap(response, "en")
    assert recap.yours.startswith(summary)
    assert bool(recap.best) == (grid != apart())


@pytest.mark.parametrize("lang", languages())
def test_the_feedback_says_what_each_list_sees_and_why_that_fits(lang: str):
    exercise, words = exercise_of(), catalog(lang)
    told = exercise.reveal(exercise.parse(apart() | {"town-election": (*PRIVATE, "boss")}), lang)
    colleagues, boss, clients, private = told.outcomes
    assert [outcome.reached for outcome in told.outcomes] == [True, False, True, True]
    assert boss.seen == words("sharing.count", number=3, total=6)
    assert "2" in boss.verdict
    assert [outcome.name for outcome in (colleagues, boss, clients)] == [words(f"sharing_lists.{name}") for name in PROFESSIONAL]
    for outcome, rule in ((colleagues, "R16"), (boss, "R15"), (clients, "R17")):
        assert outcome.reason == words(f"reasons.{rule}.split_lists")
        assert outcome.tag
        assert outcome.passages == ["S7"]
    assert (private.reason, private.tag, private.passages) == ("", "", []), "the article does not say how much friends should see"
    assert set(told.passages) == {"S7"}


def test_where_everything_or_nothing_is_shown_its_own_reason_is_told():
    exercise, words = exercise_of(), catalog("en")
    for lists, action in ((LISTS, "show_everything"), ((), "stop_posting"), (PRIVATE, "split_lists")):
        outcomes = exercise.reveal(exercise.parse(everywhere(lists)), "en").outcomes[:3]
        assert [outcome.reason for outcome in outcomes] == [words(f"reasons.{rule}.{action}") for rule in ("R16", "R15", "R17")]


@pytest.mark.parametrize("lang", languages())
def test_advice_on_single_posts_is_marked_as_the_kit_s_own_and_has_no_credit(lang: str):
    exercise, words = exercise_of(), catalog(lang)
    shown = exercise.reveal(exercise.parse(everywhere(LISTS)), lang)
    assert shown.advice_note == words("sharing.advice_note")
    assert [(advice.id, advice.text) for advice in shown.advice] == [
        (post.id, words(f"sharing_advice.{post.kind}")) for post in EXAMPLE.posts
    ]
    assert set(words.table("sharing_advice")) == set(get_args(Kind))
    assert not {"credit", "grade"} & set(type(shown.advice[0]).__struct_fields__)


def test_the_text_form_has_the_profile_and_who_sees_what_but_no_judgement_before_it_may_be_told():
    exercise = exercise_of()
    lines = exercise.question_lines("en")
    assert lines[1].startswith("  (karaoke) Karaoke on Saturday: ")
    assert lines[-1] == "Who sees it? Close friends · Family · Colleagues · Boss · Clients"
    kept = exercise.response_line(exercise.parse(everywhere(()) | {"karaoke": ("friends",)}), "en", revealed=False)
    assert kept.startswith("Who sees what: Karaoke on Saturday: Close friends; Angry about early shifts: nobody;")
    assert "Agreement" not in kept


@pytest.mark.parametrize("lang", languages())
def test_more_is_read_than_what_stands_in_the_question(lang: str):
    asked = sum(len(line.split()) for line in exercise_of().question_lines(lang))
    assert asked < exercise_of().words_to_read(lang) < 4 * asked


def test_the_fingerprint_follows_the_texts_and_the_language():
    prints = {fingerprint(profile, lang) for profile in PROFILES for lang in languages()}
    assert len(prints) == len(languages()) * len(PROFILES)
    assert all(len(found) == 8 for found in prints)


# ---- what is stored, and statistics -------------------------------------------------------------------------------------------


@given(profiles, st.data())
def test_a_stored_profile_grades_as_it_did(profile: Profile, data: st.DataObject):
    kept = read(profile.content, profile.record())
    exercise = exercise_of(profile)
    response = exercise.parse({name: data.draw(some_lists) for name in profile.post_ids})
    again = rebuild(kept, exercise.shown)
    assert (kept.id, kept.content, kept.record(), kept.key()) == (profile.id, profile.content, profile.record(), profile.key())
    assert again.grade(response) == exercise.grade(response)
    assert again.parse({name: list(seeing) for name, seeing in decoded(response, profile.post_ids).items()}) == response
    assert set(kept.languages) == set(profile.languages)
    assert (kept.title("en"), kept.title("xx")) == (profile.title("en"), profile.title("de"))
    assert profile.text("en").stem.startswith(kept.opening("en"))
    assert kept.opening("en")
    with pytest.raises(TypeError, match="was stored"):
        again.question("de")


def test_a_stored_key_counts_and_not_the_present_table():
    record = json.loads(EXAMPLE.record())
    record["key"]["boss"]["stop_posting"] = 4
    kept = read("x", json.dumps(record).encode())
    assert rebuild(kept, "[]").grade("000000").items["boss"] == 1
    assert exercise_of().grade("000000").items["boss"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    "change",
    [
        {"key": {}},
        {"key": KEY | {"boss": KEY["boss"] | {"stop_posting": 5}}},
        {"key": KEY | {"boss": {"stop_posting": 2}}},
        {"key": KEY | {"aunt": KEY["boss"]}},
        {"profile": {"id": "a", "text": {}, "post": [{"id": "a", "text": {}}, {"id": "b", "text": {}}]}},
        {"profile": {"id": "a", "text": {"de": {"title": "A", "stem": "B"}}, "post": [{"id": "a", "text": {}}]}},
        {"profile": {"id": "a", "text": {"de": {"title": "A", "stem": "B"}}, "post": [{"id": "a", "text": {}}] * 2}},
    ],
)
def test_a_record_that_makes_no_sense_is_refused(change: dict[str, Any]):
    record = json.loads(EXAMPLE.record())
    read("x", json.dumps(record).encode())
    with pytest.raises(msgspec.MsgspecError):
        read("x", json.dumps(record | change).encode())


def test_each_professional_list_is_an_item_of_its_relation():
    grid = everywhere((*PRIVATE, "boss"))
    for material in (EXAMPLE, read(EXAMPLE.content, EXAMPLE.record())):
        answers = summarise(material, encoded(grid))
        assert [(answer.item, answer.relation, answer.option, answer.credit) for answer in answers] == [
            ("colleague", "colleague", "", 1),
            ("boss", "boss", "", 0),
            ("client", "client", "", 1),
        ]
        assert item_options(material, "de") == {"colleague": (), "boss": (), "client": ()}
    assert {answer.theme for answer in summarise(EXAMPLE, encoded(grid))} == {"profiles"}


# ---- content ----------------------------------------------------------------------------------------------------------------


def test_there_are_eight_profiles_with_five_to_eight_posts_in_both_languages():
    assert len(PROFILES) >= 8
    for profile in PROFILES:
        assert POSTS[0] <= len(profile.posts) <= POSTS[1]
        assert len({post.kind for post in profile.posts}) == len(profile.posts), "a profile is as varied as can be"
        assert set(profile.languages) == set(languages())
    assert {post.kind for profile in PROFILES for post in profile.posts} == set(get_args(Kind))
    assert {profile.platform for profile in PROFILES} == {"facebook", "instagram", "whatsapp", "snapchat"}


def one_file(folder: Path, old: str = "", new: str = "") -> str:
    text = (ROOT / "scenarios" / "profiles.toml").read_text(encoding="utf-8")
    head, first, *_ = text.split("\n[[profile]]\n")
    text = f"{head}\n[[profile]]\n{first}"
    assert old in text
    text = text.replace(old, new, 1) if old else text
    (folder / "profiles.toml").write_text(text, encoding="utf-8")
    return text


@pytest.mark.parametrize(
    ("kind", "old", "new", "at"),
    [
        ("platform_event", '"facebook"', '"xing"', "platform"),
        ("unknown_platform", '"facebook"', '"facebok"', "facebok"),
        ("unknown_key", 'kind = "party"', 'kind = "party"\nmood = "good"', "mood"),
        ("doubled_part", 'id = "early-shift"', 'id = "karaoke" # twice', "# twice"),
        ("unknown_language", 'text.en.title = "Bakery', 'text.xx.title = "A b"\ntext.en.title = "Bakery', "text.xx"),
    ],
)
def test_what_is_wrong_with_a_profile_is_found_on_its_line(tmp_path: Path, kind: str, old: str, new: str, at: str):
    text = one_file(tmp_path, old, new)
    bank = load_bank(tmp_path)
    found = [finding for finding in bank.findings if finding.severity == "error"]
    assert kind in {finding.kind for finding in found}
    assert not bank.materials("profile")
    assert next(finding for finding in found if finding.kind == kind).line == line_of(text, at)
    assert all(finding.text(lang) for finding in found for lang in languages())


def test_a_profile_with_too_few_posts_is_no_profile(tmp_path: Path):
    text = one_file(tmp_path)
    first = text.index("[[profile.post]]")
    cut = text.index("[[profile.post]]", text.index("[[profile.post]]", first + 1) + 1)
    (tmp_path / "profiles.toml").write_text(text[:first] + text[first:cut], encoding="utf-8")
    (finding,) = (finding for finding in load_bank(tmp_path).findings if finding.severity == "error")
    assert finding.kind == "few_entries"
