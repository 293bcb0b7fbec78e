from __future__ import annotations

from came import AT
from factories import make_report
from waqai.languages import find_recognised, note_language
from waqai.store import Store

GERMAN = "Drei Männer sind in der Nacht zum Montag aus dem Gefängnis der Stadt geflohen, teilte die Polizei mit; zwei wurden am Morgen gefasst."


def test_the_recognised_language_stands_beside_the_declared_one_and_changes_nothing_of_the_report(store: Store) -> None:
    report = make_report(GERMAN, id="g", language="en")
    store.add_report(report)
    note_language(report, store, at=AT)
    note_language(report, store, at=AT)
    found = find_recognised(report.sha256, store)
    assert found is not None and found.language == "de" and found.recogniser.startswith("py3langid ")
    assert store.get_report("g") == report


def test_what_is_not_sure_leaves_no_row_and_what_is_erased_none_either(store: Store) -> None:
    short, german = make_report("Er floh.", id="s"), make_report(GERMAN, id="g")
    for report in (short, german):
        store.add_report(report)
        note_language(report, store, at=AT)
    assert find_recognised(short.sha256, store) is None and find_recognised(german.sha256, store) is not None
    store.erase_report("g", because="asked for", by="person:ana", at=AT)
    assert find_recognised(german.sha256, store) is None
