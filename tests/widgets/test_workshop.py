"""The workshop without a browser: what it draws, what it takes, what it keeps to itself."""

import json
from typing import Any

import pytest
from etiquette_kit import Workshop, load_bank
from etiquette_kit.bank import Bank, SelectionError
from etiquette_kit.locale import LanguageError, catalog, languages
from etiquette_kit.workshop import HandsError, PlanError

BANK = load_bank()
TWO = ("frying-pan-saddle", "eleven-pages-of-reproach")


class Room:
    """Sends what the front end sends, from the page that the kernel described last."""

    def __init__(self, **options: Any) -> None:
        self.workshop, self.count = Workshop(**{"bank": BANK, **options}), 0
        self.sent: list[dict[str, Any]] = []
        self.workshop.send = lambda content, **_: self.sent.append(content)

    @property
    def page(self) -> dict[str, Any]:
        return dict(self.workshop.page)

    def tell(self, **message: Any) -> None:
        self.count += 1
        Workshop._take(self.workshop, self.workshop, {**message, "n": f"x-{self.count}"}, [])

    def act(self, do: str, **more: Any) -> None:
        self.tell(do=do, position=self.page.get("position"), phase=self.page.get("phase"), **more)


def started(**options: Any) -> Room:
    room = Room(**options)
    room.tell(do="start")
    return room


def test_a_situation_goes_from_hands_to_talk_to_hands_to_the_answer():
    room = started(scenarios=TWO)
    assert (room.page["kind"], room.page["phase"], room.page["hands"]) == ("round", "vote", {})
    room.act("count", hands={"a": 3, "b": 1}, to="discuss")
    assert (room.page["phase"], len(room.page["discuss"]["questions"])) == ("discuss", 2)
    room.act("go", to="revote")
    room.act("count", hands={"b": 4}, to="reveal")
    votes = room.page["revealed"]["votes"]
    assert [[which, share, text] for which, _, share, text in votes["a"]] == [
        ["first", 0.75, "75\N{NO-BREAK SPACE}% · 3 Hände"],
        ["second", 0.0, "0\N{NO-BREAK SPACE}% · 0 Hände"],
    ]
    assert [text for *_, text in votes["b"]] == ["25\N{NO-BREAK SPACE}% · eine Hand", "100\N{NO-BREAK SPACE}% · 4 Hände"]
    room.act("next")
    assert (room.page["position"], room.page["phase"], room.page["last"]) == (1, "vote", True)
    room.act("count", hands={}, to="reveal")
    assert (room.page["revealed"]["summary"], set(map(len, room.page["revealed"]["votes"].values()))) == ("", {0})
    room.act("next")
    assert room.page["kind"] == "summary"
    credit = [room.workshop.rounds[0].credit(hands) for hands in (room.workshop.rounds[0].first, room.workshop.rounds[0].second)]
    assert None not in credit
    first, second = (round(100 * (share or 0)) for share in credit)
    title = BANK[TWO[0]].text("de").title
    assert room.page["rows"][0] == [
        title,
        f"{first}\N{NO-BREAK SPACE}%",
        f"{second}\N{NO-BREAK SPACE}%",
        f"{second - first:+d} Prozentpunkte".replace("-", "\N{MINUS SIGN}"),
    ]
    assert room.page["rows"][1][1:] == ["–", "–", "–"]


def test_the_share_that_fits_best_is_told_for_both_votes():
    room = started(scenarios=TWO, lang="en")
    best = [option for option, grade in BANK.key(TWO[0]).items() if grade == 4]
    other = next(option for option in BANK.key(TWO[0]) if option not in best)
    room.act("count", hands={best[0]: 1, other: 3}, to="revote")
    room.act("count", hands={best[0]: 3, other: 1}, to="reveal")
    assert room.page["revealed"]["summary"].startswith("At first 25% of the hands")
    assert room.page["revealed"]["summary"].endswith("it was 75%.")


@pytest.mark.parametrize("lang", languages())
def test_nothing_of_the_answer_is_sent_before_it_is_shown(lang: str):
    room = started(scenarios=TWO, lang=lang)
    scenario = BANK[TWO[0]]
    secrets = [option.text(lang).feedback for option in scenario.options]
    secrets += [scenario.advice.reason(option.action, lang) for option in scenario.options]
    secrets += [text for basis in ("stated", "implied") for text in catalog(lang).table(f"grades.{basis}").values()]
    for do, more in (("count", {"hands": {"a": 1}, "to": "discuss"}), ("go", {"to": "revote"}), ("go", {"to": "revote"})):
        state = json.dumps(room.workshop.get_state(), ensure_ascii=False)
        assert [secret for secret in secrets if secret in state] == []
        assert '"grade"' not in json.dumps(room.page)
        room.act(do, **more)
    room.act("go", to="reveal")
    state = json.dumps(room.workshop.get_state(), ensure_ascii=False)
    assert [secret for secret in secrets[:2] if secret not in state] == []


