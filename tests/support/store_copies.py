"""Stores with people in them, and such that a migration has copied."""

from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.store import Store
from older_schema import to_version_1
from store_examples import Tab


def anew(store: Store) -> Store:
    """Return another one at the same place."""
    return Store(store.url.render_as_string(hide_password=False) if "postgresql" in store.url.drivername else store.url.database)


def migrated_from_old(store: Store) -> Store:
    """Make a store one of the first version of the schema, in which there were no rooms, and open it again."""
    with store.writing() as connection:
        to_version_1(connection)
    store.close()
    again = anew(store)
    again.prepare()
    assert again.migrated_copy
    return again


def filled(address: str) -> tuple[Store, Tab, Tab]:
    """Return a store with the answers of two people."""
    store = Store(address)
    tabs = Tab(store), Tab(store, "another token")
    for number, tab in enumerate(tabs):
        for place in range(3):
            tab.answer(0, f"a-message-of-{number}-{place}")
            tab.next()
    People(store).new_code(tabs[0].recorder.person.id)
    return store, *tabs
