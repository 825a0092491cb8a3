"""The page about one's own answers: where they are stored and since when; transfer, download, erasure, and change of the learner."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import msgspec

from etiquette_kit.cards.quiz_messages import CloseMyData, Erase, EraseSure, GetFile, ImportFile, MyDataMessage, OpenMyData, ShowCode
from etiquette_kit.locale import Catalog, plural
from etiquette_kit.present.answer_saving import problem_reason, saved_since
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
        Its texts.
    title : str
        Its title.
    facts : tuple of Detail
        Where the answers are stored, and other facts about them.
    since : str
        The start of the first saved session of this quiz, in ISO 8601.
    kept : bool
        Whether there are answers to download or to erase.
    code : str
        The code to continue elsewhere; empty until it is requested.
    along : {"code", "file"}
        How the learner continues elsewhere.
    confirming : bool
        Whether the page asks to confirm the erasure.
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
    """The page about one's own answers, which replaces the quiz while it is open.

    Parameters
    ----------
    persistence : AnswerPersistence
        What saves them.
    send : callable
        Sends a file to the browser.
    """

    def __init__(self, persistence: AnswerPersistence, send: Send) -> None:
        self._persistence, self._send = persistence, send
        self.open = False
        self.confirming = False
        self._code = ""
        self._erased: tuple[Erased, Participant | None] | None = None
        self._import: AnswerImport | None = None

    def act(self, message: MyDataMessage, words: Catalog) -> str:
        """Carry out an action of the page; return a message to the user, or an empty string.

        Raises
        ------
        StoreError
            When the store cannot be used now.
        """
        confirming, self.confirming = self.confirming, False
        match message:
            case OpenMyData():
                self.open = self._persistence.recorder is not None
                self._code = ""
            case CloseMyData():
                self.open = False
            case ShowCode():
                recorder, person = self._learner()
                if person is None:
                    return words("mine.nothing")
                self._code = recorder.store.new_code(person.id)
            case GetFile(form=form):
                return self._send_export(form, words)
            case ImportFile(text=text):
                return self._import_file(text, words)
            case Erase():
                self.confirming = True
            case EraseSure() if confirming:
                return self._erase(words)
        return ""

    def take_code(self, typed: str) -> bool:
        """Resume the answers of a code; return whether there are any."""
        recorder = self._persistence.recorder
        if recorder is None or len(typed) > _MAX_CODE_LENGTH:
            return False
        found = recorder.store.take_code(typed, recorder.key) is not None
        self.open = self.open and not found
        return found

    def _learner(self) -> tuple[Recorder, Participant | None]:
        recorder = self._persistence.recorder
        assert recorder is not None
        person = recorder.person or recorder.store.participant(recorder.key)
        return recorder, person

    def _send_export(self, form: str, words: Catalog) -> str:
        import json

        from etiquette_kit.store.answers_csv import as_csv

        recorder, person = self._learner()
        try:
            exported = recorder.store.export(-1 if person is None else person.id)
        except KeyError:  # not stored yet, or erased
            return words("mine.nothing")
        text = as_csv(exported) if form == "csv" else json.dumps(exported, ensure_ascii=False, indent=1)
        self._send(SentFile(f"{words('mine.file')}.{form}", _TYPES[form], text))
        return ""

    def _erase(self, words: Catalog) -> str:
        recorder, person = self._learner()
        # A participant who is not in the store may still be in a damaged file that was moved aside.
        erased = recorder.store.erase_key(recorder.key) if person is None else recorder.store.erase(person.id)
        self._persistence.start_again()
        self.open = False
        self._erased = erased, person
        return self._erasure_report(words)

    def _import_file(self, text: str, words: Catalog) -> str:
        from etiquette_kit.quiz.answer_file import AnswerFileError

        if not self._persistence.imports_files:
            return ""
        try:
            self._import = self._persistence.import_file(text)
        except AnswerFileError as error:
            return words(f"answer_file.{error.problem}")
        return ""

    # ---- results ----------------------------------------------------------------------------------------------------------

    def report(self, words: Catalog) -> str:
        """Return the result of an erasure or an import, once; an empty string while it is not known."""
        return self._erasure_report(words) or self._import_report(words)

    @property
    def importing(self) -> bool:
        """Whether a file is being imported, whose result ``report`` has not returned yet."""
        return self._import is not None

    def _import_report(self, words: Catalog) -> str:
        importing = self._import
        if importing is None or importing.is_under_way():
            return ""
        self._import = None
        if importing.error is not None:
            kind = getattr(importing.error, "kind", "other")
            return words("answer_file.unfinished", reason=problem_reason(self._persistence, kind, words))
        imported = plural(words, "answer_file.taken", importing.answers) if importing.answers else words("answer_file.nothing_new")
        return f"{imported} {plural(words, 'answer_file.dropped', importing.dropped)}" if importing.dropped else imported

    def _erasure_report(self, words: Catalog) -> str:
        if self._erased is None or self._erased[0].under_way:
            return ""
        erased, person = self._erased
        self._erased = None
        if erased.error is not None:
            return words("mine.not_erased")
        if erased.complete:
            return words("mine.erased_platform" if self._persistence.where == "platform" else "mine.erased")
        messages = [words("mine.erased_from_store")]
        if not erased.scrubbed:
            messages.append(words("mine.unsettled"))
        if erased.unreached:
            messages.append(words("mine.unreached_copies", names=", ".join(erased.unreached)))
            if person is not None:
                messages.append(words("mine.unreached_pseudonym", pseudonym=person.pseudonym))
        return " ".join(messages)

    def page(self, words: Catalog, round_number: int) -> MyDataPage:
        """Describe the page; if nothing is stored, it does not claim that."""
        recorder, status = self._persistence.recorder, self._persistence.status
        assert recorder is not None
        kept, place = self._persistence.is_persistent, recorder.store.where
        at = place if kept or place == "memory" else "nowhere"
        facts = [Detail(words("mine.where"), words(f"mine.where_{at}", name=recorder.store.name))]
        if place in ("browser", "platform"):
            facts.append(Detail(words("mine.how_long"), words(f"mine.how_long_{place}")))
        if status is not None and status.since is not None:
            facts.append(Detail(words("mine.this_quiz"), plural(words, "mine.count", status.saved)))
        if kept:
            facts.append(Detail(words("mine.what"), words("mine.what_text")))
        if recorder.person is not None and not self._persistence.imports_files:  # a pseudonym is for who else has the answers
            facts.append(Detail(words("mine.pseudonym"), recorder.person.pseudonym))
        if recorder.cohort:
            facts.append(Detail(words("mine.cohort"), words("mine.cohort_text", cohort=recorder.cohort)))
        named = {**words.table("mine_card"), **(words.table("mine_card_file") if self._persistence.imports_files else {})}
        return MyDataPage(
            round=round_number,
            words=named if kept else {**named, "other_text": words("mine.other_unkept")},
            title=words("mine.title"),
            facts=tuple(facts),
            since=saved_since(self._persistence),
            kept=self._persistence.active,
            code=self._code,
            along="file" if self._persistence.imports_files else "code",
            confirming=self.confirming,
        )


_MAX_CODE_LENGTH = 40  # maximum length of a typed code
_TYPES = {"json": "application/json", "csv": "text/csv"}
