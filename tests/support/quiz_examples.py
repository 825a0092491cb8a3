"""Quizzes to test, and a browser that only sends messages."""

from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from etiquette_kit import Quiz, load_bank
from etiquette_kit.locale import catalog
from etiquette_kit.rules import all_cells, decide
from etiquette_kit.store.sql.store import Store

BANK = load_bank()
AT = datetime(2025, 1, 1, tzinfo=UTC)
KEY = "k" * 32
OTHER = "o" * 32


def quiz_of(**options: Any) -> Quiz:
    return Quiz(BANK, **{"lang": "de", "seed": 7, "clock": lambda: AT, **options})


class Browser:
    """Sends what the front end sends, numbered, from the page that the kernel described last."""

    def __init__(self, quiz: Quiz, name: str = "x") -> None:
        self.quiz, self.name, self.count = quiz, name, 0

    def tell(self, **message: Any) -> None:
        self.count += 1
        self.send({**message, "n": f"{self.name}-{self.count}"})

    def send(self, message: object) -> None:
        Quiz._take(self.quiz, self.quiz, message, [])

    def hello(self, key: str = KEY, **more: object) -> None:
        self.tell(do="hello", key=key, **more)

    def start(self, **more: object) -> None:
        self.tell(do="start", **more)

    def way(self, do: str) -> None:
        page = self.quiz.page
        at = {"round": page["round"]} if do in ("repeat", "restart") else {"position": page.get("position"), "round": page["round"]}
        self.tell(do=do, **at)

    def answer(self, choice: int = 0) -> None:
        page = self.quiz.page
        question = page["question"]
        self.tell(
            do="answer", question=question["id"], response=question["options"][choice]["id"], position=page["position"], round=page["round"]
        )

    def to_end(self) -> None:
        while self.quiz.question is not None:
            self.way("next")


def visited(store: Store | str, *, key: str = KEY, **options: Any) -> tuple[Quiz, Browser]:
    """Return a quiz in a new window of someone's browser, with its own kernel."""
    quiz = quiz_of(**{"length": 4, "clock": lambda: datetime.now(UTC), **options}, store=store)
    browser = Browser(quiz, f"window-{token_hex(4)}")
    browser.hello(key)
    return quiz, browser


def playing(**options: Any) -> tuple[Quiz, Browser]:
    quiz = quiz_of(**options)
    browser = Browser(quiz)
    browser.start()
    return quiz, browser


def responses(quiz: Quiz) -> dict[int, str]:
    return {position: given.response for position, given in quiz.session.state.responses.items()}


def saved_by(quiz: Quiz) -> list[int | str]:
    """Return how many answers the page says are saved, and what is the matter; nothing while it says nothing."""
    return [quiz.save_status[part] for part in ("saved", "trouble") if part in quiz.save_status]


def verdicts(lang: str) -> set[str]:
    return {decide(cell).verdict(action, lang) for cell in all_cells() for action in decide(cell).grades}


def told(key: str, lang: str = "de", **values: object) -> str:
    """Return a text of the locale."""
    return catalog(lang)(key, **values)
