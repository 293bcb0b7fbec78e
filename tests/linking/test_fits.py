from __future__ import annotations

from dataclasses import replace

from linking.card_maker import HASAKAH, RAQQA, make_report, tell
from waqai.core import Card, LinkRole
from waqai.linking.fits import fit_incident, rank_incidents
from waqai.linking.pairs import score_tellings
from waqai.linking.tellings import Telling, make_telling, tellings_of

TEXTS = (
    "Eleven men broke out of Ghweran prison in Hasakah at dawn, relatives said.",
    "Eleven inmates broke out of the Ghweran jail, Hasakah, at dawn, guards said.",
    "From Ghweran prison in Hasakah eleven broke out at dawn, the director said.",
    "A relief worker recalled how eleven broke out of Ghweran prison.",
)


def told(n: int, *, role: LinkRole | None = "main") -> Card:
    """A telling of the break from Ghweran prison."""
    report = make_report(TEXTS[n], title="Eleven escape from Ghweran prison", published="2021-07-06")
    return replace(tell(report, "escape", "broke out", day="2021-07-05", place=HASAKAH, facility="Ghweran prison", counts=[("escaped", 11)]), role=role)


def astray(n: int) -> Card:
    """A telling of something else that was put there by mistake."""
    report = make_report(f"Tunnel {n} led out of a camp near Raqqa, elders told an agency.", title="Tunnel under camp", published="2021-03-02")
    return replace(tell(report, "escape", "Tunnel", day="2021-03-01", place=RAQQA), role="main")


def pair_score(telling: Telling, other: Card) -> float:
    (known,) = tellings_of([other])
    return score_tellings(telling, known).score


def test_news_is_held_against_news_though_a_mention_looks_more_like_it() -> None:
    news, mention, lone = make_telling(told(0)), told(1, role="background"), astray(1)
    assert pair_score(news, mention) > pair_score(news, lone)
    fit = fit_incident(news, "i", [lone, mention])
    assert fit is not None and (fit.size, fit.score) == (1, pair_score(news, lone))


def test_a_mention_is_held_against_all_and_mentions_count_for_little() -> None:
    asked = make_telling(told(3), news=False)
    news, mention = replace(told(0), account=replace(told(0).account, where=None, involved=())), told(1, role="background")
    cards = [news, mention, astray(1)]
    fit = fit_incident(asked, "i", cards)
    by_news, by_mention = (pair_score(asked, card) for card in (news, mention))
    assert fit is not None and fit.size == 3 and by_news != by_mention
    assert abs(fit.score - by_news) < abs(fit.score - by_mention)


def test_one_badly_read_member_keeps_nobody_out() -> None:
    news = make_telling(told(0))
    fit = fit_incident(news, "i", [told(1), astray(1)])
    assert fit is not None and (fit.size, fit.score) == (2, pair_score(news, told(1)))


def test_one_lucky_pair_joins_nothing_large() -> None:
    news = make_telling(told(0))
    fit = fit_incident(news, "i", [told(1), *(astray(n) for n in range(6))])
    assert fit is not None and fit.best.score > 0.9 > 3 * fit.score


def test_an_incident_that_only_mentions_tell_of_fits_news_less_well() -> None:
    news = make_telling(told(0))
    known, only_mentioned = (fit_incident(news, "i", [told(1, role=role)]) for role in ("main", "background"))  # type: ignore[arg-type]
    assert known is not None and only_mentioned is not None and only_mentioned.score < 0.5 * known.score


def test_what_the_report_itself_says_there_does_not_count() -> None:
    assert fit_incident(make_telling(told(0)), "i", [told(0)]) is None


def test_the_best_fit_comes_first_and_of_equal_ones_the_better_told() -> None:
    one = told(1)
    same_words = replace(one, anchor=replace(one.anchor, report_sha256="f" * 64), account=replace(one.account, id="a-other"))
    candidates = [("i-astray", (astray(1),)), ("i-once", (one,)), ("i-twice", (one, same_words))]
    assert [fit.incident for fit in rank_incidents(make_telling(told(0)), candidates)] == ["i-twice", "i-once", "i-astray"]
