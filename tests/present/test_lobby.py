"""The facilitator's checklist before the first situation."""

from __future__ import annotations

from typing import get_args

import pytest
from etiquette_kit.locale import catalog, languages
from etiquette_kit.present.lobby import Arrived, ReachKind, lobby_page, reach_note

KINDS = get_args(ReachKind)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_the_list_has_each_item_with_its_words_and_what_is_done(kind: ReachKind, lang: str):
    nothing, all_done = (lobby_page(Arrived(done, done, kind), lang)["items"] for done in (False, True))
    assert [item["name"] for item in nothing] == ["screen", "phone", "sound", "sheet"]
    assert [item["done"] for item in nothing] == [False, False, None, None]
    assert [item["done"] for item in all_done] == [True, True, None, None]
    assert [item["act"] for item in nothing] == ["open_screen", "show_code" if kind == "open" else "reach", "tick", "print"]
    assert [before["text"] != after["text"] for before, after in zip(nothing, all_done, strict=True)] == [True, True, False, False]
    assert all(item[name] for item in nothing for name in ("text", "why", "button"))


@pytest.mark.parametrize("lang", languages())
def test_what_is_said_while_phones_do_not_reach_the_room(lang: str):
    words = catalog(lang)
    assert reach_note("open", lang) is None
    local, none = reach_note("local", lang), reach_note("none", lang)
    assert local is not None
    assert none is not None
    assert local["title"] == none["title"] == words("room_lobby.reach.title")
    assert local["text"] != none["text"]
    assert (len(local["means"]), none["means"]) == (3, [])
