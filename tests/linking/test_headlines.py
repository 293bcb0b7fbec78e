import pytest

from waqai.linking.headlines import find_frames, is_of_many, is_of_prisons, tells_of


@pytest.mark.parametrize(
    ("type_id", "headline"),
    [
        ("jailbreak", "Minibuses waited outside: how raiders sprang Sarposa's prisoners, attackers gone"),
        ("prison_riot", "Talks end revolt in Hasakah jail"),
        ("recapture", "Four fugitives caught near Raqqa"),
        ("meeting", "Ministers meet in the capital"),
    ],
)
def test_a_headline_has_words_for_its_type(type_id: str, headline: str) -> None:
    assert tells_of(type_id, headline)


@pytest.mark.parametrize("headline", ["Security round-up for Tuesday", "The Week in Security", "Round of arrests in the north", "DIGEST: Monday's attacks"])
def test_a_round_up_is_known_by_its_headline(headline: str) -> None:
    assert is_of_many(headline)


@pytest.mark.parametrize("headline", ["Gunmen storm prison", "", "Weekend attack kills four"])
def test_other_headlines_announce_no_round_up(headline: str) -> None:
    assert not is_of_many(headline)


def test_prisons_and_people_on_the_run_are_heard() -> None:
    assert is_of_prisons("Fugitives seen near the river") and not is_of_prisons("Bomb kills four")


@pytest.mark.parametrize(
    ("headline", "types"),
    [
        ("Car bomb opens prison; inmates on the run", ["escape"]),
        ("Raid on jail frees 384 prisoners", ["jailbreak"]),
        ("Talks end second riot in prison", ["prison_riot"]),
        ("Raid on market kills four", []),  # no word of prisons
    ],
)
def test_a_headline_on_prisons_names_what_happened(headline: str, types: list[str]) -> None:
    assert [type_id for type_id, _ in find_frames(headline)] == types
