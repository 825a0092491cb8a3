"""Pages of a room as its server describes them, made from the shipped bank: what the screen and the facilitator's page draw."""

from __future__ import annotations

import random
from typing import Any

import segno
from etiquette_kit import load_bank
from etiquette_kit.exercises import Exercise, build
from etiquette_kit.locale import catalog
from etiquette_kit.scenario import Scenario
from etiquette_kit.workshop import PLANS

ADDRESS = "http://192.168.178.101:8349/"
CODE = "ABC DEF GHK"
LANGUAGES = [["de", "Deutsch"], ["en", "English"]]
TOTAL = 4
Page = dict[str, Any]


def longest(options: int) -> Exercise:
    """Return the situation with so many reactions that takes most room."""

    def length(scenario: Scenario) -> int:
        return len(scenario.text("de").stem) + sum(len(option.text("de").label) for option in scenario.options)

    return build(max((scenario for scenario in load_bank() if len(scenario.options) == options), key=length), random.Random(3))


def words(table: str, lang: str) -> dict[str, str]:
    """Return the fixed words of a page, with the names of the article's parts."""
    return catalog(lang).table(table) | {f"place.{name}": text for name, text in catalog(lang).table("places").items()}


def qr(text: str = f"{ADDRESS}ABCDEFGHK/") -> str:
    return segno.make(text, micro=False).svg_data_uri(border=2)


def screen_page(phase: str, lang: str = "de", *, exercise: Exercise | None = None, voters: int = 37, left: float | None = None) -> Page:
    """Describe the projector's page in a phase."""
    exercise = exercise or longest(4)
    say = catalog(lang)
    asked = phase not in {"lobby", "end"}
    sentences = {
        "lobby": {"de": "Gleich geht es los.", "en": "We are about to start."},
        "vote": {"de": "Wie reagieren Sie? Stimmen Sie jetzt ab.", "en": "How do you react? Vote now."},
        "closed": {"de": "Die erste Abstimmung ist geschlossen.", "en": "The first vote is closed."},
        "discuss": {"de": "Reden Sie darüber.", "en": "Talk it over."},
        "revote": {"de": "Und jetzt? Stimmen Sie noch einmal ab.", "en": "And now? Vote once more."},
        "reclosed": {"de": "Die zweite Abstimmung ist geschlossen.", "en": "The second vote is closed."},
        "reveal": {"de": "Das sagt der Artikel dazu.", "en": "This is what the article says."},
        "end": {"de": "Das war’s.", "en": "That’s it."},
    }
    page: Page = {
        "version": 12,
        "phase": phase,
        "position": 0,
        "total": TOTAL,
        "progress": say("workshop.progress", number=1, total=TOTAL) if asked else "",
        "which": {"vote": "first", "closed": "first", "discuss": "first"}.get(phase, "second") if asked else None,
        "open": phase in {"vote", "revote"},
        "left": left if phase in {"vote", "revote"} else None,
        "say": sentences[phase][lang],
        "question": exercise.question(lang) if asked else None,
        "letters": "ABCDE",
        "revealed": revealed(exercise, lang, voters) if phase == "reveal" else None,
        "end": ended(lang) if phase == "end" else None,
        "code": CODE,
        "address": ADDRESS,
        "qr": qr(),
        "discuss": None,
    }
    if phase == "discuss":
        rule = exercise.scenario.advice.rule
        asks = [text for number in (1, 2) if (text := say.get(f"questions.{rule}.{number}"))]
        page["discuss"] = {"title": say("workshop.discuss"), "lead": say("workshop.discuss_lead"), "questions": asks}
    return page


def _votes(exercise: Exercise, voters: int) -> tuple[list[str], list[str]]:
    """Return for each voter the first and the second vote: many go over to what fits best."""
    rng = random.Random(7)
    best = exercise.grade(exercise.order[0]).best
    first = [rng.choice(exercise.order) for _ in range(voters)]
    return first, [
        rng.choice(best) if rng.random() < 0.45 else rng.choice(exercise.order) if rng.random() < 0.15 else vote for vote in first
    ]


