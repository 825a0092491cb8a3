# ruff: noqa: S311  the chance here is no secret
import random

import pytest
from etiquette_kit.formats import ResponseError
from etiquette_kit.formats.inbox import (
    Inbox,
)
from etiquette_kit.formats.inbox.material import ITEM_COUNT, REQUEST_MINUTES
from etiquette_kit.formats.inbox.morning import ItemKey, credits_of, least_minutes, mean_credit, most_minutes, steps
from etiquette_kit.formats.inbox.response import checked, decoded, encoded
from etiquette_kit.rules import decide
from hypothesis import given
from hypothesis import strategies as st
from inbox_examples import BAKERY, INBOXES, NOW, Pairs, any_key, best, morning, mornings

# ---- the minutes ------------------------------------------------------------------------------------------------------------


@given(mornings())
def test_each_decision_takes_its_minutes_one_after_another(drawn: tuple[Inbox, Pairs]):
    inbox, decided = drawn
    key, done = inbox.key(), steps(decided, inbox.key(), inbox.budget)
    assert sorted(step.item for step in done) == sorted(key)
    assert [(step.item, step.chosen) for step in done[: len(decided)]] == decided
    now = 0
    for step in done[: len(decided)]:
        assert (step.start, step.minutes) == (now, key[step.item].minutes[step.chosen])
        now += step.minutes
        late = step.chosen == NOW and now > inbox.budget
        assert step.is_late == late
        assert step.action == ("reply_later" if late else step.chosen)
    for step in done[len(decided) :]:
        assert (step.chosen, step.action, step.minutes, step.is_late) == ("", key[step.item].left_alone, 0, False)


@given(mornings(every=True), st.integers(0, 40))
def test_more_minutes_never_cost_a_personal_message_its_credit(drawn: tuple[Inbox, Pairs], more: int):
    inbox, decided = drawn
    key = inbox.key()
    before, after = credits_of(decided, key, inbox.budget), credits_of(decided, key, inbox.budget + more)
    for item in inbox.items:
        if item.facts.personal is not False and before[item.id] is not None:
            assert (before[item.id] or 0) <= (after[item.id] or 0)
    assert not any(step.is_late for step in steps(decided, key, most_minutes(key)))


@given(mornings(every=True), st.data())
def test_what_is_answered_earlier_is_never_worse(drawn: tuple[Inbox, Pairs], data: st.DataObject):
    inbox, decided = drawn
    place = data.draw(st.integers(0, len(decided) - 1))
    item = inbox.item(decided[place][0])
    forward = [decided[place], *decided[:place], *decided[place + 1 :]]
    if item.facts.personal is not False:
        credit = (credits_of(order, inbox.key(), inbox.budget)[item.id] for order in (decided, forward))
        before, after = credit
        assert (before or 0) <= (after or 0)


@given(mornings(every=True), st.randoms(use_true_random=False))
def test_within_the_minutes_the_order_makes_no_difference(drawn: tuple[Inbox, Pairs], chance: random.Random):
    inbox, decided = drawn
    key = inbox.key()
    enough = sum(key[name].minutes[action] for name, action in decided)
    shuffled = decided.copy()
    chance.shuffle(shuffled)
    assert credits_of(decided, key, enough) == credits_of(shuffled, key, enough)


def test_an_answer_that_ends_with_the_last_minute_is_in_time_and_one_minute_later_it_is_not():
    key = {"a": any_key(3), "b": any_key(2)}
    assert credits_of([("a", NOW), ("b", NOW)], key, 5) == {"a": 1.0, "b": 1.0}
    assert credits_of([("a", NOW), ("b", NOW)], key, 4) == {"a": 1.0, "b": pytest.approx(1 / 3)}
    assert credits_of([("b", NOW), ("a", NOW)], key, 4) == {"a": pytest.approx(1 / 3), "b": 1.0}
    assert credits_of([("a", NOW)], key, 4) == {"a": 1.0, "b": 0.0}, "what is left open has no answer"


def test_a_request_is_the_same_after_the_last_minute():
    inbox = BAKERY
    order = sorted(best(inbox), key=lambda pair: inbox.item(pair[0]).facts.event == "friend_request")
    assert mean_credit(credits_of(order, inbox.key(), least_minutes(inbox.key()) - 1)) == 1.0


# ---- the credit -------------------------------------------------------------------------------------------------------------


@given(mornings())
def test_the_credit_is_that_of_the_table_and_nothing_where_the_article_is_silent(drawn: tuple[Inbox, Pairs]):
    inbox, decided = drawn
    exercise = morning(inbox)
    result = exercise.grade(exercise.parse([list(pair) for pair in decided]))
    actions = exercise.actions(result.response)
    for item in inbox.items:
        grade = decide(item.facts).grades.get(actions[item.id])
        assert result.items[item.id] == (None if grade is None else pytest.approx((grade - 1) / 3))
    scored = [credit for credit in result.items.values() if credit is not None]
    assert result.credit == (pytest.approx(sum(scored) / len(scored)) if scored else None)
    assert list(result.items) == [item.id for item in inbox.items]
    assert (result.material, result.grade, result.best) == (inbox.id, None, ())
    assert [decision.grade for decision in exercise.decisions(result.response)] == [round(1 + 3 * credit) for credit in scored]


