"""The workshop without a browser: what it draws, what it takes, what it keeps to itself."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from chosen_situations import BANK, CLIENTS
from etiquette_kit import Workshop
from etiquette_kit.bank import Bank, SelectionError
from etiquette_kit.locale import LanguageError, catalog, languages
from etiquette_kit.workshop import HandsError, PlanError


class Room:
    """Sends what the front end sends, from the page that the kernel described last."""

    def __init__(self, **options: Any) -> None:
        self.workshop, self.told = Workshop(**{"bank": BANK, **options}), 0
        self.sent: list[dict[str, Any]] = []
        self.workshop.send = lambda content, **_: self.sent.append(content)

    @property
    def page(self) -> dict[str, Any]:
        return dict(self.workshop.page)

    def tell(self, **message: Any) -> None:
        self.told += 1
        Workshop._take(self.workshop, self.workshop, {**message, "n": f"x-{self.told}"}, [])

    def count(self, which: str, hands: Mapping[str, object], *, to: str, **more: Any) -> None:
        """Send what was typed; what is left out was typed as 0, unless nothing was."""
        order = self.page["question"]["options"]
        self.act("count", hands={which: (dict.fromkeys((entry["id"] for entry in order), 0) | dict(hands)) if hands else {}}, to=to, **more)

    def act(self, do: str, **more: Any) -> None:
        self.tell(do=do, position=self.page.get("position"), phase=self.page.get("phase"), **more)


def started(**options: Any) -> Room:
    room = Room(**options)
    room.tell(do="start")
    return room


def test_a_situation_goes_from_hands_to_talk_to_hands_to_the_answer():
    room = started(scenarios=CLIENTS)
    assert (room.page["kind"], room.page["phase"], room.page["hands"]) == ("round", "vote", {"first": {}})
    room.count("first", {"a": 3, "b": 1}, to="discuss")
    assert (room.page["phase"], len(room.page["discuss"]["questions"])) == ("discuss", 2)
    room.act("go", to="revote")
    assert room.page["hands"] == {"second": {}}
    room.count("second", {"b": 4}, to="reveal")
    assert "hands" not in room.page
    votes = room.page["revealed"]["votes"]
    assert [[vote["which"], vote["share"], vote["text"]] for vote in votes["a"]] == [
        ["first", 0.75, "75\N{NO-BREAK SPACE}% · 3 Hände"],
        ["second", 0.0, "0\N{NO-BREAK SPACE}% · 0 Hände"],
    ]
    assert [vote["text"] for vote in votes["b"]] == ["25\N{NO-BREAK SPACE}% · eine Hand", "100\N{NO-BREAK SPACE}% · 4 Hände"]
    room.act("next")
    assert (room.page["position"], room.page["phase"], room.page["last"]) == (1, "vote", True)
    room.count("first", {}, to="reveal")
    assert room.page["revealed"]["summary"] == "Gezählt wurde hier nicht."
    assert set(map(len, room.page["revealed"]["votes"].values())) == {0}
    room.act("next")
    assert room.page["kind"] == "summary"
    title = BANK[CLIENTS[0]].text("de").title
    best = {option for option, grade in BANK.key(CLIENTS[0]).items() if grade == 4}
    first, second = (round(25 * sum(hands.get(option, 0) for option in best)) for hands in ({"a": 3, "b": 1}, {"b": 4}))
    assert list(room.page["rows"][0].values()) == [
        title,
        f"{first}\N{NO-BREAK SPACE}%",
        f"{second}\N{NO-BREAK SPACE}%",
        f"{second - first:+d} Prozentpunkte".replace("-", "\N{MINUS SIGN}"),
    ]
    assert list(room.page["rows"][1].values())[1:] == ["nicht gezählt", "nicht gezählt", "–"]


def test_the_share_that_fits_best_is_told_for_both_votes():
    room = started(scenarios=CLIENTS, lang="en")
    best = [option for option, grade in BANK.key(CLIENTS[0]).items() if grade == 4]
    other = next(option for option in BANK.key(CLIENTS[0]) if option not in best)
    room.count("first", {best[0]: 1, other: 3}, to="revote")
    room.count("second", {best[0]: 1, best[1]: 2, other: 1}, to="reveal")
    assert room.page["revealed"]["summary"].startswith("At first 25% of the hands")
    assert "added up" in room.page["revealed"]["summary"]
    assert room.page["revealed"]["summary"].endswith("it was 75%.")
    assert set(room.page["revealed"]["best"]) == set(best)
    room.act("next")
    room.act("next")
    assert list(room.page["rows"][0].values())[1:] == ["25%", "75%", "+50 percentage points"], "one figure on both pages"


def test_where_one_reaction_fits_best_nothing_is_called_added_up():
    room = started(scenarios=CLIENTS[1:], lang="en")
    room.count("first", {"a": 4}, to="reveal")
    assert "the reaction that fits" in room.page["revealed"]["summary"]
    assert "added up" not in room.page["revealed"]["summary"]


@pytest.mark.parametrize(("first", "second", "told"), [({}, {"a": 2}, "first"), ({"a": 2}, {}, "second")])
def test_a_count_that_was_left_out_is_told_as_not_counted(first: dict[str, int], second: dict[str, int], told: str):
    room = started(scenarios=CLIENTS)
    room.count("first", first, to="revote")
    room.count("second", second, to="reveal")
    for votes in room.page["revealed"]["votes"].values():
        assert [vote["text"] for vote in votes if vote["share"] is None] == ["nicht gezählt"]
        assert [vote["which"] for vote in votes if vote["share"] is None] == [told]
    assert "nicht gezählt" in room.workshop.handout()


@pytest.mark.parametrize("to", ["discuss", "reveal"])
def test_empty_fields_beside_others_are_asked_about_once(to: str):
    room = started(scenarios=CLIENTS)
    typed = {"a": 3, "c": 0}
    room.act("count", hands={"first": typed}, to=to)
    assert (room.page["phase"], room.page["asked"], room.workshop.rounds[0].first) == ("vote", True, None)
    assert room.page["wrong"] == {"first": {"b": "leer = 0?", "d": "leer = 0?"}}
    room.tell(do="language", lang="en")
    assert room.page["wrong"] == {"first": {"b": "empty = 0?", "d": "empty = 0?"}}
    room.act("count", hands={"first": typed}, to=to, sure=True)
    assert (room.page["phase"], room.page["asked"], room.page["wrong"]) == (to, False, {})
    assert room.workshop.rounds[0].first is not None
    assert room.workshop.rounds[0].first.counts == {"a": 3, "b": 0, "c": 0, "d": 0}


def test_numbers_are_corrected_once_they_are_open_and_the_answer_stays():
    room = started(scenarios=CLIENTS, lang="en")
    hands = {"first": {"a": 7, "b": 0, "c": 0, "d": 0}, "second": {}}
    for phase in ("vote", "discuss"):
        room.act("open", open=True)
        room.act("correct", hands=hands)
        assert (room.page["open"], room.page["phase"], room.workshop.rounds[0].first) == (False, phase, None)
        room.act("go", to="discuss")
    room.act("go", to="revote")
    room.count("second", {"a": 70}, to="reveal")
    room.act("open", open=True)
    assert (room.page["open"], room.page["hands"]) == (True, {"first": {}, "second": {"a": 70, "b": 0, "c": 0, "d": 0}})
    room.act("correct", hands=hands | {"second": {"a": "x", "b": 1, "c": 1, "d": 1}})
    assert (room.page["open"], room.page["wrong"]) == (True, {"second": {"a": "not a whole number"}})
    assert room.workshop.rounds[0].first is None
    room.act("correct", hands={"first": {"a": 7}, "second": {}})
    assert (room.page["asked"], set(room.page["wrong"]["first"])) == (True, {"b", "c", "d"})
    room.act("correct", hands=hands)
    assert (room.page["open"], room.page["phase"], room.page["wrong"]) == (False, "reveal", {})
    assert [vote["text"] for vote in room.page["revealed"]["votes"]["a"]] == ["100% · 7 hands", "not counted"]
    room.act("open", open=True)
    room.act("next")
    room.act("back")
    assert not room.page["open"], "who went on is done with correcting"


def test_beginning_again_goes_back_to_the_plan_without_counts():
    room = started(scenarios=CLIENTS)
    assert not room.page["counted"]
    room.count("first", {"a": 2}, to="reveal")
    assert room.page["counted"]
    room.tell(do="restart")
    assert (room.page["kind"], room.page["counted"]) == ("plan", False)
    room.tell(do="start")
    assert (room.page["phase"], room.page["hands"]) == ("vote", {"first": {}})
    assert [entry.exercise.scenario.id for entry in room.workshop.rounds] == list(CLIENTS)


def test_beginning_again_keeps_the_chosen_plan():
    room = Room(seed=15)
    room.tell(do="plan", minutes=90)
    room.tell(do="start")
    room.act("next")
    room.tell(do="restart")
    assert (room.page["chosen"], len(room.workshop.rounds), room.workshop.round) == (90, 6, room.workshop.rounds[0])


@pytest.mark.parametrize("lang", languages())
def test_the_end_has_what_is_left_to_do_in_the_room(lang: str):
    room = started(scenarios=CLIENTS[:1], lang=lang)
    room.act("next")
    [writing], questions = (task["texts"] for task in room.page["tasks"])
    assert writing == catalog(lang)("workshop.write")
    assert questions == list(catalog(lang).table("closing").values())


@pytest.mark.parametrize("lang", languages())
def test_nothing_of_the_answer_is_sent_before_it_is_shown(lang: str):
    room = started(scenarios=CLIENTS, lang=lang)
    scenario = BANK[CLIENTS[0]]
    secrets = [option.text(lang).feedback for option in scenario.options]
    secrets += [scenario.advice.reason(option.action, lang) for option in scenario.options]
    secrets += [json.dumps(text, ensure_ascii=False) for text in catalog(lang).table("grades").values()]
    secrets += catalog(lang).table("basis_tags").values()
    for do, more in (
        ("count", {"hands": {"first": {"a": 1, "b": 0, "c": 0, "d": 0}}, "to": "discuss"}),
        ("go", {"to": "revote"}),
        ("go", {"to": "revote"}),
    ):
        state = json.dumps(room.workshop.get_state(), ensure_ascii=False)
        assert [secret for secret in secrets if secret in state] == []
        assert '"grade"' not in json.dumps(room.page)
        room.act(do, **more)
    room.act("go", to="reveal")
    state = json.dumps(room.workshop.get_state(), ensure_ascii=False)
    assert [secret for secret in secrets[:2] if secret not in state] == []


def test_a_sheet_is_sent_when_it_is_asked_for_and_only_then():
    room = started(scenarios=CLIENTS, lang="en")
    assert room.sent == []
    room.tell(do="sheet", which="handout")
    room.tell(do="sheet", which="run_sheet")
    for wrong in ("other", None, ["handout"]):
        room.tell(do="sheet", which=wrong)
    assert [message["sheet"] for message in room.sent] == ["handout", "run_sheet"]
    assert [message["file"] for message in room.sent] == ["handout.html", "run-sheet.html"]
    assert room.sent[0]["html"] == room.workshop.handout()
    assert "★" in room.sent[1]["html"]
    assert "★" not in room.sent[0]["html"]
    assert 'lang="de"' in room.workshop.run_sheet("de")
    room.tell(do="language", lang="de")
    room.tell(do="sheet", which="handout")
    room.tell(do="sheet", which="run_sheet")
    assert [message["file"] for message in room.sent[2:]] == ["handzettel.html", "ablauf.html"]


def test_the_handout_at_the_end_has_what_was_resolved():
    room = started(scenarios=CLIENTS)
    titles = [BANK[name].text("de").title for name in CLIENTS]
    assert all(title in room.workshop.handout() for title in titles)
    room.act("go", to="reveal")
    assert [title in room.workshop.handout() for title in titles] == [True, False]


def test_the_plan_says_how_many_situations_there_are_and_the_same_seed_draws_the_same():
    room = Room(seed=15)
    assert (room.page["chosen"], len(room.workshop.rounds)) == (60, 4)
    short = [entry.exercise for entry in room.workshop.rounds]
    room.tell(do="plan", minutes=90)
    assert (room.page["chosen"], len(room.workshop.rounds)) == (90, 6)
    assert [entry.exercise for entry in room.workshop.rounds][:4] == short
    assert [entry.exercise for entry in Workshop(BANK, seed=15).rounds] == short
    assert [entry.exercise for entry in Workshop(BANK, seed=16).rounds] != short
    for wrong in (45, "60", None, True, 60.0):
        room.tell(do="plan", minutes=wrong)
        assert room.page["chosen"] == 90
    room.tell(do="start")
    room.tell(do="plan", minutes=60)
    assert len(room.workshop.rounds) == 6, "a workshop that has begun keeps its plan"


def test_situations_of_ones_own_choice_come_in_that_order_and_without_a_plan_to_choose():
    room = Room(scenarios=CLIENTS[::-1])
    assert [entry.exercise.scenario.id for entry in room.workshop.rounds] == list(CLIENTS[::-1])
    assert (room.page["plans"], room.page["chosen"]) == ((), None)
    assert room.page["caption"] == "Zeitplan: 38 Minuten, 2 Situationen"


def test_a_small_bank_gives_a_short_plan():
    room = Room(bank=Bank([BANK[CLIENTS[0]]]))
    assert (room.page["caption"], len(room.page["steps"])) == ("Zeitplan: 27 Minuten, eine Situation", 4)
    assert "27 Minuten" in room.workshop.run_sheet()


@pytest.mark.parametrize(
    ("hands", "word", "at_fields"),
    [
        ({"first": {"a": "drei"}}, "keine ganze Zahl", {"a": "keine ganze Zahl"}),
        ({"first": {"b": -1}}, "keine ganze Zahl", {"b": "keine ganze Zahl"}),
        ({"first": {"a": 10_000}}, "zu große Zahl", {"a": "mehr als 9999"}),
        ({"first": {"z": 1}}, "nicht zur Wahl", {}),
        ({"first": "many"}, "nicht zur Wahl", {}),
        ({"third": {"a": 1}}, "nicht zur Wahl", {}),
        ("many", "nicht zur Wahl", {}),
    ],
)
def test_a_wrong_count_is_told_at_its_field_and_changes_nothing(hands: object, word: str, at_fields: dict[str, str]):
    room = started(scenarios=CLIENTS)
    room.act("count", hands=hands, to="discuss", sure=True)
    assert word in room.workshop.notice
    assert room.page["wrong"] == ({"first": at_fields} if at_fields else {})
    assert (room.page["phase"], room.workshop.rounds[0].first) == ("vote", None)


@pytest.mark.parametrize("hands", [{}, {"first": {"a": 1}}])
def test_a_count_while_no_hands_are_up_is_told(hands: dict[str, Any]):
    room = started(scenarios=CLIENTS)
    room.act("go", to="discuss")
    room.act("count", hands=hands, to="reveal", sure=True)
    assert room.workshop.notice == catalog("de")("workshop.closed")
    assert (room.page["phase"], room.workshop.rounds[0].first) == ("discuss", None)


def test_a_step_that_comes_twice_or_late_changes_nothing():
    room = started(scenarios=CLIENTS)
    late = {"do": "count", "hands": {"first": {"a": 1}}, "sure": True, "to": "discuss", "position": 0, "phase": "vote"}
    room.tell(**late)
    room.tell(**late | {"hands": {"first": {"a": 9}}})
    assert room.workshop.rounds[0].first is not None
    assert room.workshop.rounds[0].first.counts["a"] == 1
    for wrong in ({"to": "end"}, {"to": None}, {"phase": "vote", "to": "reveal"}, {"position": 1, "to": "reveal"}):
        room.tell(**{"do": "go", "position": 0, "phase": "discuss", **wrong})
        assert room.page["phase"] == "discuss"


def test_a_situation_can_be_left_out_and_gone_back_to():
    room = started(scenarios=CLIENTS)
    room.act("next")
    assert room.page["position"] == 1
    room.act("back")
    assert (room.page["position"], room.page["phase"]) == (0, "vote")
    room.act("next")
    room.act("next")
    assert (room.page["kind"], room.page["rows"]) == ("summary", ())
    room.act("back")
    assert room.page["position"] == 1


def test_the_language_changes_and_the_count_stays():
    room = started(scenarios=CLIENTS)
    room.count("first", {"a": 2}, to="reveal")
    room.tell(do="language", lang="en")
    assert (room.workshop.lang, room.page["phase"], room.page["revealed"]["title"]) == ("en", "reveal", "What the article says")
    assert room.workshop.words["next"] == "Next situation"


def _hands(workshop: Workshop, **counts: int) -> str:
    """Return how the text tells the hands of the first situation."""
    return ", ".join(f"{option} {counts.get(option, 0)}" for option in workshop.rounds[0].exercise.order)


def test_it_can_be_driven_from_python_and_its_text_tells_where_it_stands():
    workshop = Workshop(BANK, lang="en", scenarios=CLIENTS)
    assert repr(workshop).splitlines()[0] == "Workshop: 38 minutes, 2 situations, order 1"
    workshop.count({"a": 2})
    workshop.go("reveal")
    assert workshop.round is not None
    assert workshop.round.phase == "reveal"
    title = BANK[CLIENTS[0]].text("en").title
    assert f"{title}: answer shown ({_hands(workshop, a=2)})" in repr(workshop)
    with pytest.raises(HandsError):
        workshop.count({"a": 2})
    workshop.correct(first={"a": 3}, second={"b": 4})
    assert f"({_hands(workshop, a=3)}) ({_hands(workshop, b=4)})" in repr(workshop)
    workshop.correct(second={})
    assert f"({_hands(workshop, a=3)})" in repr(workshop)
    assert workshop.rounds[0].second is None
    workshop.next()
    workshop.next()
    assert workshop.round is None
    workshop.count({"a": 1})
    workshop.go("vote")
    assert workshop.page["kind"] == "summary"
    workshop.restart()
    assert workshop.page["kind"] == "plan"
    assert repr(Workshop(BANK, scenarios=CLIENTS[:1])).startswith("Workshop: 27 Minuten, eine Situation, Reihenfolge 1\n")


def test_what_cannot_be_is_refused():
    with pytest.raises(PlanError, match="60, 90"):
        Workshop(BANK, minutes=45)
    with pytest.raises(LanguageError):
        Workshop(BANK, lang="fr")
    with pytest.raises(KeyError, match=CLIENTS[0]):
        Workshop(BANK, scenarios=[CLIENTS[0][:-1]])
    with pytest.raises(SelectionError):
        Workshop(BANK, scenarios=[])