def test_a_sheet_is_sent_when_it_is_asked_for_and_only_then():
    room = started(scenarios=TWO, lang="en")
    assert room.sent == []
    room.tell(do="sheet", which="handout")
    room.tell(do="sheet", which="run_sheet")
    for wrong in ("other", None, ["handout"]):
        room.tell(do="sheet", which=wrong)
    assert [message["sheet"] for message in room.sent] == ["handout", "run_sheet"]
    assert room.sent[0]["html"] == room.workshop.handout()
    assert "★" in room.sent[1]["html"]
    assert "★" not in room.sent[0]["html"]
    assert 'lang="de"' in room.workshop.run_sheet("de")


def test_the_handout_at_the_end_has_what_was_resolved():
    room = started(scenarios=TWO)
    titles = [BANK[name].text("de").title for name in TWO]
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
    room = Room(scenarios=TWO[::-1])
    assert [entry.exercise.scenario.id for entry in room.workshop.rounds] == list(TWO[::-1])
    assert (room.page["plans"], room.page["chosen"]) == ([], None)
    assert room.page["caption"] == "Zeitplan: 38 Minuten, 2 Situationen"


def test_a_small_bank_gives_a_short_plan():
    room = Room(bank=Bank([BANK[TWO[0]]]))
    assert (room.page["caption"], len(room.page["steps"])) == ("Zeitplan: 27 Minuten, eine Situation", 4)
    assert "27 Minuten" in room.workshop.run_sheet()


@pytest.mark.parametrize(
    ("hands", "word"),
    [
        ({"a": "drei"}, "Bei"),
        ({"a": -1}, "keine ganze Zahl"),
        ({"a": 10_000}, "9999"),
        ({"z": 1}, "nicht zur Wahl"),
        ("many", "nicht zur Wahl"),
    ],
)
def test_a_wrong_count_is_told_and_changes_nothing(hands: object, word: str):
    room = started(scenarios=TWO)
    room.act("count", hands=hands, to="discuss")
    assert word in room.workshop.notice
    assert (room.page["phase"], room.workshop.rounds[0].first) == ("vote", None)


@pytest.mark.parametrize("hands", [{}, {"a": 1}])
def test_a_count_while_no_hands_are_up_is_told(hands: dict[str, int]):
    room = started(scenarios=TWO)
    room.act("go", to="discuss")
    room.act("count", hands=hands, to="reveal")
    assert room.workshop.notice == catalog("de")("workshop.closed")
    assert (room.page["phase"], room.workshop.rounds[0].first) == ("discuss", None)


def test_a_step_that_comes_twice_or_late_changes_nothing():
    room = started(scenarios=TWO)
    late = {"do": "count", "hands": {"a": 1}, "to": "discuss", "position": 0, "phase": "vote"}
    room.tell(**late)
    room.tell(**late | {"hands": {"a": 9}})
    assert room.workshop.rounds[0].first is not None
    assert room.workshop.rounds[0].first.counts["a"] == 1
    for wrong in ({"to": "end"}, {"to": None}, {"phase": "vote", "to": "reveal"}, {"position": 1, "to": "reveal"}):
        room.tell(**{"do": "go", "position": 0, "phase": "discuss", **wrong})
        assert room.page["phase"] == "discuss"


def test_a_situation_can_be_left_out_and_gone_back_to():
    room = started(scenarios=TWO)
    room.act("next")
    assert room.page["position"] == 1
    room.act("back")
    assert (room.page["position"], room.page["phase"]) == (0, "vote")
    room.act("next")
    room.act("next")
    assert (room.page["kind"], room.page["rows"]) == ("summary", [])
    room.act("back")
    assert room.page["position"] == 1


def test_the_language_changes_and_the_count_stays():
    room = started(scenarios=TWO)
    room.act("count", hands={"a": 2}, to="reveal")
    room.tell(do="language", lang="en")
    assert (room.workshop.lang, room.page["phase"], room.page["revealed"]["title"]) == ("en", "reveal", "What the article says")
    assert room.workshop.words["next"] == "Next situation"


def test_it_can_be_driven_from_python_and_its_text_tells_where_it_stands():
    workshop = Workshop(BANK, lang="en", scenarios=TWO)
    assert repr(workshop).splitlines()[0] == "Workshop: 38 minutes, 2 situations, order 1"
    workshop.count({"a": 2})
    workshop.go("reveal")
    assert workshop.round is not None
    assert workshop.round.phase == "reveal"
    assert "The frying pan: answer shown (d 0, c 0, a 2, b 0)" in repr(workshop)
    with pytest.raises(HandsError):
        workshop.count({"a": 2})
    workshop.next()
    workshop.next()
    assert workshop.round is None
    workshop.count({"a": 1})
    workshop.go("vote")
    assert workshop.page["kind"] == "summary"


def test_what_cannot_be_is_refused():
    with pytest.raises(PlanError, match="60, 90"):
        Workshop(BANK, minutes=45)
    with pytest.raises(LanguageError):
        Workshop(BANK, lang="fr")
    with pytest.raises(KeyError, match="frying-pan-saddle"):
        Workshop(BANK, scenarios=["frying-pan-sadle"])
    with pytest.raises(SelectionError):
        Workshop(BANK, scenarios=[])
