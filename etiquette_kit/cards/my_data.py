"""My answers: where they lie, since when, to take along, to download, to delete, and to hand the computer over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import msgspec

from etiquette_kit.cards.quiz_messages import CloseMyData, Erase, EraseSure, GetFile, ImportFile, MyDataMessage, OpenMyData, ShowCode
from etiquette_kit.locale import Catalog, plural
from etiquette_kit.present.answer_saving import begun, trouble_reason
from etiquette_kit.present.quiz_pages import Detail, QuizPage
from etiquette_kit.quiz.answer_persistence import AnswerPersistence

if TYPE_CHECKING:
    from etiquette_kit.quiz.answer_import import AnswerImport
    from etiquette_kit.quiz.answer_store import Erased
    from etiquette_kit.quiz.entries import Participant
    from etiquette_kit.quiz.recorder import Recorder


class SentFile(msgspec.Struct, frozen=True):
    """A file for the browser to save."""

    file: str
    type: str
    text: str


class MyDataPage(QuizPage, frozen=True, kw_only=True, tag="mine"):
    """The page about one's own answers.

    Attributes
    ----------
    words : dict of str to str
        Its words.
    title : str
        What it is called.
    facts : tuple of Detail
        Where the answers are, and what else is to be said about them.
    since : str
        Since when there are some of this quiz, in ISO 8601.
    kept : bool
        Whether there are any that could be handed out or deleted.
    code : str
        With which to carry on elsewhere; empty until it is asked for.
    along : {"code", "file"}
        How answers are taken along.
    confirming : bool
        Whether it is asked if they are really to be deleted.
    """

    words: dict[str, str]
    title: str
    facts: tuple[Detail, ...]
    since: str
    kept: bool
    code: str
    along: Literal["code", "file"]
    confirming: bool


Send = Callable[[SentFile], None]


class MyData:
    """The page about one's own answers, which lies over the quiz while it is open.

    Parameters
    ----------
    keeping : AnswerPersistence
        What keeps them.
    send : callable
        Hands a file to the browser.
    """

    def __init__(self, keeping: AnswerPersistence, send: Send) -> None:
        self._keeping, self._send = keeping, send
        self.open = False
        self.confirming = False
        self._code = ""
        self._erased: tuple[Erased, Participant | None] | None = None
        self._import: AnswerImport | None = None

    def act(self, message: MyDataMessage, words: Catalog) -> str:
        """Carry out what the page asks for; return what to tell, or nothing.

        Raises
        ------
        StoreError
            When the store cannot be used now.
        """
        confirming, self.confirming = self.confirming, False
        match message:
            case OpenMyData():
                self.open = self._keeping.recorder is not None
                self._code = ""
            case CloseMyData():
                self.open = False
            case ShowCode():
                recorder, person = self._whose()
                if person is None:
                    return words("mine.nothing")
                self._code = recorder.store.new_code(person.id)
            case GetFile(form=form):
                return self._hand_out(form, words)
            case ImportFile(text=text):
                return self._take_file(text, words)
            case Erase():
                self.confirming = True
            case EraseSure() if confirming:
                return self._erase(words)
        return ""

    def take_code(self, typed: str) -> bool:
        """Take up the answers that a code stands for; tell whether there are any."""
        recorder = self._keeping.recorder
        if recorder is None or len(typed) > _LONGEST:
            return False
        found = recorder.store.take_code(typed, recorder.key) is not None
        self.open = self.open and not found
        return found

    def _whose(self) -> tuple[Recorder, Participant | None]:
        recorder = self._keeping.recorder
        assert recorder is not None
        person = recorder.person or recorder.store.participant(recorder.key)
        return recorder, person

    def _hand_out(self, form: str, words: Catalog) -> str:
        import json

        from etiquette_kit.store.answers_csv import as_csv

        recorder, person = self._whose()
        try:
            told = recorder.store.export(-1 if person is None else person.id)
        except KeyError:  # nobody is there yet, or no more
            return words("mine.nothing")
        text = as_csv(told) if form == "csv" else json.dumps(told, ensure_ascii=False, indent=1)
        self._send(SentFile(f"{words('mine.file')}.{form}", _TYPES[form], text))
        return ""

    def _erase(self, words: Catalog) -> str:
        recorder, person = self._whose()
        # Of somebody whom the store does not know, a damaged file that was set aside may still have something.
        erased = recorder.store.erase_key(recorder.key) if person is None else recorder.store.erase(person.id)
        self._keeping.forget()
        self.open = False
        self._erased = erased, person
        return self._erasure_news(words)

    def _take_file(self, text: str, words: Catalog) -> str:
        from etiquette_kit.quiz.answer_file import AnswerFileError

        if not self._keeping.takes_files:
            return ""
        try:
            self._import = self._keeping.take_file(text)
        except AnswerFileError as error:
            return words(f"answer_file.{error.problem}")
        return ""

    # ---- what becomes of it -----------------------------------------------------------------------------------------------

    def news(self, words: Catalog) -> str:
        """Return what has become of an erasure or of a file, once; nothing while that is not known."""
        return self._erasure_news(words) or self._import_news(words)

    @property
    def importing(self) -> bool:
        """Whether a file was taken up of which ``news`` has not told yet."""
        return self._import is not None

    def _import_news(self, words: Catalog) -> str:
        taking = self._import
        if taking is None or taking.is_under_way():
            return ""
        self._import = None
        if taking.error is not None:
            kind = getattr(taking.error, "kind", "other")
            return words("answer_file.unfinished", reason=trouble_reason(self._keeping, kind, words))
        told = plural(words, "answer_file.taken", taking.answers) if taking.answers else words("answer_file.nothing_new")
        return f"{told} {plural(words, 'answer_file.dropped', taking.dropped)}" if taking.dropped else told

    def _erasure_news(self, words: Catalog) -> str:
        if self._erased is None or self._erased[0].under_way:
            return ""
        erased, person = self._erased
        self._erased = None
        if erased.error is not None:
            return words("mine.not_erased")
        if erased.complete:
            return words("mine.erased")
        said = [words("mine.erased_from_store")]
        if not erased.scrubbed:
            said.append(words("mine.unsettled"))
        if erased.unreached:
            said.append(words("mine.unreached_copies", names=", ".join(erased.unreached)))
            if person is not None:
                said.append(words("mine.unreached_pseudonym", pseudonym=person.pseudonym))
        return " ".join(said)

    def page(self, words: Catalog, round_number: int) -> MyDataPage:
        """Describe the page; where nothing is kept, nothing on it says so."""
        recorder, status = self._keeping.recorder, self._keeping.status
        assert recorder is not None
        kept, place = self._keeping.lasting, recorder.store.where
        at = place if kept or place == "memory" else "nowhere"
        facts = [Detail(words("mine.where"), words(f"mine.where_{at}", name=recorder.store.name))]
        if place == "browser":
            facts.append(Detail(words("mine.how_long"), words("mine.how_long_browser")))
        if status is not None and status.since is not None:
            facts.append(Detail(words("mine.this_quiz"), plural(words, "mine.count", status.saved)))
        if kept:
            facts.append(Detail(words("mine.what"), words("mine.what_text")))
        if recorder.person is not None and not self._keeping.takes_files:  # a pseudonym is for who else has the answers
            facts.append(Detail(words("mine.pseudonym"), recorder.person.pseudonym))
        if recorder.cohort:
            facts.append(Detail(words("mine.cohort"), words("mine.cohort_text", cohort=recorder.cohort)))
        named = {**words.table("mine_card"), **(words.table("mine_card_file") if self._keeping.takes_files else {})}
        return MyDataPage(
            round=round_number,
            words=named if kept else {**named, "other_text": words("mine.other_unkept")},
            title=words("mine.title"),
            facts=tuple(facts),
            since=begun(self._keeping),
            kept=self._keeping.active,
            code=self._code,
            along="file" if self._keeping.takes_files else "code",
            confirming=self.confirming,
        )


_LONGEST = 40  # characters of a code, however it is typed
_TYPES = {"json": "application/json", "csv": "text/csv"}
