"""The chooser: what is filtered, read, ticked and ordered, what is kept as a file, and what stays with the facilitator."""

from pathlib import Path
from typing import Any

import pytest
from choosing import Choosing
from chosen_situations import BANK, BOSS_AND_COLLEAGUE, CLIENTS
from etiquette_kit.bank import Bank, SelectionError
from etiquette_kit.cards.workshop import WorkshopCard
from etiquette_kit.locale import LanguageError, catalog, languages
from etiquette_kit.workshop import PLANS, SituationList, SituationListError, load_list
from hypothesis import given, settings
from hypothesis import strategies as st

NAMES = (*CLIENTS, *BOSS_AND_COLLEAGUE)
PAIR = next((scenario.id, str(scenario.twin)) for scenario in BANK if scenario.twin)
WORDS = catalog("de")


# ---- finding --------------------------------------------------------------------------------------------------------------


def test_it_begins_with_all_situations_and_none_chosen():
    page = Choosing().page
    assert page["kind"] == "chooser"
    assert page["shown"] == [entry["id"] for entry in page["entries"]] == list(BANK.scenarios)
    assert (page["chosen"], page["touched"]) == ([], False)
    assert page["found"] == "66 von 66 Situationen"


def test_filters_and_search_narrow_the_list_and_can_be_dropped():
    choosing = Choosing()
    choosing.do("filter", name="relation", value="boss")
    choosing.do("filter", name="platform", value="instagram")
    expected = [scenario.id for scenario in BANK if scenario.facts.relation == "boss" and scenario.platform == "instagram"]
    assert choosing.page["shown"] == expected
    assert 0 < len(expected) < len(BANK)
    choosing.do("search", text="no such word anywhere")
    assert (choosing.page["shown"], choosing.page["found"]) == ([], WORDS("chooser.found_none", total=len(BANK)))
    choosing.do("show_all")
    assert len(choosing.page["shown"]) == len(BANK)
    assert set(choosing.page["chosen_filters"].values()) == {""}


def test_what_is_filtered_out_stays_chosen():
    choosing = Choosing()
    choosing.tick(*NAMES)
    choosing.do("search", text="no such word anywhere")
    assert choosing.names == NAMES


# ---- choosing -------------------------------------------------------------------------------------------------------------


def test_situations_are_ticked_ordered_and_removed_and_each_step_is_said():
    choosing = Choosing()
    choosing.tick(*NAMES)
    assert choosing.names == NAMES
    titles = [BANK[name].title("de") for name in NAMES]
    assert choosing.page["said"] == f"„{titles[3]}“ ist jetzt an Stelle 4."
    choosing.do("move", id=NAMES[3], to="up")
    assert choosing.names == (NAMES[0], NAMES[1], NAMES[3], NAMES[2])
    assert choosing.page["said"] == f"„{titles[3]}“ ist jetzt an Stelle 3 von 4."
    choosing.do("move", id=NAMES[0], to="down")
    assert choosing.names == (NAMES[1], NAMES[0], NAMES[3], NAMES[2])
    choosing.do("tick", id=NAMES[0], on=False)
    assert choosing.names == (NAMES[1], NAMES[3], NAMES[2])
    assert choosing.page["said"] == f"„{titles[0]}“ ist nicht mehr dabei."
    choosing.do("clear")
    assert (choosing.names, choosing.page["said"]) == ((), WORDS("chooser.cleared"))


@pytest.mark.parametrize(("name", "to"), [(NAMES[0], "up"), (NAMES[3], "down"), ("no-such-id", "up")])
def test_nothing_moves_beyond_an_end(name: str, to: str):
    choosing = Choosing(scenarios=NAMES)
    choosing.do("move", id=name, to=to)
    assert (choosing.names, choosing.page["said"], choosing.page["touched"]) == (NAMES, "", False)


