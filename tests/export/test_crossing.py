from __future__ import annotations

import pytest

from clears import account, cleared, count
from waqai.codebook import Code, load_codebook
from waqai.export.crossing import WHY, code_of_account, code_of_incident, merge_attrs
from waqai.export.shapes import Dropped

CODEBOOK = load_codebook()


def test_attributes_are_what_most_accounts_say() -> None:
    told = [account(attrs={"weapon": "ied"}), account(attrs={"weapon": "grenade"}), account(attrs={"weapon": "grenade", "violent": True})]
    assert merge_attrs(told) == {"weapon": "grenade", "violent": True}


def test_an_incident_gets_the_code_that_its_accounts_decide() -> None:
    told = account(type="bombing", attrs={"weapon": "grenade"})
    found = code_of_incident("acled", cleared(told, type="bombing").incident, [told], CODEBOOK)
    assert isinstance(found, Code) and (found.code, found.event) == ("Grenade", "Explosions/Remote violence")


def test_figures_decide_where_the_crosswalk_asks_for_them() -> None:
    shot = account(type="protest_repression", counts=(count(2, "wounded"),))
    in_units = account(type="protest_repression", counts=(count(2, "wounded", unit="families"),))
    codes = [code_of_account("acled", one, CODEBOOK) for one in (shot, in_units)]
    assert [code.code for code in codes if isinstance(code, Code)] == ["Excessive force against protesters", "Protest with intervention"]


@pytest.mark.parametrize(
    ("type", "status", "reason"),
    [("policy", "occurred", "no_home"), ("clash", "planned", "status"), ("arrest", "foiled", "excluded"), ("execution", "occurred", "undecided")],
)
def test_what_has_no_code_is_dropped_with_the_reason(type: str, status: str, reason: str) -> None:
    found = code_of_account("acled", account(type=type, status=status), CODEBOOK)
    assert isinstance(found, Dropped) and found.reason == WHY[reason] and found.detail
