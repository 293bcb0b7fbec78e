"""Numbers that no account took."""

from __future__ import annotations

import pytest

from coding.conftest import SceneOf
from factories import make_account, make_count
from waqai.coding.left_over import with_left_over
from waqai.core import Account, Count
from waqai.reading.accounts import SaidBy

BREAK = "Gunmen stormed the prison of Kuje on Friday and 60 inmates escaped."


def read(scene_of: SceneOf, text: str, *accounts: tuple[str, str], counts: tuple[Count, ...] = ()) -> tuple[Account, ...]:
    """The accounts of these types and triggers, the first with these counts, and with what was left over."""
    scene = scene_of(text)
    made = [make_account(scene.report, type=type, words=words, key=str(n), counts=counts if n == 0 else ()) for n, (type, words) in enumerate(accounts)]
    return with_left_over(scene, made, said=SaidBy(()))


def figures(account: Account) -> list[tuple[str, float, float | None]]:
    return [(c.measure, c.low, c.high) for c in account.counts]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (" So far 21 of them have been caught again.", ("recaptured", 21, 21)),
        (" Six guards were killed.", ("killed", 6, 6)),
        (" The gunmen set free 50 prisoners, an official said.", ("escaped", 50, 50)),  # freed in a break
        (" A number of prisoners were caught again.", ("recaptured", 2, None)),
        (" So far nobody has been caught again.", ("recaptured", 0, 0)),
        (" There were 300 prisoners in the jail.", ("held", 300, 300)),  # of an account that the report does not give
    ],
)
def test_a_number_whose_words_say_what_it_counts_goes_to_the_break(scene_of: SceneOf, more: str, found: tuple[str, float, float | None]) -> None:
    (account,) = read(scene_of, BREAK + more, ("jailbreak", "stormed"))
    assert figures(account) == [("escaped", 60, 60), found]


def test_parts_of_a_number_go_where_it_went(scene_of: SceneOf) -> None:
    (account,) = read(scene_of, BREAK + " Of these about 20 are fighters.", ("jailbreak", "stormed"))
    assert figures(account) == [("escaped", 60, 60), ("escaped", 18, 22)]


def test_those_harmed_are_the_breaks_though_another_account_is_nearer(scene_of: SceneOf) -> None:
    text = BREAK + " In a clash with the police six guards were killed."
    stormed, clash = read(scene_of, text, ("jailbreak", "stormed"), ("clash", "clash"))
    assert ("killed", 6, 6) in figures(stormed) and not figures(clash)


def test_others_go_to_the_account_of_their_sentence(scene_of: SceneOf) -> None:
    text = BREAK + " Soldiers caught 12 inmates near the river."
    stormed, caught = read(scene_of, text, ("jailbreak", "stormed"), ("recapture", "caught"))
    assert figures(stormed) == [("escaped", 60, 60)] and figures(caught) == [("recaptured", 12, 12)]


@pytest.mark.parametrize(
    "more",
    [
        " Since 2009 the war has killed 30,000 people.",  # nobody's toll
        " The town has two hospitals.",  # no people
        " Twelve people wept.",  # no measure
    ],
)
def test_what_is_not_the_breaks_stays_out(scene_of: SceneOf, more: str) -> None:
    (account,) = read(scene_of, BREAK + more, ("jailbreak", "stormed"))
    assert figures(account) == [("escaped", 60, 60)]


def test_a_figure_told_already_is_not_told_again(scene_of: SceneOf) -> None:
    stormed, fled = read(scene_of, BREAK + " The 60 prisoners got away on foot.", ("jailbreak", "stormed"), ("escape", "got away"))
    assert len(figures(stormed)) + len(figures(fled)) == 1


def test_a_report_without_a_prison_is_left_alone(scene_of: SceneOf) -> None:
    (account,) = read(scene_of, "Gunmen attacked a market in Kano on Friday. Six people were killed.", ("attack_on_civilians", "attacked"))
    assert not account.counts


@pytest.mark.parametrize(("p", "measure"), [(0.2, "recaptured"), (0.6, "escaped")])
def test_only_a_number_that_the_coder_hardly_took_is_moved_by_its_own_words(scene_of: SceneOf, p: float, measure: str) -> None:
    text = "Gunmen stormed the prison of Kuje on Friday. So far 400 inmates are back."
    scene = scene_of(text)
    taken = make_count(400, report=scene.report, words="400 inmates", p=p)
    (account,) = read(scene_of, text, ("jailbreak", "stormed"), counts=(taken,))
    assert figures(account) == [(measure, 400, 400)]
