"""Who speaks: the fullest form in which the report names the speaker of each cue.

"he", "Naggar", "the researcher" and "SOHR" lead back to an earlier mention. The rules are few: a pronoun goes to the nearest fitting speaker, a bare surname
or acronym to the longest mention that holds it, "the official" to the nearest speaker who can be one. What fits nobody stays as it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from waqai.attribution.cues import BODY_NOUNS, PERSON_NOUNS, UNNAMED
from waqai.attribution.layout import Layout
from waqai.attribution.mentions import Mention, antecedent_of, last_name, mention_of, proper_words, squeeze, word_set

UNATTRIBUTED = "unattributed"
_HE = frozenset(("he", "she", "his", "her", "him", "i"))
_THEY = frozenset(("they", "them", "their", "we", "both"))
_IT = frozenset(("it", "its"))
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_ARTICLES = frozenset(("the", "this", "that", "these", "those", "same", "latter", "former"))
_JOINERS = frozenset(("after", "and", "but", "when", "while", "that", "as", ";", "before", "which"))
_PAPERS = frozenset(["statement", "communique", "release", "announcement", "message", "post"])
_REPORTS = frozenset(["report", "study", "survey", "tally"])
_ACCOUNTS = frozenset(["list", "count", "tally", "figure", "estimate", "account", "reckoning", "version"])
_INQUIRIES = frozenset(["investigation", "inquiry"])
_INTRODUCED = re.compile(r"((?:[A-Z][\w'.-]*\s+)(?:(?:(?:for|of|and|in|the|to|on|de|la|al)\s+)*[A-Z][\w'.-]*\s+)*)\(([A-Z][\w.-]{1,14})\)")
_SENTENCE_END = re.compile(r"(?<=[a-z]{4}\.)\s+")  # not behind "U.S." or "Col."
_ANY_BODY = frozenset(["group", "organisation", "organization", "agency", "body", "network", "monitor", "watchdog"])


@dataclass(slots=True)
class Cast:
    """The speakers of one report, in the order in which they come on; grows as claims are read."""

    doc: Doc
    layout: Layout
    named: tuple[Mention, ...]
    acronyms: dict[str, str]
    spoken: list[tuple[int, Mention, str]] = field(default_factory=list)

    def resolve(self, head: Token) -> tuple[tuple[int, int], str]:
        """Token bounds of the words beside the cue, and the speaker's fullest name. Remembers who spoke."""
        mention = mention_of(head)
        name = self._name_of(head, mention)
        low = head.lower_
        if low in _RELATIVE:
            mention = Mention(mention.head, (head.i, head.i + 1), (head.i, head.i + 1), mention.kind, mention.name, mention.words)
        if name != UNATTRIBUTED:
            kind = mention.kind
            if low in _HE | _IT:
                kind = "person" if low in _HE else "body"
            self.spoken.append((head.i, Mention(mention.head, mention.span, mention.full, kind, name, word_set(name)), name))
        return mention.span, name

    def describe(self, name: str) -> str:
        """The name with what a relative clause says of its bearer: "Ibrahim Tanko who studies armed movements"."""
        return " ".join([name, *(clause for m in self.named if m.name == name and (clause := _relative_clause(self.doc[m.head])))])

    def _name_of(self, head: Token, mention: Mention) -> str:
        low = head.lower_
        if low in UNNAMED:
            return UNNAMED[low]
        if low in _RELATIVE:
            antecedent = antecedent_of(head)
            return self._name_of(antecedent, mention_of(antecedent)) if antecedent is not None else UNATTRIBUTED
        if low in _HE | _THEY | _IT:
            return self._pronoun(head)
        if head.pos_ == "PRON":
            return mention.name
        if head.lemma_.lower() in _PAPERS and (issuer := self._issuer(head)) is not None:
            return issuer
        if (
            head.lemma_.lower() in _REPORTS
            and head.tag_ == "NN"
            and (owner := _owner_of(head)) is not None
            and owner.pos_ == "PROPN"
            and owner.dep_ != "compound"
        ):
            return self._name_of(owner, mention_of(owner)).removesuffix("'s")
        if (anaphor := self._anaphor(head, mention)) is not None:
            return anaphor
        if head.lemma_.lower() in _ACCOUNTS and (teller := self._teller_meant(head)) is not None:
            return teller
        if head.lemma_.lower() == "source" and (whose := self._owner_meant(head)) is not None:
            return f"{whose} sources"
        return self._fullest(mention)

    def _teller_meant(self, account: Token) -> str | None:
        """Whose list "their list" is, None where no pronoun says so or nobody fits."""
        owner = next((c for c in account.children if c.dep_ == "poss" and c.pos_ == "PRON"), None)
        name = self._pronoun(owner) if owner is not None else None
        return None if owner is None or name == owner.text else name

    def _owner_meant(self, head: Token) -> str | None:
        """Whose sources "its sources" are, None where no pronoun says so or nobody fits."""
        owner = next((c for c in head.children if c.dep_ == "poss" and c.lower_ in ("its", "their")), None)
        name = self._pronoun(owner) if owner is not None else None
        return None if owner is None or name is None or name == owner.text else re.sub(r"^(?:the|The)\s+", "", name)

    def _pronoun(self, head: Token) -> str:
        """The nearest fitting speaker; somebody who has not spoken only as the subject of a near sentence."""
        low = head.lower_
        kinds = ("person",) if low in _HE else ("many", "body", "") if low in _THEY else ("body", "")
        here = self.layout.starts[head.i]
        joined = head.i > here and self.doc[head.i - 1].lower_ in _JOINERS
        reach = head.i if joined else here
        best, best_score = head.text, -9.0
        for i, m, name in self.spoken:
            kind = "" if low in _IT and "source" in m.words else m.kind  # which may be a person or a body
            if i < head.i and kind in kinds:
                score = -float(self._sentences_between(i, here)) - 0.4 * kinds.index(kind) + 0.001 * i / len(self.doc)
                if score > best_score:
                    best, best_score = name, score
        for m in self.named:
            if m.head < reach and m.kind in kinds and m.kind and self._is_prominent(m):
                score = -float(self._sentences_between(m.head, here)) - 1.2 - 0.4 * kinds.index(m.kind)
                if score > best_score:
                    best, best_score = self._fullest(m), score
        return best

    def _is_prominent(self, mention: Mention) -> bool:
        """Subjects outside quotations, and whoever is introduced by a preposition of speech, can be taken up by a pronoun."""
        token = self.doc[mention.head]
        if token.dep_ == "appos" and token.ent_type_ == token.head.ent_type_ == "GPE":
            return False  # "Raqqa, Syria"
        return token.dep_ in ("nsubj", "nsubjpass", "appos", "ROOT") and self.layout.quote_at(mention.head) is None

    def _sentences_between(self, index: int, start: int) -> int:
        count, i = 0, start
        while i > index and i > 0:
            i = self.layout.starts[i - 1]
            count += 1
        return count

    def _anaphor(self, head: Token, mention: Mention) -> str | None:
        """Whom "the official", "the group" or "the statement" means, or None when the phrase introduces somebody."""
        lemma = head.lemma_.lower()
        first = self.doc[mention.span[0]].lower_
        short = mention.span[1] - mention.span[0] <= 3
        if mention.full != mention.span or not short or first not in _ARTICLES or (head.pos_ == "PROPN" and lemma not in BODY_NOUNS | PERSON_NOUNS):
            return None
        if lemma in _PAPERS:
            return self._issuer(head) or next((n for i, _, n in reversed(self.spoken) if i < head.i), None)
        for i, m, n in reversed(self.spoken):
            if i < head.i and lemma in m.words:
                return n
        for m in reversed(self.named):
            if m.head < head.i and lemma in m.words and m.kind != "" and m.span[1] - m.span[0] > 1:
                return self._fullest(self._bearer(m))
        if mention.span[1] - mention.span[0] > 2 and first != "same":
            return self._last("body", head.i) if lemma in ("monitor", "watchdog") else None
        if lemma in PERSON_NOUNS and head.tag_ in ("NN", "NNP"):
            return self._last("person", head.i)
        if lemma in _ANY_BODY and (issuer := self._issuer_before(head.i)) is not None and self._last("body", head.i) is None:
            return issuer
        return (
            self._last("body", head.i)
            if lemma in BODY_NOUNS and lemma not in ("police", "army", "military", "government", "media", "report", "court", "authority")
            else None
        )

    def _titled(self, mention: Mention) -> str:
        """The name with the title before it that it is set behind by a comma: "the spokesman of the governor, Ada Bell"."""
        title = self.doc[mention.head].head
        behind = self.doc[mention.head].dep_ == "appos" and title.i < mention.head and title.lemma_.lower() in PERSON_NOUNS and title.tag_ in ("NN", "NNP")
        name = mention_of(title).name if behind and self.doc[mention.span[0] - 1].text == "," else mention.name
        return name if name.endswith(mention.name) else mention.name

    def _bearer(self, title: Mention) -> Mention:
        """The name that a title describes: "Ada Bell, governor of the province"; the mention itself where it stands alone."""
        described = self.doc[title.head].head
        return mention_of(described) if self.doc[title.head].dep_ == "appos" and described.pos_ == "PROPN" and described.ent_type_ == "PERSON" else title

    def _issuer(self, paper: Token) -> str | None:
        """Who put out a statement: "the SDF's statement", "a statement by the SDF", "the SDF put out a statement"."""
        owner = _owner_of(paper)
        return None if owner is None else self._name_of(owner, mention_of(owner)).removesuffix("'s")

    def _issuer_before(self, before: int) -> str | None:
        """Who put out the last report, statement or inquiry told of before: "an investigation by Open Cells"."""
        papers = (t for t in reversed(self.doc[:before]) if t.lemma_.lower() in _PAPERS | _REPORTS | _INQUIRIES)
        owners = (owner for t in papers if (owner := _owner_of(t)) is not None and owner.pos_ == "PROPN")
        return next((self._name_of(owner, mention_of(owner)).removesuffix("'s") for owner in owners), None)

    def _last(self, kind: str, before: int) -> str | None:
        return next((n for i, m, n in reversed(self.spoken) if i < before and m.kind == kind), None)

    def _fullest(self, mention: Mention) -> str:
        """The longest mention of the same name in the report, the mention itself when there is none."""
        bare = re.sub(r"^(?:the|The)\s+", "", mention.name)
        if bare in self.acronyms:
            return self.acronyms[bare]
        proper = proper_words(self.doc, mention)
        if not proper:
            return mention.name
        name = mention.name
        for other in self.named:
            theirs = proper_words(self.doc, other)
            same_head = last_name(self.doc, other) == last_name(self.doc, mention)
            if proper <= theirs and same_head and len(name) < len(titled := self._titled(other)) <= 140:
                name = titled
        for full in self.acronyms.values():
            if re.sub(r"^(?:the|The)\s+", "", name) == re.sub(r"\s*\([^)]*\)$", "", full):
                return full
        return name