def test_where_nothing_is_scored_there_is_no_credit():
    silent = ItemKey("message", {NOW: None, "reply_later": None, "no_reply": None}, {NOW: 1, "reply_later": 1, "no_reply": 0})
    assert mean_credit(credits_of([("a", NOW)], {"a": silent}, 5)) is None


@pytest.mark.parametrize("inbox", INBOXES, ids=lambda inbox: inbox.id)
def test_the_minutes_suffice_for_full_credit_but_not_for_everything(inbox: Inbox):
    key = inbox.key()
    assert least_minutes(key) <= inbox.budget < most_minutes(key)
    for seed in range(5):
        order = best(inbox)
        random.Random(seed).shuffle(order)
        result = morning(inbox).grade(encoded(order))
        assert result.credit == 1.0


# ---- the content ------------------------------------------------------------------------------------------------------------


def test_there_are_enough_inboxes_and_each_has_what_the_article_speaks_of():
    assert len(INBOXES) >= 6
    assert sum(len(inbox.items) for inbox in INBOXES) >= 40
    rules = {situation.rule for inbox in INBOXES for situation in inbox.situations}
    assert rules >= {"R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12", "R13", "R14"}
    for inbox in INBOXES:
        assert ITEM_COUNT[0] <= len(inbox.items) <= ITEM_COUNT[1]
        found = [situation.rule for situation in inbox.situations]
        assert {"R12", "R13"} <= set(found)
        assert sum(situation.event == "friend_request" for situation in inbox.situations) >= 2
        assert [item.time for item in inbox.items] == sorted(item.time for item in inbox.items)
        short = [item for item in inbox.items if item.facts.personal and item.facts.relation == "client"]
        for lang in ("de", "en"):
            assert min(len(item.texts[lang].message.split()) for item in short) <= 8, "one message is easily overlooked"


def test_no_one_pattern_is_best_everywhere():
    patterns = {tuple(sorted(action for _, action in best(inbox))) for inbox in INBOXES}
    assert len(patterns) == len(INBOXES)
    for action in REQUEST_MINUTES:
        assert not all(action in [done for _, done in best(inbox)] for inbox in INBOXES)


def test_who_answers_everything_from_the_top_is_late_for_a_client_nearly_everywhere():
    late = 0
    for inbox in INBOXES:
        top = [(name, NOW if NOW in entry.grades else "accept_open") for name, entry in inbox.key().items()]
        clients = {item.id for item in inbox.items if item.advice.rule == "R12"}
        late += any(step.is_late and step.item in clients for step in steps(top, inbox.key(), inbox.budget))
    assert late >= len(INBOXES) - 1


@pytest.mark.parametrize("inbox", INBOXES, ids=lambda inbox: inbox.id)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_role_begins_with_what_the_person_is(inbox: Inbox, lang: str):
    words = {"de": ("Kund", "Kolleg", "Chef"), "en": ("Client", "Colleague", "Boss")}[lang]
    starts = dict(zip(("client", "colleague", "boss"), words, strict=True))
    for item in inbox.items:
        assert item.texts[lang].role.startswith(starts[item.facts.relation])
        assert item.person.name not in item.texts[lang].message


# ---- the response -----------------------------------------------------------------------------------------------------------


@given(mornings())
def test_decisions_come_back_from_their_text_in_their_order(drawn: tuple[Inbox, Pairs]):
    inbox, decided = drawn
    assert decoded(encoded(decided), inbox.key()) == tuple(decided)
    assert checked([list(pair) for pair in decided], inbox.key()) == tuple(decided)


@given(
    st.text() | st.from_regex(r"(forty-rolls|innkeeper|x):(ignore|reply_promptly|y)( (forty-rolls|pretzels):(no_reply|z))?", fullmatch=True)
)
def test_a_text_is_a_response_only_if_it_is_the_one_that_decisions_have(text: str):
    try:
        found = decoded(text, BAKERY.key())
    except ResponseError:
        return
    assert encoded(found) == text
    assert morning(BAKERY).grade(text).response == text


@pytest.mark.parametrize(
    "given_",
    [
        None,
        7,
        "",
        "forty-rolls:ignore",
        [],
        {},
        [[]],
        [["forty-rolls"]],
        ["forty-rolls", "no_reply"],
        [["forty-rolls", "ignore"]],
        [["forty-rolls", "no_reply", "now"]],
        [["forty-rolls", 1]],
        [["forty-rolls", None]],
        [["nobody", "ignore"]],
        [["forty-rolls", "no_reply"], ["forty-rolls", "reply_later"]],
        [["buyer", "accept_limited"]],
    ],
)
def test_what_is_no_list_of_decisions_is_refused(given_: object):
    with pytest.raises(ResponseError, match="forty-rolls"):
        morning(BAKERY).parse(given_)
