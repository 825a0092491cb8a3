"""The form of the situation that is open, as values for the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from etiquette_kit.authoring import Draft, Folder
from etiquette_kit.authoring.editing import Editing, is_formed
from etiquette_kit.authoring.review import Review
from etiquette_kit.cards.writer.desk import Desk
from etiquette_kit.cards.writer.messages import ShowPreview
from etiquette_kit.formats.choice import suits
from etiquette_kit.locale import catalog, languages
from etiquette_kit.present.writer import form, preview, situations, standing


def described_desk(desk: Desk, folder: Folder, asked: ShowPreview | None, lang: str) -> dict[str, Any]:
    """Return ``scene``, ``standing`` and ``feedback`` of the form; the feedback is that of the preview.

    Parameters
    ----------
    desk : Desk
        The situation that is open.
    folder : Folder
        The folder it belongs to.
    asked : ShowPreview or None
        The preview that was asked for.
    lang : str
        The language of the page.
    """
    draft, editing, found, advice = desk.draft, desk.editing, desk.review(), desk.advice
    scene = form.form_page(desk.key, draft.raw, advice, _about(desk, folder, lang), lang)
    values = {
        field.name: draft.file if field.name == "file" else editing.value(field.name) for group in scene.groups for field in group.fields
    }
    places = [*values, *(group.name for group in scene.groups), "option"]
    shown, reveal = _previewed(desk, found, asked, lang)
    state = standing.FormStanding(
        values=values,
        counts=form.word_counts(values, lang),
        notes=standing.notes_of(found.findings, places, lang),
        checklists={code: standing.checklist(draft.raw, code, lang) for code in editing.languages if code in languages()},
        actions=form.graded_actions(advice, draft.raw, lang),
        summary=standing.summary_text(found.findings, lang),
        state=desk.trouble or _state(draft, lang),
        # The id of a new situation only follows its title.
        heading=situations.title_of(draft.raw if draft.base else {**draft.raw, "id": ""}, lang),
        can_undo=editing.can_undo,
        can_save=draft.is_changed,
        can_play=found.scenario is not None and suits(found.scenario),
        can_drop=draft.is_changed,
        said=desk.said,
        clash=_clash(desk, scene, lang),
        others=tuple(_others(desk, lang)),
        preview=shown,
    )
    return {"scene": scene, "standing": state, "feedback": reveal}


def _about(desk: Desk, folder: Folder, lang: str) -> form.FormAbout:
    themes = [form.FieldValue(theme.file, theme.title(lang)) for theme in folder.themes.values()]
    is_new = desk.draft.base is None
    if is_new and themes:
        themes.append(form.FieldValue("", catalog(lang)("writer.new_theme")))
    return form.FormAbout(desk.editing.languages, tuple(themes), tuple(desk.draft.titles) if is_new else ())


def _state(draft: Draft, lang: str) -> str:
    words = catalog(lang)
    if not draft.is_changed:
        return words("writer.state.saved", file=draft.file)
    return words("writer.state.new" if draft.base is None else "writer.state.changed")


def _others(desk: Desk, lang: str) -> Iterator[standing.OtherDraft]:
    for draft in desk.others:
        at = datetime.fromisoformat(draft.at).astimezone()
        yield standing.OtherDraft(draft.name, catalog(lang)("writer.other_page", at=f"{at:%Y-%m-%d %H:%M}"))


def _clash(desk: Desk, scene: form.FormPage, lang: str) -> standing.Clash | None:
    """Describe both versions by the fields in which they differ; either may have reactions or languages that the other has not."""
    if desk.clash is None:
        return None
    words, theirs = catalog(lang), desk.clash.theirs
    if theirs is None:
        return standing.Clash(words("writer.clash_gone", file=desk.draft.file), (), gone=True)
    other = Editing(Draft("", "", desk.draft.file, None, dict(theirs) if is_formed(theirs) else {}), lambda: 0.0)
    about = form.FormAbout(other.languages, (), ())
    groups = [*form.form_page("", other.draft.raw, None, about, lang).groups, *scene.groups]
    labels = {field.name: f"{group.title}: {field.label}" for group in groups for field in group.fields if field.name != "file"}
    found = [standing.Difference(label, desk.editing.value(name), other.value(name)) for name, label in labels.items()]
    different = tuple(each for each in found if each.mine != each.theirs)
    return standing.Clash(words("writer.clash", file=desk.draft.file), different, gone=False)


def _previewed(desk: Desk, found: Review, asked: ShowPreview | None, lang: str) -> tuple[standing.Preview | None, Any]:
    if asked is None:
        return None, None
    raw, written = desk.draft.raw, [code for code in desk.editing.languages if code in languages()]
    spoken = asked.lang if asked.lang in written else lang if lang in written else next(iter(written), lang)
    scenario = found.scenario if found.scenario is not None and spoken in found.scenario.languages else None
    chosen = preview.example_option(scenario, asked.option) if scenario else ""
    shown = standing.Preview(
        spoken,
        tuple(form.FieldValue(code, catalog(code)("language.name")) for code in written),
        preview.preview_question(raw, spoken),
        asked.narrow,
        chosen,
        "" if scenario else catalog(lang)("writer.preview_missing"),
    )
    return shown, preview.preview_reveal(scenario, spoken, chosen) if scenario else None
