from hypothesis import given
from hypothesis import strategies as st

from linking.card_maker import FAMILIES
from waqai.linking.kinds import score_kinds, score_tellings_kinds

kinds = st.sampled_from(sorted(FAMILIES))


@given(kinds, kinds)
def test_types_fit_alike_from_both_sides_and_best_with_themselves(a: str, b: str) -> None:
    left, right = (a, FAMILIES[a]), (b, FAMILIES[b])
    assert 0 <= score_kinds(left, right) == score_kinds(right, left) <= score_kinds(left, left) == 1


def test_a_parts_type_stands_in_for_its_main_accounts_at_a_discount() -> None:
    storm, blast = ("jailbreak", "custody_exit"), ("suicide_attack", "remote_violence")
    assert score_tellings_kinds([storm, blast], [blast]) == 0.9 > score_tellings_kinds([storm], [blast])
