"""The words that introduce what somebody says, and what may follow each of them.

The codebook says which stance a cue has; this module says how a cue governs its content, which is grammar and not coding. A cue that only the codebook
knows governs clauses, like "say".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

StanceOfCue: TypeAlias = Callable[[str], str | None]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# "said (that) the jail fell"; "the jail fell, he said"; quotations
CLAUSE = _words(
    "say tell write report announce declare state document record add continue note remark observe mention recall testify reply respond answer tweet post"
    " comment explain argue claim assert maintain insist contend boast allege charge confirm verify acknowledge admit concede reveal disclose warn caution"
    " fear predict forecast expect anticipate pledge promise vow swear threaten urge demand propose recommend stress emphasize emphasise underline underscore"
    " highlight denounce lament regret deny suspect believe think estimate suggest indicate conclude show inform narrate recount learn reiterate affirm"
    " reaffirm complain hold hope doubt find assure reckon assess judge precise specify detail clarify confess point quote read advise relate"
    " request ask decide order worry speculate consider count hint signal foresee counter stipulate retort quip assume agree hear"
)
# may come after what they introduce: "..., he said"
TRAILING = _words(
    "say tell write report announce declare state document add continue note remark observe recall testify reply tweet post explain argue claim assert maintain"
    " insist contend boast allege charge confirm acknowledge admit concede reveal disclose warn caution fear predict pledge promise vow swear threaten urge"
    " demand stress emphasize emphasise underline denounce lament regret suspect believe think estimate suggest indicate conclude inform narrate recount learn"
    " reiterate affirm reaffirm complain assure reckon judge precise specify point relate worry hint go describe assess stipulate quip retort show agree"
)
# "confirmed the break", "condemned the attack"
NOUN = _words(
    "announce document record mention confirm verify acknowledge admit reveal disclose predict forecast expect pledge promise demand propose recommend stress"
    " emphasize emphasise underline underscore condemn denounce criticize criticise deplore slam praise welcome lament regret hail mock deny reject refute"
    " question doubt accuse suspect blame report threaten decry applaud endorse dispute contradict fear count allege request attribute describe thank suspect"
    " deny voice claim"
)
# "urged Egypt to abolish", "pledged to bring back", "accused the army of": the object belongs to the content
FIGURE = _words("put give count estimate")
WITH_OBJECT = _words("urge ask call expect accuse blame suspect press implore beg advise warn order request threaten attribute describe believe")
INFINITIVE = _words(
    "urge pledge promise vow swear threaten demand ask claim refuse decline offer call request press implore beg expect undertake advise hope order direct deny"
)
# prepositions that lead to the content: "spoke of", "warned of", "appealed for", "called on"
PREPOSITIONS: Mapping[str, frozenset[str]] = {
    "speak": _words("of"), "warn": _words("of against about"), "appeal": _words("for to"), "call": _words("for on upon"), "ask": _words("for"),
    "point": _words("to"), "tell": _words("of about"), "hope": _words("for"), "complain": _words("of about"), "press": _words("for"), "boast": _words("of"),
    "write": _words("of"), "inform": _words("of about"), "notify": _words("of about"),
}  # fmt: skip
# the object is whom one tells, not what one says
ADDRESSED = _words("tell inform assure remind notify brief warn")
# what a blast claims is no speech
NO_SPEECH_OBJECT = re.compile(r"\b(?:li[fv]es?|victims?|toll|casualt|title|prize|asylum|bus|compensation)\b", re.IGNORECASE)
# what an armed group claims as its own
CLAIMED_ACT = re.compile(r"\b(?:responsib\w+|attacks?|raid|assault|bombing|killing|ambush|operation|blast|explosion|them|it|three)\b", re.IGNORECASE)

# impersonal: "is expected to", "are believed to be", "was reported"
RAISED = _words(
    "expect believe think report say know fear suspect allege accuse suppose presume understand rumour charge describe estimate see claim assume reveal"
    " announce likely"
)
HEDGES: Mapping[str, str] = {"reportedly": "alleges", "allegedly": "alleges", "purportedly": "alleges"}
# "Unofficially 40 were gone", at the start of a sentence: whose word it is, though nobody is named
UNNAMED: Mapping[str, str] = {"unofficially": "unofficial sources", "officially": "official sources"}
# "citing X", "quoting X": the object speaks
CITING = _words("cite quote invoke")
# "there were reports that", "confirmation that"
REPORT_NOUNS: Mapping[str, str] = {
    "report": "reports", "news": "reports", "rumour": "alleges", "rumor": "alleges", "allegation": "alleges", "accusation": "alleges", "suspicion": "alleges",
    "claim": "claims", "assertion": "claims", "statement": "reports", "confirmation": "confirms", "admission": "confirms", "hope": "expects",
}  # fmt: skip
ACCORDING = re.compile(
    r"\b(?:according\s+to|as\s+per|going\s+by|in\s+the\s+(?:words|account|view)\s+of|by\s+(?:the|an?)\s+(?:count|reckoning|tally|account|estimate|figures)\s+of"
    r"|as\s+(?:was\s+|were\s+)?(?:reported|released|stated|announced|confirmed|noted|described|documented|recorded|explained|revealed|told|claimed)\s+by)\b",
    re.IGNORECASE,
)
PERSON_NOUNS = _words(
    "activist administrator ambassador analyst attorney author bishop boy brigadier brother candidate captain chairman chairwoman chief colonel "
    "commander commissioner coordinator correspondent counsel cousin deputy detainee diplomat director doctor driver elder envoy expert farmer "
    "father fighter general girl governor head imam informant inspector journalist judge king lawmaker lawyer leader lieutenant major man marshal "
    "mayor member minister mother mp nurse officer official pastor politician premier president priest prince prisoner professor prosecutor "
    "protester relative reporter representative researcher resident scholar secretary senator sergeant sheriff soldier source speaker spokesman "
    "spokesperson spokeswoman superintendent survivor teacher trader villager wife witness woman worker writer "
)
BODY_NOUNS = _words(
    "administration agency announcement army association authority body broadcaster bureau cell center centre channel coalition command "
    "commission committee communique company council court daily department embassy faction federation force foundation government group "
    "institute journal junta magazine media military militia ministry monitor movement network newspaper ngo observatory office organisation "
    "organization outlet paper party police post release report service site statement station study tracker union unit watchdog website "
)
NUMBER_NOUNS = _words("number toll figure total tally figures numbers")
# "gave a list: ...", "had a higher figure", "did the sums": verbs, and the objects by which they announce figures without telling one
ANNOUNCING: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("give", "present", "issue", "release", "provide"), _words("figure toll total tally count breakdown estimate list loss version")),
    "have": _words("figure toll total tally count estimate version"),
    "do": _words("sum"),
}  # fmt: skip
# "lists four inmates", "named 43 as the number of wounded"
LISTING = _words("list name register")
# "from X came another figure": what comes from whoever is named
COMING = _words("figure toll total tally count estimate number version claim report account word")
# "by the army's count", "by his own account"
RECKONINGS = _words("count reckoning tally account estimate calculation")

# Stances of cues that the codebook does not list; the codebook's word goes first.
EXTRA_STANCES: Mapping[str, str] = {
    lemma: stance
    for stance, lemmas in (
        (
            "reports",
            "inform narrate recount learn reiterate specify detail clarify speak count read underline underscore highlight assure precise put "
            "give reaffirm understand quip retort relate signal decide stipulate agree hear ",
        ),
        ("assesses", "estimate judge reckon hint see speculate assume"),
        ("claims", "hold"),
        ("confirms", "affirm confess"),
        ("alleges", "blame attribute complain suppose presume rumour"),
        ("evaluates", "lament decry hail thank criticise applaud mock"),
        ("warns", "worry voice"),
        ("expects", "hope foresee likely"),
        ("pledges", "vow swear undertake"),
        ("urges", "implore beg press request advise order direct emphasise"),
        ("denies", "dispute contradict counter"),
    )
    for lemma in lemmas.split()
}


# cues of the shipped codebook that we do not read: too rarely an utterance in news
_LEFT_OUT = _words(
    "know seem appear offer support defend plan intend prepare seek aim allocate commit want publish leak endorse refuse decline praise comment consider"
)
_KNOWN = _LEFT_OUT | CLAUSE | NOUN | FIGURE | WITH_OBJECT | INFINITIVE | CITING | frozenset(PREPOSITIONS)


def takes_clause(lemma: str) -> bool:
    """Whether a clause, a quotation or a "that" after this verb is its content; so it is for a cue that only the codebook knows.

    >>> takes_clause("say"), takes_clause("murmur"), takes_clause("condemn")
    (True, True, False)
    """
    return lemma in CLAUSE or lemma not in _KNOWN


def with_extras(lookup: StanceOfCue) -> StanceOfCue:
    """The codebook's stance of a cue, else ours.

    >>> with_extras({"say": "reports"}.get)("blame")
    'alleges'
    """
    return lambda lemma: lookup(lemma) or EXTRA_STANCES.get(lemma)
