"""Numbers that no account took."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coding.conftest import SceneOf
from factories import make_account, make_claim, make_count
from waqai.coding.left_over import with_left_over
from waqai.core import Account, Count, Span
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
        (" A number of guards may have been killed, and a number of prisoners may have got out.", ("escaped", 2, None)),  # perhaps
        (" Nine of the 300 prisoners sang.", ("held", 300, 300)),  # of whom a part is told
        (" Six guards were killed. Nine of the 60 prisoners sang.", ("killed", 6, 6)),  # the 60 that fled, told before
        (" There were 300 prisoners in the jail.", ("held", 300, 300)),  # of an account that the report does not give
        (" The dead of the gang run into the hundreds.", ("killed", 200, 999)),  # named by the subject
        (" The governor gave the losses: three rebels shot at the gate.", ("killed", 3, 3)),
        (" The rebels came in lorries. They numbered around 200.", ("perpetrators", 180, 220)),
        (" In all 12 rebels died in the yard.", ("killed", 12, 12)),
        (" The jail's number had reached 500.", ("escaped", 500, 500)),  # another figure for them
        (" Posts on social media went as far as thousands.", ("escaped", 2000, 9999)),
        (" A guard died.", ("killed", 1, 1)),
        (" Hundreds of fighters had been sent to the jail.", ("perpetrators", 200, 999)),
        (" Who died? The army lists six guards.", ("killed", 6, 6)),  # the question says of what
        (" And how many people escaped? Anything from 40 to 75.", ("escaped", 40, 75)),
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


@pytest.mark.parametrize(
    ("more", "taken"),
    [
        (" Inmates looked on.", True),  # a prison, and those held there
        (" Shells hit the prison.", True),  # a prison, twice
        ("", False),  # a prison beside the road
    ],
)
def test_violence_is_of_a_prison_where_those_held_are_spoken_of(scene_of: SceneOf, more: str, taken: bool) -> None:
    text = f"Gunmen attacked a market near the prison of Kano on Friday.{more} Six people were killed."
    (account,) = read(scene_of, text, ("attack_on_civilians", "attacked"))
    assert figures(account) == ([("killed", 6, 6)] if taken else [])


def test_a_report_of_those_caught_again_alone_is_of_a_prison_too(scene_of: SceneOf) -> None:
    (account,) = read(scene_of, "Soldiers caught fugitives near the river on Friday. So far 12 inmates have been caught again.", ("recapture", "caught"))
    assert figures(account) == [("recaptured", 12, 12)]


def test_who_came_back_stays_recaptured(scene_of: SceneOf) -> None:
    text = "Gunmen stormed the prison of Kuje on Friday. So far 400 inmates have returned."
    scene = scene_of(text)
    (left,) = with_left_over(scene, [make_account(scene.report, type="jailbreak", words="stormed")], said=SaidBy(()))
    assert figures(left) == [("returned", 400, 400)]  # by its own words
    taken = make_count(400, report=scene.report, words="400 inmates", p=0.2, measure="recaptured")
    (account,) = read(scene_of, text, ("jailbreak", "stormed"), counts=(taken,))
    assert figures(account) == [("recaptured", 400, 400)]


def test_the_parts_of_a_sum_go_where_the_sum_went(scene_of: SceneOf) -> None:
    text = "Gunmen stormed the prison of Kuje on Friday and 181 inmates escaped: 124 jihadists, 50 rebels and seven others."
    (account,) = read(scene_of, text, ("jailbreak", "stormed"))
    assert {("escaped", 181, 181), ("escaped", 124, 124), ("escaped", 50, 50)} <= set(figures(account))


@pytest.mark.parametrize(
    "more",
    [
        " The town has 9 schools, and 5 of them are ruins.",  # of the schools
        " The mayor wept. Shops were shut. Of these about 20 are fighters.",  # of nobody told near by
        " About 20 families fled.",  # no people counted
        " A number of guards were killed.",  # so vague a word is kept of prisoners only
    ],
)
def test_what_is_no_part_of_those_who_fled_is_not_taken_for_one(scene_of: SceneOf, more: str) -> None:
    (account,) = read(scene_of, BREAK + more, ("jailbreak", "stormed"))
    assert figures(account) == [("escaped", 60, 60)]


def test_a_number_told_in_no_sentence_of_theirs_is_of_the_account_before_it(scene_of: SceneOf) -> None:
    text = (
        "Police caught prisoners in Kano, far from the walls of the old town and from the river that runs beside it. "
        "So far 12 inmates are in custody again. Soldiers caught others."
    )
    before, after = read(scene_of, text, ("recapture", "caught prisoners"), ("recapture", "caught others"))
    assert figures(before) == [("recaptured", 12, 12)] and not figures(after)


def test_a_number_told_in_no_sentence_of_theirs_is_of_the_news(scene_of: SceneOf) -> None:
    text = "Police caught prisoners in Kano. In May soldiers caught others. So far 12 inmates are in custody again."
    scene = scene_of(text)
    news, earlier = (make_account(scene.report, type="recapture", words=words, key=words) for words in ("caught prisoners", "caught others"))
    found = with_left_over(scene, [news, replace(earlier, background=True)], said=SaidBy(()))
    assert [figures(account) for account in found] == [[("recaptured", 12, 12)], []]


def test_what_follows_a_passing_mention_is_told_of_it_and_not_of_the_news(scene_of: SceneOf) -> None:
    text = "Gunmen stormed the prison of Kuje on Friday.\n\nIn May rebels attacked a jail in Kano. Some 200 prisoners got away. About 40 guards died."
    scene = scene_of(text)
    news = make_account(scene.report, type="jailbreak", words="stormed", key="news")
    earlier = replace(make_account(scene.report, type="clash", words="attacked", key="earlier"), background=True)
    found = with_left_over(scene, [news, earlier], said=SaidBy(()))
    assert [figures(account) for account in found] == [[], [("escaped", 180, 220), ("killed", 36, 44)]]
    found = with_left_over(scene, [news, replace(earlier, background=False)], said=SaidBy(()))
    assert figures(found[0])[0] == ("escaped", 180, 220)


def test_figures_stand_in_the_order_of_the_text_with_who_said_them(scene_of: SceneOf) -> None:
    text = "Six guards were killed, the governor said. Gunmen stormed the prison of Kuje on Friday and 60 inmates escaped."
    scene = scene_of(text)
    claim = make_claim(scene.report, speaker="the governor", cue="said", content="Six guards were killed")
    told = make_account(scene.report, type="jailbreak", words="stormed", counts=[make_count(60, report=scene.report, words="60 inmates")])
    (account,) = with_left_over(scene, [told], said=SaidBy((claim,)))
    assert figures(account) == [("killed", 6, 6), ("escaped", 60, 60)]
    assert [c.said_by for c in account.counts] == [claim.id, None]


@pytest.mark.parametrize(
    ("more", "measure"),
    [
        (" Of the prison's 400 inmates nearly all ran, officials said.", "held"),  # of whom a part is told
        (" Police are looking for 400 inmates.", "at_large"),
        (" In all 400 inmates ran.", "escaped"),
    ],
)
def test_who_was_held_or_is_sought_did_not_escape_however_sure_the_coder_is(scene_of: SceneOf, more: str, measure: str) -> None:
    text = "Gunmen stormed the prison of Kuje on Friday." + more
    taken = make_count(400, report=scene_of(text).report, words="400 inmates", p=0.6)
    (account,) = read(scene_of, text, ("jailbreak", "stormed"), counts=(taken,))
    assert figures(account) == [(measure, 400, 400)]


def test_parts_are_of_those_who_fled_not_of_those_held(scene_of: SceneOf) -> None:
    text = "Gunmen stormed the prison of Kuje. Some 870 of the 1,000 prisoners were missing; about 390 of these belonged to a gang."
    (account,) = read(scene_of, text, ("jailbreak", "stormed"))
    assert [measure for measure, _, _ in figures(account)] == ["escaped", "held", "escaped"]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (" The rebels mentioned 75 prisoners.", [("escaped", 75, 75)]),
        (" The warden gave 75 as the number.", [("escaped", 75, 75)]),
        (" The rebels mentioned 75 prisoners who need care.", []),  # of other prisoners
        (" Six guards were killed. The rebels mentioned 75 prisoners.", [("killed", 6, 6)]),  # another figure came between
    ],
)
def test_a_bare_number_of_prisoners_behind_those_who_fled_is_another_figure_for_them(
    scene_of: SceneOf, more: str, found: list[tuple[str, float, float | None]]
) -> None:
    (account,) = read(scene_of, BREAK + more, ("jailbreak", "stormed"))
    assert figures(account) == [("escaped", 60, 60), *found]


def test_the_others_are_what_a_part_leaves_of_the_whole(scene_of: SceneOf) -> None:
    text = BREAK + " Of these 18 are civilians. The other 42 crossed into the north."
    moved = make_count(42, report=scene_of(text).report, words="42", p=0.6, measure="transferred")
    crossed, stormed = read(scene_of, text, ("transfer", "crossed"), ("jailbreak", "stormed"), counts=(moved,))
    assert figures(crossed) == [("transferred", 42, 42)]
    assert figures(stormed) == [("escaped", 60, 60), ("escaped", 18, 18), ("escaped", 42, 42)]


def test_not_one_is_no_one(scene_of: SceneOf) -> None:
    (account,) = read(scene_of, BREAK + " As for the gunmen, not one was killed.", ("jailbreak", "stormed"))
    assert figures(account) == [("escaped", 60, 60)]


@pytest.mark.parametrize(("type", "measure"), [("raid", "perpetrators"), ("prison_riot", "participants")])
def test_who_took_part_in_violence_did_it(scene_of: SceneOf, type: str, measure: str) -> None:
    text = "About 200 men took part in the raid on the prison of Kuje, whose inmates slept. Inmates broke out."
    taken = make_count(200, report=scene_of(text).report, words="200 men", p=0.6, measure="participants")
    first, _ = read(scene_of, text, (type, "raid"), ("escape", "broke out"), counts=(taken,))
    assert figures(first) == [(measure, 200, 200)]


def test_a_bare_number_joined_to_another_counts_the_same(scene_of: SceneOf) -> None:
    more = " On Sunday Ada Bell, the chief of security, accounted for 70 who were brought in at first, for 30 caught at al-Marj and for seven in town."
    (account,) = read(scene_of, BREAK + more, ("jailbreak", "stormed"))
    assert figures(account)[1:] == [("recaptured", n, n) for n in (70, 30, 7)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gunmen stormed the prison of Kuje. Some prisoners got away.", [("escaped", 1, None)]),
        ("Gunmen stormed the prison of Kuje. A considerable number got out.", [("escaped", 1, None)]),
        ("Gunmen stormed the prison of Kuje. Soldiers hunted for those who had got out.", [("escaped", 1, None)]),
        ("Gunmen stormed the prison of Kuje. Many prisoners, the number is unknown, got out.", [("escaped", 1, None)]),  # a subject that the parse lost
        ("Gunmen stormed the prison of Kuje. It is not known how many prisoners got out.", []),
        ("Gunmen stormed the prison of Kuje. Some prisoners wept.", []),
        (BREAK + " Some prisoners got away on foot.", [("escaped", 60, 60)]),  # of a report that counts them
    ],
)
def test_escapees_whom_nobody_counts_are_at_least_one(scene_of: SceneOf, text: str, found: list[tuple[str, float, float | None]]) -> None:
    (account,) = read(scene_of, text, ("jailbreak", "stormed"))
    assert figures(account) == found


@pytest.mark.parametrize(
    ("measure", "more", "words", "found"),
    [
        ("escaped", "Some 430 never left.", "Some 430", []),
        ("participants", "There are some 5,000 inmates.", "some 5,000 inmates", [("held", 4500, 5500)]),
        ("escaped", "Police were able to recapture 60 of the prisoners.", "60 of the prisoners", [("recaptured", 60, 60)]),
    ],
)
def test_what_the_coder_takes_for_something_else_goes_by_its_own_words(
    scene_of: SceneOf, measure: str, more: str, words: str, found: list[tuple[str, float, float | None]]
) -> None:
    text = f"Gunmen stormed the prison of Kuje. {more}"
    scene = scene_of(text)
    count = replace(make_count(430, report=scene.report, words=words), measure=measure, p=0.6)
    account = make_account(scene.report, type="jailbreak", words="stormed", counts=[count])
    (read_,) = with_left_over(scene, [account], said=SaidBy(()))
    assert [f for f in figures(read_) if f[0] != "perpetrators"] == found


def test_a_figure_told_again_by_a_speaker_is_his_too(scene_of: SceneOf) -> None:
    text = BREAK + " The warden said that 60 inmates escaped."
    scene = scene_of(text)
    claim = make_claim(scene.report, speaker="The warden", cue="said", content="60 inmates escaped")
    claim = replace(claim, content=Span(text.rindex("60 inmates"), len(text) - 1))
    account = make_account(scene.report, type="jailbreak", words="stormed")
    (told,) = with_left_over(scene, [account], said=SaidBy([claim]))
    assert [c.said_by for c in told.counts] == [None, claim.id]


@pytest.mark.parametrize(
    ("opening", "found"),
    [
        ("They got out before dawn, 90 of them, all convicts.", [("escaped", 90, 90)]),
        ("They left before dawn, 90 of them, all convicts.", [("escaped", 90, 90)]),
        ("They wept before dawn, 90 of them, all convicts.", []),
    ],
)
def test_a_number_of_them_set_behind_what_they_did_counts_who_did_it(scene_of: SceneOf, opening: str, found: list[tuple[str, float, float | None]]) -> None:
    (account,) = read(scene_of, f"{opening} The flight from the prison of Kuje was the first.", ("escape", "flight"))
    assert figures(account) == found


@pytest.mark.parametrize(
    ("more", "measure"),
    [
        (" From the ministry came a higher figure, 75 prisoners on the run.", "escaped"),  # set against the number before it
        (" From the ministry came a report of 75 prisoners on the run.", "at_large"),
    ],
)
def test_a_figure_set_against_one_of_escapees_is_of_escapees(scene_of: SceneOf, more: str, measure: str) -> None:
    text = BREAK + more
    report = scene_of(text).report
    counts = make_count(60, report=report, words="60 inmates"), make_count(75, report=report, words="75 prisoners", measure="at_large")
    (account,) = read(scene_of, text, ("jailbreak", "stormed"), counts=counts)
    assert figures(account) == [("escaped", 60, 60), (measure, 75, 75)]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Gunmen attacked the prison of Kuje, and 200 prisoners were let go. Inmates broke out.", "escaped"),
        ("A court ruled on the prison of Kuje, and 200 prisoners were let go. Inmates broke out.", "released"),
    ],
)
def test_prisoners_let_go_in_an_attack_got_away(scene_of: SceneOf, text: str, measure: str) -> None:
    taken = make_count(200, report=scene_of(text).report, words="200 prisoners", p=0.6, measure="released")
    first, _ = read(scene_of, text, ("release", "let go"), ("escape", "broke out"), counts=(taken,))
    assert figures(first) == [(measure, 200, 200)]