@pytest.mark.parametrize("count", range(1, 9))
def test_it_says_how_long_that_takes(count: int):
    choosing = Choosing(scenarios=list(BANK.scenarios)[:count])
    plan = PLANS[60 if count <= 4 else 90].of(count)
    assert f"ungefähr {plan.minutes} Minuten" in choosing.page["summary"]
    assert WorkshopCard(BANK, scenarios=choosing.card.chosen)._plan == plan


def test_four_situations_take_an_hour_and_six_ninety_minutes():
    assert "60 Minuten" in Choosing(scenarios=list(BANK.scenarios)[:4]).page["summary"]
    assert "90 Minuten" in Choosing(scenarios=list(BANK.scenarios)[:6]).page["summary"]


def test_both_halves_of_a_pair_are_pointed_out():
    choosing = Choosing()
    choosing.tick(PAIR[0])
    assert choosing.page["hint"] == ""
    choosing.tick(PAIR[1])
    assert choosing.page["hint"] == WORDS("chooser.both", title=BANK[PAIR[0]].title("de"))


actions = st.one_of(
    st.tuples(st.just("tick"), st.fixed_dictionaries({"id": st.sampled_from([*NAMES, "no-such-id"]), "on": st.booleans()})),
    st.tuples(st.just("move"), st.fixed_dictionaries({"id": st.sampled_from([*NAMES, "x"]), "to": st.sampled_from(["up", "down"])})),
    st.tuples(st.just("read"), st.fixed_dictionaries({"id": st.sampled_from([*NAMES, ""]), "open": st.booleans()})),
    st.tuples(st.just("key"), st.fixed_dictionaries({"id": st.sampled_from([*NAMES, ""]), "on": st.booleans()})),
    st.tuples(st.just("search"), st.fixed_dictionaries({"text": st.text(max_size=4)})),
    st.tuples(st.just("filter"), st.fixed_dictionaries({"name": st.just("event"), "value": st.sampled_from(["", "message", "x"])})),
    st.tuples(st.just("rename"), st.fixed_dictionaries({"title": st.text(max_size=90)})),
    st.tuples(st.just("language"), st.fixed_dictionaries({"lang": st.sampled_from(languages())})),
    st.tuples(st.sampled_from(["clear", "save", "show_all"]), st.just({})),
)


@settings(max_examples=60)
@given(st.lists(actions, max_size=12))
def test_whatever_is_done_the_choice_can_be_saved_and_read_again(done: list[tuple[str, dict[str, Any]]]):
    choosing = Choosing()
    for action, more in done:
        choosing.do(action, **more)
        names = choosing.names
        assert len(set(names)) == len(names)
        assert [entry["id"] for entry in choosing.page["chosen"]] == list(names)
        assert bool(choosing.page["key"]) == bool(choosing.page["read"] and choosing.page["read"]["keyed"])
        if names:
            other = Choosing()
            other.do("open", name="any.toml", text=choosing.card._as_toml())
            assert (other.names, other.card.notice) == (names, "")


# ---- reading, and the key -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", languages())
def test_the_key_comes_only_when_it_is_asked_for_and_of_that_situation_alone(lang: str):
    choosing = Choosing(lang=lang)
    name = NAMES[0]
    choosing.tick(*NAMES)
    choosing.do("read", id=name, open=True)
    question = choosing.page["read"]["question"]
    assert (question["id"], len(question["options"])) == (name, len(BANK[name].options))
    received = "".join(choosing.received)
    assert question["options"][0]["label"] in received
    own = [option.text(lang).feedback for option in BANK[name].options]
    every = [option.text(lang).feedback for scenario in BANK for option in scenario.options]
    assert [text for text in every if text in received] == []
    assert not [word for word in ('"grade"', '"verdict"', '"action"', '"best"') if word in received]
    choosing.do("key", id=name, on=True)
    received = "".join(choosing.received)
    assert [text for text in every if text in received] == [text for text in every if text in own]
    grades = {option: shown["grade"] for option, shown in choosing.page["key"]["options"].items()}
    assert grades == BANK.key(name)


