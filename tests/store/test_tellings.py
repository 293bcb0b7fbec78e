from __future__ import annotations

from factories import make_report
from scenes import fill
from waqai.store import Store
from waqai.store.tellings import find_wires


def test_near_copies_form_a_group_named_by_its_least_hash(store: Store) -> None:
    reports = [make_report(f"text {n}", id=str(n)) for n in range(5)]
    for report in reports:
        store.add_report(report)
    shas = [report.sha256 for report in reports]
    for one, other in ((0, 1), (1, 2), (2, 0)):
        store.add_near_copy(shas[one], shas[other], similarity=0.9)
    with store._reading() as connection:
        wires = find_wires(connection, [shas[0], shas[2], shas[3]])
    assert wires == {shas[0]: min(shas[:3]), shas[2]: min(shas[:3]), shas[3]: shas[3]}


def test_an_incident_shows_all_that_its_accounts_say(store: Store) -> None:
    fill(store)
    view = store.get_incident("i-escape")
    assert [(a.report, a.role) for a in view.accounts] == [("daily", "main"), ("herald", "main"), ("herald", "part")]
    assert [(f.measure, f.low, f.expr, f.speaker, f.report) for f in view.figures] == [
        ("escaped", 15, "At least 15 inmates", "The Herald", "herald"),
        ("escaped", 12, "12 prisoners", "The Observatory", "daily"),
        ("wounded", 2, "Two guards", "The Herald", "herald"),
    ]
    assert view.where is not None
    assert (view.type, view.where.name) == ("escape", "Tel Salam")
