from __future__ import annotations

import re

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from people.conftest import QUICK
from waqai.core import StoreError, WeakPassword
from waqai.people import check_password, make_password, passwords
from waqai.people.passwords import hash_password, is_outdated, is_password


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("nine sign", "at least 10"),
        ("x" * 1001, "1000 signs"),
        ("aaaaaaaaaaaa", "repeats or counts"),
        ("abababababab", "repeats or counts"),
        ("1234567890", "repeats or counts"),
        ("9876543210", "repeats or counts"),
        ("abcdefghijkl", "repeats or counts"),
        ("anamartinez", "is the name"),
        ("AnaMartinez", "is the name"),
        ("anamartinezanamartinez", "is the name"),
        ("anamartinez2026", "is the name"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(password: str, why: str) -> None:
    with pytest.raises(WeakPassword, match=why):
        check_password(password, name="AnaMartinez")


@pytest.mark.parametrize("password", ["correct horse", "كلمة سر طويلة", "anamartinez likes green tea", "p4$$-not-a-word", " blanks at the ends "])
def test_other_passwords_are_taken(password: str) -> None:
    check_password(password, name="AnaMartinez")


def test_a_password_that_is_made_is_another_each_time_and_can_be_read_out() -> None:
    made = {make_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        check_password(password, name="AnaMartinez")
        assert re.fullmatch("([a-z2-9]{4}-){4}[a-z2-9]{4}", password) and not set(password) & set("ilo01")


def test_a_password_is_kept_with_a_salt_and_known_again() -> None:
    stored = hash_password("correct horse")
    assert stored != hash_password("correct horse") and "horse" not in stored
    assert is_password("correct horse", stored) and not is_password("correct horse ", stored)


@pytest.mark.real_hashes
def test_a_password_is_hashed_with_what_the_rfc_recommends() -> None:
    assert extract_parameters(hash_password("correct horse")) == RFC_9106_LOW_MEMORY


def test_a_password_is_the_same_however_its_letters_are_composed() -> None:
    assert is_password("cafe\u0301 au lait", hash_password("café au lait"))


def test_half_a_letter_is_no_crash() -> None:
    assert not is_password("\ud800" * 12, hash_password("correct horse"))


def test_a_very_long_try_is_cut_and_never_right() -> None:
    longest = "ab cd " * 166 + "ef g"
    assert len(longest) == 1000
    assert not is_password(longest + "xy", hash_password(longest))


def test_a_hash_of_other_parameters_is_outdated(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = hash_password("correct horse")
    assert not is_outdated(stored)
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    assert is_outdated(stored) and is_password("correct horse", stored)


def test_a_damaged_hash_is_said() -> None:
    with pytest.raises(StoreError, match="waqai person password"):
        is_password("correct horse", "no hash")


def test_a_name_that_nobody_has_costs_a_hash_of_today_s_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []

    def look(password: str, stored: str) -> bool:
        looked_at.append(extract_parameters(stored))
        return False

    monkeypatch.setattr(passwords, "is_password", look)
    passwords.waste_time("correct horse")
    assert looked_at == [extract_parameters(QUICK.hash("x"))]