def test_the_key_goes_with_what_is_read():
    choosing = Choosing()
    choosing.do("key", id=NAMES[0], on=True)
    assert not choosing.page["key"]
    choosing.do("read", id=NAMES[0], open=True)
    choosing.do("key", id=NAMES[1], on=True)
    assert not choosing.page["key"]
    choosing.do("key", id=NAMES[0], on=True)
    assert choosing.page["key"]
    choosing.do("read", id=NAMES[1], open=True)
    assert (choosing.page["read"]["question"]["id"], choosing.page["key"]) == (NAMES[1], {})
    choosing.do("read", id=NAMES[1], open=False)
    assert choosing.page["read"] is None


# ---- files ----------------------------------------------------------------------------------------------------------------


def test_a_choice_is_saved_under_its_name_and_opened_again():
    choosing = Choosing()
    choosing.do("save")
    assert (choosing.files, choosing.card.notice) == ([], WORDS("chooser.nothing_to_save"))
    choosing.tick(*NAMES)
    choosing.do("rename", title=" Große Runde ")
    choosing.do("save")
    (file,) = choosing.files
    assert file["file"] == "große-runde.toml"
    assert choosing.page["said"] == WORDS("chooser.saved", file="große-runde.toml")
    other = Choosing()
    other.do("open", name=file["file"], text=file["text"])
    assert other.card.chosen == SituationList("Große Runde", NAMES, None, "de")
    assert other.page["said"] == WORDS("chooser.opened", file="große-runde.toml", title="Große Runde")


def test_what_is_wrong_with_a_file_is_said_with_its_line_and_nothing_changes():
    choosing = Choosing(scenarios=NAMES)
    choosing.do("open", name="freitag.toml", text='title = "Freitag"\nscenarios = ["no-such-id"]\n')
    assert choosing.names == NAMES
    assert choosing.card.notice.startswith(f"{WORDS('situation_list.wrong')} freitag.toml:2: ")
    choosing.do("open", name="freitag.toml", text="title = „Freitag“")
    assert "freitag.toml:1: " in choosing.card.notice


def test_python_saves_and_loads_the_same(tmp_path: Path):
    choosing = Choosing()
    with pytest.raises(SituationListError):
        choosing.card.save(tmp_path / "empty.toml")
    assert not (tmp_path / "empty.toml").exists()
    choosing.card.choose(NAMES, title="Freitag")
    path = choosing.card.save(tmp_path / "freitag.toml")
    assert load_list(path, BANK) == SituationList("Freitag", NAMES, None, "de")
    other = Choosing()
    other.card.load(path)
    assert other.card.chosen == load_list(path, BANK)
    with pytest.raises(SituationListError, match="no-such-id"):
        choosing.card.choose(["no-such-id"])
    choosing.card.choose([])
    assert choosing.names == ()


def test_it_begins_with_what_it_is_given_or_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "freitag.toml"
    path.write_text(SituationList("Freitag", NAMES, 90, "en").toml(), encoding="utf-8")
    assert Choosing(scenarios=path, lang=None).card.lang == "en"
    monkeypatch.setenv("ETIQUETTE_SCENARIOS", str(path))
    assert Choosing().card.chosen == SituationList("Freitag", NAMES, 90, "en")
    assert Choosing(scenarios=NAMES[:1]).names == NAMES[:1]
    with pytest.raises(SituationListError):
        Choosing(scenarios=["no-such-id"])


# ---- what a browser keeps -------------------------------------------------------------------------------------------------


def test_a_browser_hands_a_choice_to_a_new_kernel_but_not_over_another_one():
    choosing = Choosing()
    choosing.do("restore", title="Freitag", scenarios=[*NAMES, "gone-since", NAMES[0]])
    assert choosing.card.chosen == SituationList("Freitag", NAMES)
    assert choosing.page["said"] == WORDS("chooser.partly_restored")
    choosing.do("restore", title="Samstag", scenarios=[NAMES[0]])
    assert choosing.card.chosen.title == "Freitag"
    fresh = Choosing(scenarios=NAMES[:2])
    assert fresh.page["origin"] != Choosing().page["origin"]
    fresh.tick(NAMES[2])
    fresh.do("restore", title="Freitag", scenarios=[NAMES[3]])
    assert fresh.names == NAMES[:3]


