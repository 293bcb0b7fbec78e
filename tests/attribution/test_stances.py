"""How firmly: the cue's stance and what the content does to it."""

from __future__ import annotations

import pytest

from waqai.attribution.claims import find_claims
from waqai.parsing.pipeline import load_pipeline


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The mayor said that the bridge was shut.", "reports"),
        ("The mayor said that more men are expected to flee.", "expects"),  # the content's modality wins over a verb that only reports
        ("The mayor confirmed that more men are expected to flee.", "confirms"),  # not over a verb with a stance of its own
        ("The mayor said he was glad that the men were caught.", "evaluates"),
        ("An analyst said that the group was weak.", "assesses"),  # experts judge
        ("Karim Nader, a lecturer in law, explained that the group is now focusing on jails.", "assesses"),  # whatever the tense
        ("Karim Nader, a lecturer in law, explained that the group now puts its weight on jails.", "assesses"),
        ("Karim Nader, who studies armed movements, told the paper that the group relies on jails.", "assesses"),
        ("The mayor explained that the group now puts its weight on jails.", "reports"),
        ("The mayor did not say how many men fled.", "declines"),
        ("The militia claimed the attack.", "confirms"),  # claiming an act as one's own
        ("The militia claimed that the army fled.", "claims"),
        ("The mayor vowed to punish the guards.", "threatens"),
        ("The mayor vowed to rebuild the school.", "pledges"),
        ("The guards reportedly fell asleep.", "alleges"),
    ],
)
def test_the_stance_follows_cue_and_content(text: str, stance: str) -> None:
    assert find_claims(load_pipeline()(text))[0].stance == stance