def revealed(exercise: Exercise, lang: str, voters: int) -> Page:
    first, second = _votes(exercise, voters)
    best = exercise.grade(exercise.order[0]).best
    say = catalog(lang)
    names = {"first": say("workshop_card.first"), "second": say("workshop_card.second")}
    unit = {"de": "Stimmen", "en": "votes"}[lang]
    none = {"de": "nicht abgestimmt", "en": "no vote"}[lang]

    def line(which: str, cast: list[str], option: str) -> list[Any]:
        count = cast.count(option)
        return [which, names[which], count / voters, say("end.percent", value=round(100 * count / voters)) + f" · {count} {unit}"]

    few = voters < 5
    votes = {
        option: [[which, names[which], None, none] for which in names]
        if few
        else [line("first", first, option), line("second", second, option)]
        for option in exercise.order
    }
    moves = [[a, b, sum(pair == (a, b) for pair in zip(first, second, strict=True))] for a in exercise.order for b in exercise.order]
    stayed = sum(a == b for a, b in zip(first, second, strict=True))
    to_best = sum(a not in best and b in best for a, b in zip(first, second, strict=True))
    text = {
        "de": f"{stayed} sind bei ihrer Reaktion geblieben, {to_best} sind zu dem gewechselt, was am besten passt, {voters - stayed - to_best} woandershin.",
        "en": f"{stayed} stayed with their reaction, {to_best} moved to what fits best, {voters - stayed - to_best} elsewhere.",
    }[lang]
    shares = [say("end.percent", value=round(100 * sum(vote in best for vote in cast) / max(1, voters))) for cast in (first, second)]
    key = "workshop.best_both_one" if len(best) == 1 else "workshop.best_both"
    return {
        **exercise.reveal(lang),
        "best": list(best),
        "summary": say(key, first=shares[0], second=shares[1]),
        "votes": votes,
        "few": {"de": "Balken gibt es ab fünf Stimmen.", "en": "Bars appear from five votes."}[lang] if few else None,
        "flow": None if few else {"text": text, "moves": [move for move in moves if move[2]]},
    }


def ended(lang: str) -> Page:
    say = catalog(lang)
    titles = [scenario.text(lang).title for scenario in list(load_bank())[:TOTAL]]
    figures = [(24, 71), (40, 55), (18, 18), (63, 60)]

    def percent(value: int) -> str:
        return say("end.percent", value=value)

    rows = [
        [title, percent(a), percent(b), say("workshop.points", value=f"{b - a:+d}".replace("-", "\N{MINUS SIGN}"))]
        for title, (a, b) in zip(titles, figures, strict=True)
    ]
    return {
        "title": say("workshop.end_title"),
        "lead": {"de": "Den Handzettel finden Sie auf Ihrem Telefon.", "en": "You will find the handout on your phone."}[lang],
        "rows": rows,
        "caption": {"de": "Stimmen bei ★, der Reaktion, die am besten passt", "en": "Votes at ★, the reaction that fits best"}[lang],
        "figures": say("workshop.end_figures"),
        "handout": "handout.html",
    }


def counts(lang: str = "de", voted: int = 17, present: int = 40, phase: str = "vote") -> Page:
    lobby = {"de": f"{present} sind da", "en": f"{present} are here"}
    voting = {"de": f"{voted} von {present} haben abgestimmt", "en": f"{voted} of {present} have voted"}
    return {"joined": present + 1, "present": present, "voted": voted, "text": (lobby if phase == "lobby" else voting)[lang]}


def screen_greeting(phase: str, lang: str = "de", **options: Any) -> Page:
    """Return the screen's first message in a phase."""
    page = screen_page(phase, lang, **options)
    return {"lang": lang, "languages": LANGUAGES, "words": words("room_screen", lang), "page": page, "counts": counts(lang, phase=phase)}


def plan(lang: str, begun: float | None = None, now: int | None = None) -> Page:
    say = catalog(lang)
    chosen = PLANS[60]
    steps = [[step.start, say(f"workshop_steps.{step.name}"), step.minutes] for step in chosen.steps]
    return {
        "caption": say("workshop.plan_choice", minutes=chosen.minutes, count=chosen.situations),
        "steps": steps,
        "begun": begun,
        "now": now,
    }
