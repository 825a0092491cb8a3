"""Reading answer files of a trial: what counts, and what is left out and why."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.content.path_error import PathError
from etiquette_kit.content.toml.regular_file import NotRegularError, TooLargeError, read_regular
from etiquette_kit.content.trial import PAGE_MARK, TRIAL_FORMAT, TRIAL_VERSION, TrialAnswer, TrialAnswers, does_not_fit, trial_text_hash
from etiquette_kit.content.trial_block import BlockError, blocks_of, is_block
from etiquette_kit.locale import Catalog, languages
from etiquette_kit.locale.legible import escaped, path_shown

ENDINGS = (".json", ".txt", ".eml", ".html")
"""Which files of a folder are read; one that is named by itself may have any ending."""

_LARGEST = 5_000_000  # bytes


@dataclass(frozen=True)
class LeftOut:
    """Something that does not count.

    Attributes
    ----------
    kind : str
        Why, a key of the locale's ``trial_problems``.
    file : str
        The name of the file.
    scenarios : tuple of str
        The ids of the scenarios that it is about; empty where it is the whole file.
    reason : str
        What the system says.
    """

    kind: str
    file: str
    scenarios: tuple[str, ...] = ()
    reason: str = ""

    def text(self, words: Catalog) -> str:
        """Return what is left out, why, and what to do."""
        values = {"file": path_shown(self.file), "scenario": escaped(", ".join(self.scenarios)), "reason": self.reason}
        return words(f"trial_problems.{self.kind}", **values)


@dataclass(frozen=True)
class Reader:
    """One reader with the answers that count, by the id of the scenario."""

    lang: str
    answers: dict[str, TrialAnswer]


@dataclass(frozen=True)
class TrialRead:
    """What counts of some answer files, in an order that says nothing about the files, and what does not."""

    readers: tuple[Reader, ...]
    left_out: tuple[LeftOut, ...]


def read_trial(paths: Iterable[str | Path], bank: Bank) -> TrialRead:
    """Read answer files, in both forms, and folders with them.

    Parameters
    ----------
    paths : iterable of str or Path
        Files, which may have several blocks of text in them, and folders, of which the files with one of ``ENDINGS`` are read.
    bank : Bank
        The scenarios that were read.

    Raises
    ------
    PathError
        When there is no such file or folder.
    """
    given: list[tuple[str, TrialAnswers]] = []
    left_out: list[LeftOut] = []
    for path in _files(paths):
        for found in _parts(path):
            if isinstance(found, LeftOut):
                left_out.append(found)
            else:
                given.append((str(path), found))
    counted = counted_answers(given, bank)
    return TrialRead(counted.readers, (*left_out, *counted.left_out))


def counted_answers(given: Sequence[tuple[str, TrialAnswers]], bank: Bank) -> TrialRead:
    """Return which answers count, each with the name of its file: one set of each reader, to texts as the bank has them."""
    latest: dict[str, tuple[str, TrialAnswers]] = {}
    for name, answers in given:
        if answers.reader not in latest or _extent(answers) > _extent(latest[answers.reader][1]):
            latest[answers.reader] = (name, answers)
    readers, left_out = [], []
    for name, answers in given:
        kept_name, kept = latest[answers.reader]
        if kept is not answers:
            left_out.append(LeftOut("doubled" if kept == answers else "earlier", name))
        elif answers.lang not in languages():
            left_out.append(LeftOut("language", kept_name))
        else:
            fitting, problems = _fitting(name, answers, bank)
            left_out += problems
            readers += [Reader(answers.lang, fitting)] if fitting else []
    return TrialRead(tuple(sorted(readers, key=repr)), tuple(left_out))


def _extent(answers: TrialAnswers) -> tuple[int, int]:
    return answers.saved, sum(not answer.is_skipped for answer in answers.answers)


def _fitting(name: str, answers: TrialAnswers, bank: Bank) -> tuple[dict[str, TrialAnswer], list[LeftOut]]:
    fitting: dict[str, TrialAnswer] = {}
    wrong: dict[str, list[str]] = {}
    for answer in answers.answers:
        kind = _what_is_wrong(answer, answers.lang, bank)
        if kind is None and answer.scenario not in fitting:
            fitting[answer.scenario] = answer
        else:
            wrong.setdefault(kind or "misfit", []).append(answer.scenario)
    return fitting, [LeftOut(kind, name, tuple(ids)) for kind, ids in wrong.items()]


def _what_is_wrong(answer: TrialAnswer, lang: str, bank: Bank) -> str | None:
    if answer.scenario not in bank or lang not in bank[answer.scenario].languages:
        return "unknown"
    scenario = bank[answer.scenario]
    if answer.text != trial_text_hash(scenario, lang):
        return "other_text"
    return "misfit" if does_not_fit(answer, scenario) else None


def _files(paths: Iterable[str | Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for given in map(Path, paths):
        if not given.exists():
            raise PathError(given)
        found = sorted(path for path in given.rglob("*") if path.suffix.lower() in ENDINGS) if given.is_dir() else [given]
        for path in found:
            if path.resolve() not in seen and not path.is_dir():
                seen.add(path.resolve())
                yield path


def _parts(path: Path) -> Iterator[TrialAnswers | LeftOut]:
    """Yield each set of answers in a file, or why there is none."""
    name = str(path)
    try:
        content = read_regular(path, _LARGEST)
    except NotRegularError:
        yield LeftOut("not_answers", name)
    except TooLargeError:
        yield LeftOut("too_large", name)
    except OSError as error:
        yield LeftOut("unreadable", name, reason=error.strerror or "–")
    else:
        if path.suffix.lower() == ".eml":
            yield from _of_message(content, name)
        else:
            yield from _of_text(_decoded(content), name)


def _of_message(content: bytes, name: str) -> Iterator[TrialAnswers | LeftOut]:
    """Yield what is in a stored e-mail, as its text or attached to it."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    found = False
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and (part.get_content_type() == "text/plain" or (part.get_filename() or "").endswith(ENDINGS)):
            text = _decoded(payload)
            if TRIAL_FORMAT in text:
                found = True
                yield from _of_text(text, name)
    if not found:
        yield LeftOut("not_answers", name)


def _of_text(text: str, name: str) -> Iterator[TrialAnswers | LeftOut]:
    if PAGE_MARK in text:
        yield LeftOut("page", name)
    elif is_block(text):
        for block in blocks_of(text):
            yield LeftOut("broken", name) if isinstance(block, BlockError) else _answers(block, name)
    else:
        yield _answers(text.encode(), name)


def _decoded(content: bytes) -> str:
    """Return the text of a file; some editors save UTF-16, and say so at the beginning."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content.decode(encoding, errors="replace")


class _Head(msgspec.Struct):
    format: str
    version: int


def _answers(content: bytes, name: str) -> TrialAnswers | LeftOut:
    try:
        head = msgspec.json.decode(content, type=_Head)
        if head.format != TRIAL_FORMAT:
            return LeftOut("not_answers", name)
        if head.version > TRIAL_VERSION:
            return LeftOut("newer", name)
        return msgspec.json.decode(content, type=TrialAnswers)
    except (msgspec.MsgspecError, RecursionError):
        return LeftOut("broken" if TRIAL_FORMAT.encode() in content else "not_answers", name)
