"""My answers: where they lie, since when, to take along, to download, to delete, and to hand the computer over."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from etiquette_kit.cards.keeping import Keeping
from etiquette_kit.locale import Catalog, counted

Send = Callable[[dict[str, Any]], None]


class Mine:
    """The page about one's own answers, which lies over the quiz while it is open.

    Parameters
    ----------
    keeping : Keeping
        What keeps them.
    send : callable
        Hands a file to the browser.
    """

    def __init__(self, keeping: Keeping, send: Send) -> None:
        self._keeping, self._send = keeping, send
        self.open = False
        self.confirming = False
        self._code = ""

    def act(self, message: Mapping[str, Any], words: Catalog) -> str:
        """Carry out what the page asks for; return what to tell, or nothing.

        Raises
        ------
        StoreError
            When the store cannot be used now.
        """
        confirming, self.confirming = self.confirming, False
        match message.get("do"):
            case "mine":
                self.open = self._keeping.recorder is not None
                self._code = ""
            case "mine_close":
                self.open = False
            case "mine_code":
                recorder, person = self._whose()
                if person is None:
                    return words("mine.nothing")
                self._code = recorder.people.new_code(person.id)
            case "mine_file" if message.get("as") in ("json", "csv"):
                return self._hand_out(message["as"], words)
            case "mine_erase":
                self.confirming = True
            case "mine_erase_sure" if confirming:
                return self._erase(words)
        return ""

    def take_code(self, typed: object) -> bool:
        """Take up the answers that a code stands for; tell whether there are any."""
        recorder = self._keeping.recorder
        if recorder is None or not isinstance(typed, str) or len(typed) > _LONGEST:
            return False
        found = recorder.people.take_code(typed, recorder.key) is not None
        self.open = self.open and not found
        return found

    def _whose(self) -> Any:
        recorder = self._keeping.recorder
        assert recorder is not None
        person = recorder.person or recorder.people.participant(recorder.key)
        return recorder, person

    def _hand_out(self, form: str, words: Catalog) -> str:
        from etiquette_kit.records import privacy

        recorder, person = self._whose()
        try:
            told = privacy.export(recorder.store, -1 if person is None else person.id)
        except KeyError:  # nobody is there yet, or no more
            return words("mine.nothing")
        text = privacy.as_csv(told) if form == "csv" else json.dumps(told, ensure_ascii=False, indent=1)
        self._send({"file": f"{words('mine.file')}.{form}", "type": _TYPES[form], "text": text})
        return ""

    def _erase(self, words: Catalog) -> str:
        from etiquette_kit.records import privacy

        recorder, person = self._whose()
        if person is not None:
            privacy.erase(recorder.store, person.id)
        self._keeping.forget()
        self.open = False
        return words("mine.erased")

    def page(self, words: Catalog) -> dict[str, Any]:
        """Describe the page."""
        recorder, status = self._keeping.recorder, self._keeping.status
        assert recorder is not None
        kept = self._keeping.active
        where = words("mine.where_file" if recorder.store.is_own_file else "mine.where_server", name=recorder.store.name)
        facts = [[words("mine.where"), where if kept else words("mine.where_nowhere")]]
        if status is not None and status.since is not None:
            facts.append([words("mine.this_quiz"), counted(words, "mine.count", status.saved)])
        facts.append([words("mine.what"), words("mine.what_text")])
        if recorder.person is not None:
            facts.append([words("mine.pseudonym"), recorder.person.pseudonym])
        if recorder.cohort:
            facts.append([words("mine.cohort"), words("mine.cohort_text", cohort=recorder.cohort)])
        return {
            "kind": "mine",
            "words": words.table("mine_card"),
            "title": words("mine.title"),
            "facts": facts,
            "since": status.since.isoformat() if status is not None and status.since else "",
            "kept": kept,
            "code": self._code,
            "confirming": self.confirming,
        }


_LONGEST = 40  # characters of a code, however it is typed
_TYPES = {"json": "application/json", "csv": "text/csv"}