# ---- folded ---------------------------------------------------------------------------------------------------------------


def test_folded_it_is_a_line_that_can_be_opened_and_closed():
    choosing = Choosing(folded=True)
    assert (choosing.page["kind"], choosing.page["line"]) == ("folded", WORDS("chooser.drawn"))
    choosing.do("unfold", open=True)
    assert (choosing.page["kind"], choosing.page["folds"]) == ("chooser", True)
    choosing.tick(NAMES[0])
    choosing.do("rename", title="Freitag")
    choosing.do("unfold", open=False)
    assert choosing.page["line"] == "„Freitag“: Eine Situation, ungefähr 27 Minuten"
    never = Choosing()
    never.do("unfold", open=False)
    assert never.page["kind"] == "chooser"


# ---- the workshop that follows --------------------------------------------------------------------------------------------


def names_of(workshop: WorkshopCard) -> tuple[str, ...]:
    return tuple(entry.exercise.scenario.id for entry in workshop.rounds)


def test_a_workshop_has_what_is_chosen_until_it_begins_and_when_it_begins_again():
    choosing = Choosing()
    workshop = WorkshopCard(BANK, lang="de", seed=22, scenarios=choosing.card)
    drawn = names_of(workshop)
    assert len(drawn) == 4
    choosing.tick(*NAMES[:2])
    assert names_of(workshop) == NAMES[:2]
    assert workshop.scene is not None
    assert workshop.scene.plans == ()  # type: ignore[attr-defined]
    workshop.take({"do": "start", "n": "1"})
    choosing.tick(NAMES[2])
    assert names_of(workshop) == NAMES[:2]
    workshop.take({"do": "restart", "n": "2"})
    assert names_of(workshop) == NAMES[:3]
    choosing.do("clear")
    assert names_of(workshop) == drawn


def test_a_length_that_was_chosen_holds_once_situations_are_drawn_again():
    choosing = Choosing()
    workshop = WorkshopCard(BANK, lang="de", scenarios=choosing.card)
    workshop.take({"do": "plan", "minutes": 90, "n": "1"})
    choosing.tick(NAMES[0])
    choosing.do("clear")
    assert len(names_of(workshop)) == 6


def test_a_choice_of_now_is_no_chooser():
    choosing = Choosing(scenarios=NAMES)
    workshop = WorkshopCard(BANK, lang="de", scenarios=choosing.card.chosen)
    choosing.do("clear")
    assert names_of(workshop) == NAMES


# ---- languages and refusals -----------------------------------------------------------------------------------------------


def test_the_language_changes_the_words_and_not_the_choice():
    choosing = Choosing(scenarios=NAMES)
    choosing.do("language", lang="en")
    page = choosing.page
    assert page["chosen"][0]["title"] == BANK[NAMES[0]].title("en")
    assert page["title"] == catalog("en")("chooser.title")
    assert choosing.names == NAMES


def test_what_cannot_be_is_refused():
    with pytest.raises(LanguageError):
        Choosing(lang="tlh")
    with pytest.raises(SelectionError):
        Choosing(bank=Bank([]))


def test_the_text_is_stable_and_lists_what_there_is_or_is_chosen():
    assert len(Choosing().card.text().splitlines()) == 1 + len(BANK)
    assert Choosing(folded=True).card.text() == WORDS("chooser.text_none", total=len(BANK))
    chosen = Choosing(scenarios=NAMES).card.text()
    assert chosen == Choosing(scenarios=NAMES).card.text()
    assert [line.split(" ", 3)[3] for line in chosen.splitlines()[1:]] == [BANK[name].title("de") for name in NAMES]