def _owner_of(paper: Token) -> Token | None:
    owner = next((c for c in paper.children if c.dep_ in ("poss", "compound") and c.pos_ in ("PROPN", "NOUN", "PRON") and c.i != paper.i), None)
    for prep in [*paper.children, *(c for acl in paper.children if acl.dep_ == "acl" for c in acl.children)]:
        if owner is None and prep.dep_ in ("prep", "agent") and prep.lower_ in ("by", "of", "from"):
            owner = next((c for c in prep.children if c.dep_ == "pobj"), None)
    if owner is None:
        issued = (c for c in paper.children if c.dep_ in ("relcl", "acl") and c.tag_ in ("VBD", "VBZ", "VBP", "VBN"))
        owner = next((t for verb in issued for t in verb.children if t.dep_ == "nsubj" and t.pos_ == "PROPN"), None)  # "a statement that the army put out"
    if owner is None and paper.dep_ == "dobj":
        owner = next((c for c in paper.head.children if c.dep_ == "nsubj" and c.i < paper.i), None)
    return None if owner is None or owner.ent_type_ in ("DATE", "TIME") or owner.lower_ in _RELATIVE else owner


def _relative_clause(head: Token) -> str:
    return next((squeeze(head.doc[c.left_edge.i : c.right_edge.i + 1].text) for c in head.children if c.dep_ == "relcl" and c.left_edge.lower_ == "who"), "")


