"""What the card may cost on the wire, in a real kernel: messages and bytes do not depend on the machine.

An answer is the click on Answer until the feedback, in practice mode. Its words alone are most of the 4.3 kB, so that what is
held is what the messages say; the headers, which the protocol adds, come to about 450 bytes a message on top.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from etiquette_kit.formats import formats
from tests.support.learner import LOADED_ONCE, Learner, played
from tests.support.traffic import Kernel
from tests.support.traffic import kernel as started


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    with started() as running:
        running.run("from etiquette_kit import Advisor, Quiz, load_bank; bank = load_bank()")
        yield running


@pytest.mark.parametrize("name", ["choice", "rating", "inbox", "sharing", "note"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_opening_a_quiz_of_twenty_questions(kernel: Kernel, lang: str, name: str):
    learner = Learner(kernel, f"Quiz(bank, lang={lang!r}, length=20, formats=[{name!r}])")
    opening = learner.opening + learner.start()
    loaded = sum(len(kernel.packed(learner.state[name])) for name in LOADED_ONCE)
    assert opening.count <= 16
    more = 4_000 if name == "inbox" else 0  # up to ten requests and messages on one page
    assert opening.content_bytes - loaded <= 15_000 + more
    assert opening.frame_bytes - loaded <= 20_000 + more
    assert loaded <= 45_000 + 12_000 * (len(formats()) - 1), "the card with a choice, and each further format"


def test_answering_every_shipped_scenario_in_both_languages(kernel: Kernel):
    steps = played(kernel, None)
    answers, nexts, both = steps.values()
    assert len(answers) >= 120
    assert max(step.count for step in answers) <= 4
    assert max(step.count for step in nexts) <= 4
    assert max(step.count for step in both) <= 8
    assert max(step.content_bytes for step in answers) <= 4300
    assert max(step.content_bytes for step in nexts) <= 2600
    assert max(step.frame_bytes - step.content_bytes for step in both) <= 3600, "headers"


def test_rating_every_reaction_of_every_shipped_scenario_in_both_languages(kernel: Kernel):
    answers, nexts, both = played(kernel, None, '["rating"]').values()
    assert len(answers) >= 120
    assert max(step.count for step in answers) <= 4
    assert max(step.count for step in nexts) <= 4
    assert max(step.content_bytes for step in answers) <= 4300
    assert max(step.content_bytes for step in nexts) <= 3200, "with the four words and their meanings"
    assert max(step.frame_bytes - step.content_bytes for step in both) <= 3600, "headers"


def test_deciding_every_shipped_inbox_in_both_languages(kernel: Kernel):
    answers, nexts, both = played(kernel, None, '["inbox"]').values()
    assert len(answers) >= 12
    assert max(step.count for step in answers) <= 4, "one response for the whole morning: a decision sends nothing"
    assert max(step.count for step in nexts) <= 4
    assert max(step.content_bytes for step in answers) <= 10_000, "with what the article says of each of up to ten decisions"
    assert max(step.content_bytes for step in nexts) <= 10_000
    assert max(step.frame_bytes - step.content_bytes for step in both) <= 3600, "headers"


def test_deciding_who_sees_what_of_every_shipped_profile_in_both_languages(kernel: Kernel):
    answers, nexts, both = played(kernel, None, '["sharing"]').values()
    assert len(answers) >= 16
    assert max(step.count for step in answers) <= 4, "one response for the whole profile: a check box sends nothing"
    assert max(step.count for step in nexts) <= 4
    assert max(step.content_bytes for step in answers) <= 5500, "with advice on each of up to eight posts"
    assert max(step.content_bytes for step in nexts) <= 5500
    assert max(step.frame_bytes - step.content_bytes for step in both) <= 3600, "headers"


def test_checking_and_answering_every_shipped_request_in_both_languages(kernel: Kernel):
    answers, nexts, _ = played(kernel, None, '["note"]').values()
    assert len(answers) >= 16
    assert max(step.count for step in [*answers, *nexts]) <= 4
    assert max(step.content_bytes for step in answers) <= 4000
    assert max(step.content_bytes for step in nexts) <= 3600, "with the checklist and what is said of storing"
    learner = Learner(kernel, 'Quiz(bank, lang="de", length=2, formats=["note"])')
    learner.start()
    step = learner.check("Hallo, danke! Das Profil ist nur privat, deshalb nehme ich nicht an. Rufen Sie mich gern an!")
    assert step.count <= 4
    assert step.content_bytes <= 4300


def test_one_message_brings_another_language(kernel: Kernel):
    learner = Learner(kernel, 'Quiz(bank, lang="de", length=20)')
    learner.start()
    learner.answer()
    step = learner.language("en")
    assert (step.count, learner.state["lang"], learner.state["words"]["next"]) == (4, "en", "Next")
    assert step.content_bytes <= 9000


def test_an_answer_does_not_bring_the_question_again(kernel: Kernel):
    learner = Learner(kernel, 'Quiz(bank, lang="de", length=20)')
    learner.start()
    changed = {
        name for message in learner.answer().messages if message.kind == "comm_msg" for name in message.content["data"].get("state", ())
    }
    assert changed == {"standing", "feedback", "save_status", "ack", "rev"}


def test_who_looks_again_gets_the_whole_page(kernel: Kernel):
    learner = Learner(kernel, 'Quiz(bank, lang="de", length=20)')
    learner.start()
    learner.answer()
    assert learner.asked() | dict.fromkeys(LOADED_ONCE) == learner.state | dict.fromkeys(LOADED_ONCE)
