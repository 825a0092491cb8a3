"""Imports packages with Anki, one after the other, into one collection: what each import says, and the notes at the end.

Comes in as JSON: the paths of packages. Goes out: for each, how many notes are new, updated and the same; all notes; the decks.
"""

import json
import sys
import tempfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS as ALWAYS

said = []
with tempfile.TemporaryDirectory() as folder:
    collection = Collection(str(Path(folder) / "collection.anki2"))
    for path in json.load(sys.stdin):
        options = ImportAnkiPackageOptions(update_notes=ALWAYS, update_notetypes=ALWAYS)
        log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
        said.append({name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting", "empty_first_field")})
    notes = [collection.get_note(number) for number in collection.find_notes("")]
    found = {note.fields[0]: {"front": note.fields[1], "back": note.fields[2], "tags": note.tags} for note in notes}
    decks = [deck.name for deck in collection.decks.all_names_and_ids()]
    count = (len(notes), collection.card_count())
    collection.close()
json.dump({"said": said, "notes": found, "decks": decks, "count": count}, sys.stdout)
