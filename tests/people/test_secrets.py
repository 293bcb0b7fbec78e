from __future__ import annotations

from waqai.people.secrets import hash_secret, mint_secret


def test_secrets_are_long_and_never_the_same() -> None:
    minted = {mint_secret("waqai_") for _ in range(1000)}
    assert len(minted) == 1000 and {len(one) for one in minted} == {6 + 43}


def test_a_secret_that_differs_in_one_sign_has_another_hash() -> None:
    assert hash_secret("waqai_a") != hash_secret("waqai_b") and len(hash_secret("")) == 64