def cast_of(doc: Doc, layout: Layout) -> Cast:
    """Everybody in the report who has a name, before anybody has spoken."""
    mentions: list[Mention] = []
    for token in doc:
        if (token.pos_ == "PROPN" and token.dep_ not in ("compound", "nmod", "amod") and not token.is_punct) or (
            token.pos_ == "NOUN" and token.lemma_.lower() in PERSON_NOUNS | BODY_NOUNS and token.dep_ not in ("compound", "amod")
        ):
            mentions.append(mention_of(token))
    return Cast(doc, layout, tuple(mentions), _find_acronyms(layout.text))


def _find_acronyms(text: str) -> dict[str, str]:
    """Short form to "Full Name (SHORT)", where the report introduces it so. The name begins where its initials do, and no sentence ends in it.

    >>> _find_acronyms("the Syrian Observatory for Human Rights (SOHR) said")
    {'SOHR': 'Syrian Observatory for Human Rights (SOHR)'}
    >>> _find_acronyms("It is guarded by Kurds. Units of the Belo Defence Corps (BDC) said")
    {'BDC': 'Belo Defence Corps (BDC)'}
    """
    found: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        full, short = re.sub(r"^(?:The|In|On|A|But)\s+", "", squeeze(_SENTENCE_END.split(match[1])[-1])), match[2]
        if sum(c.isupper() for c in short) >= 2 or short[:2].lower() == full[:2].lower():
            found.setdefault(short, f"{_from_initials(full, short)} ({short})")
    return found


def _from_initials(full: str, short: str) -> str:
    """The end of a name whose capitals spell the short form, the whole name where none do.

    >>> _from_initials("Units of the Belo Defence Corps", "BDC"), _from_initials("Directorate of Belo", "DGS")
    ('Belo Defence Corps', 'Directorate of Belo')
    """
    words = full.split()
    ends = (words[i:] for i in range(len(words) - 1, -1, -1))
    spelt = ("".join(word[0] for word in end if word[0].isupper()) == short.upper() for end in ends)
    at = next((n for n, fits in enumerate(spelt, start=1) if fits), len(words))
    return " ".join(words[len(words) - at :])
