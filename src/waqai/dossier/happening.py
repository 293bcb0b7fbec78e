"""What happened, in sentences made from one record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from waqai.bounds import ClearedAccount
from waqai.core import Figure, Where
from waqai.dossier.phrases import CUSTODY, LEADING, NOT_DONE, STANCES, VERBS, name_country, name_day, name_type, name_when, with_article, with_definite
from waqai.dossier.sentences import Piece, Sentence, Source, Value, capital, join, say
from waqai.dossier.telling import FEW, NAMELESS, Telling, number_of

DONE = ("occurred", "ongoing")
MOST_NAMES = 3
_BELONGING = ("escaped", "released", "recaptured", "transferred", "detained")
_ANNOUNCED = "announcement_date_as_proxy"


def tell_happening(telling: Telling) -> Sentence:
    """One sentence: how many, what, where, when."""
    figures = find_totals(telling)
    verb = VERBS.get(figures[0].measure) if figures else None
    if telling.incident.status in DONE and verb is not None:
        alone = len(figures) == 1 and figures[0].best == 1
        start: list[Piece] = [
            *_counted(telling, figures),
            " ",
            verb[0] if alone else verb[1],
            *_at_site(telling, "from" if figures[0].measure == "escaped" else "at"),
        ]
    else:
        start = _named(telling, figures)
    place, when = where_of(telling), when_of(telling)
    proxy = [" (the day of the announcement)"] if when and telling.incident.when is not None and telling.incident.when.basis == _ANNOUNCED else []
    differing = [", by differing accounts"] if len(_numbers(figures)) > 1 else []
    apart = [","] if place and len(start) > 3 and start[-1] != "" and isinstance(start[-1], Value) else []
    return say(capital(start), apart, place, [","] if place and when else [], when, proxy, differing, ".")


def iter_details(telling: Telling) -> Iterator[Sentence]:
    """Who held them, who did it, where they are said to be headed, what kind of day is told."""
    if telling.record.family in CUSTODY and (held := telling.involved("custodian")):
        several = [[telling.name(one, account, with_definite(one.name))] for one, account in held[:MOST_NAMES]]
        yield say("They were held by ", join(several, last=" or "), ", by differing accounts." if len(several) > 1 else ".")
    if doers := telling.involved("initiator"):
        yield say(capital(join([[telling.name(one, account)] for one, account in doers[:MOST_NAMES]])), " " + _is_named(len(doers)), " as who did it.")
    for one, account in telling.involved("destination")[:1]:
        yield say(capital([telling.name(one, account)]), f" is named as the {f'{one.modality} ' if one.modality else ''}destination.")


def tell_sayers(telling: Telling) -> Sentence:
    """Who says so, printed by whom: the speakers of the accounts with their publishers."""
    voices: dict[str, list[Piece]] = {}
    own = [account for account in telling.accounts if account.type == telling.incident.type]
    for account in [one for one in own if one.role != "background"] or own:
        said = telling.claims.get(account.said_by or "")
        voices.setdefault(f"{said.speaker if said else ''}/{account.report.id}", _voice(telling, account))
    listed = list(voices.values())
    if not listed:
        return say("No account is left that tells of it.")
    if len(listed) == 1:
        return say("So says ", inside(listed[0]), ".")
    more = len(listed) > MOST_NAMES
    named = join([inside(one) for one in listed[:MOST_NAMES]], between="; ", last="; " if more else " and ")
    return say("It is told by ", named, _counted_rest(telling, len(listed)) if more else "", ".")


def _counted_rest(telling: Telling, voices: int) -> list[Piece]:
    told = Source(
        record=telling.incident.id, worked_out=f"Counted: {voices} tellings by a speaker in a report; {voices} less {MOST_NAMES} is {voices - MOST_NAMES}."
    )
    return ["; and ", Value(text=str(voices - MOST_NAMES), sources=(told,)), " more, listed below"]


def _voice(telling: Telling, account: ClearedAccount) -> list[Piece]:
    """ "the Observatory (in the Daily, 8 March 2021)"; in a report's own voice, the publisher alone."""
    said, report = telling.claims.get(account.said_by or ""), account.report
    source = telling.source_of(account)
    printed = [report.publisher or "a publisher that is not given", *([name_day(report.published)] if report.published else [])]
    if said is None or said.speaker.casefold() in NAMELESS:
        day = f" ({printed[1]})" if len(printed) > 1 else ""
        return [Value(text=printed[0] + day, sources=(source,))]
    if printed[0].casefold() in said.speaker.casefold():
        return [Value(text=said.speaker, sources=(source,))]
    return [Value(text=said.speaker, sources=(source,)), " (in ", Value(text=", ".join(printed), sources=(source,)), ")"]


def tell_support(telling: Telling) -> Sentence:
    """Status, and grade with its derivation."""
    incident = telling.incident
    derived = Source(record=incident.id, worked_out=f"Grade {incident.grade}, derived by the codebook's ladder: {incident.grade_because}.")
    status, grade = incident.status.replace("_", " "), Value(text=incident.grade, sources=(derived,), strong=True)
    return say(f"Status: {status}; grade: ", grade, " (", Value(text=incident.grade_because, sources=(derived,)), ").")


def find_totals(telling: Telling) -> list[Figure]:
    """Of what the type is counted by first, each report's largest figure that counts, from low to high; empty where nothing of it is told."""
    counting = [figure for figure, standing in telling.standing.items() if standing == "counts" and figure.unit is None]
    main = [figure for figure in counting if (account := telling.account_of(figure)) is None or account.type == telling.incident.type]
    measures = [figure.measure for figure in main]
    if not measures:
        return []
    leading = LEADING.get(telling.record.family, ())
    chosen = next((measure for measure in leading if measure in measures), max(dict.fromkeys(measures), key=measures.count))
    if any(figure.measure == chosen and figure.best is not None for figure in main):
        main = [figure for figure in main if figure.best is not None]
    largest: dict[str, Figure] = {}
    for figure in (one for one in main if one.measure == chosen):
        if figure.report not in largest or _size(figure) > _size(largest[figure.report]):
            largest[figure.report] = figure
    return sorted(largest.values(), key=lambda f: (_size(f), f.report))


def _size(figure: Figure) -> float:
    return figure.best if figure.best is not None else figure.low


def _numbers(figures: list[Figure]) -> list[str]:
    return list(dict.fromkeys(number_of(figure).removeprefix("at least ") for figure in figures))


def _counted(telling: Telling, figures: list[Figure]) -> list[Piece]:
    """ "12 prisoners of several nations, said to belong to the movement"."""
    first, last = figures[0], figures[-1]
    groups = [figure.of_whom or "people" for figure in figures]
    whom = _whom(telling, max(figures, key=lambda figure: groups.count(figure.of_whom or "people")))
    belonging = _belonging(telling) if first.measure in _BELONGING else []
    if first.best is None and first.expr != FEW:
        vague = max(figures, key=lambda figure: len(figure.expr))
        return [Value(text=f"“{' '.join(vague.expr.split())}”", sources=telling.sources_of(vague), strong=True), *belonging]
    if len(_numbers(figures)) == 1:
        agreed = tuple(source for figure in figures[:3] for source in telling.sources_of(figure))
        number: list[Piece] = [Value(text=number_of(first), sources=agreed, strong=True)]
    else:
        number = ["between ", Value(text=number_of(first), sources=telling.sources_of(first), strong=True), " and "]
        number += [Value(text=number_of(last).removeprefix("at least "), sources=telling.sources_of(last), strong=True)]
    return [*number, " ", *whom, *belonging]


def _belonging(telling: Telling) -> list[Piece]:
    return next(([", said to belong to ", telling.name(one, account), ","] for one, account in telling.involved("affiliation")), [])


def _whom(telling: Telling, figure: Figure) -> list[Piece]:
    """Those who are counted, as fully as the account that counts them names them."""
    account = telling.account_of(figure)
    counted = figure.of_whom if figure.of_whom and figure.expr != FEW else "people"
    if account is None or counted == "people":
        return [counted if counted == "people" else Value(text=counted, sources=telling.sources_of(figure))]
    fuller = [one for one in account.involved if one.role in ("person_held", "victim") and one.name.casefold().startswith(counted.casefold())]
    return [telling.name(fuller[0], account) if fuller else Value(text=counted, sources=telling.sources_of(figure))]


def _named(telling: Telling, figures: list[Figure]) -> list[Piece]:
    """The type as the subject of the sentence: "a meeting is reported", "aid of 148,700,000 USD was pledged"."""
    incident = telling.incident
    amounts = [figure for figure, standing in telling.standing.items() if figure.unit is not None and standing == "counts"]
    of: list[Piece] = [" of ", telling.counted(amounts[0]), f" {amounts[0].unit}"] if amounts else []
    if figures and incident.status not in DONE:
        of = [" of ", telling.counted(figures[0]), " ", *_whom(telling, figures[0])]
    verb = NOT_DONE.get(incident.status, "is reported")
    parties = telling.involved("participant") if incident.type in ("meeting", "agreement", "prisoner_exchange") else []
    of += [" of ", *join([[telling.name(one, account, with_definite(one.name))] for one, account in parties[:MOST_NAMES]])] if parties else []
    return [name_type(incident.type), *of, " ", verb, *_at_site(telling, "at"), *_for_whom(telling)]


def _for_whom(telling: Telling) -> list[Piece]:
    if telling.incident.type != "aid" or not (given := telling.involved("beneficiary")):
        return []
    return [" for ", *join([[telling.name(one, account)] for one, account in given[:MOST_NAMES]])]


def _at_site(telling: Telling, preposition: str) -> list[Piece]:
    """The site, where one is told."""
    if telling.record.family not in CUSTODY or not (sites := telling.involved("facility")):
        return []
    one, account = max(sites[:MOST_NAMES], key=lambda pair: len(pair[0].name) if pair[1] is sites[0][1] else 0)
    return [f" {preposition} ", telling.name(one, account, with_article(_without_place(one.name, telling.incident.where)))]


def _without_place(name: str, where: Where | None) -> str:
    """The site's name without the place, or the beginning of it, that is told behind it anyway."""
    site, found, tail = name.rpartition(" in ")
    return site if found and where is not None and where.name.casefold().startswith(tail.casefold()) else name


def where_of(telling: Telling) -> list[Piece]:
    """ " near Tel Salam, Al-Hasakah, Syria"; nothing where no place is told."""
    where = telling.incident.where
    if where is None:
        return []
    account = next((one for one in telling.accounts if one.where is not None and one.where.name == where.name), None)
    words = account.where_words if account is not None else None
    source = telling.source_of(account, words) if account is not None else Source(record=telling.incident.id, worked_out="The incident's place.")
    article = "the " if where.name.startswith(("Kingdom of", "Republic of", "United ")) else ""
    return [f" {_preposition(where)} {article}", Value(text=", ".join(_parts(where)), sources=(source,))]


def _preposition(where: Where) -> str:
    return "near" if where.precision.startswith("P2") else "in"


def _parts(where: Where) -> list[str]:
    """Name, area and country, each that says more than the one before."""
    country = name_country(where.country) if where.country else None
    name = country if where.country and where.name == where.country and country else where.name
    parts = [name, *(part for part in (where.admin1, country) if part)]
    folded = [part.casefold() for part in parts]
    return [part for n, part in enumerate(parts) if folded[n] not in folded[:n] and not (n and part == country and folded[n] in folded[0])]


def when_of(telling: Telling) -> list[Piece]:
    """ " on 18 June 2023"; nothing where no day is told."""
    when = telling.incident.when
    if when is None:
        return []
    account = next((one for one in telling.accounts if one.when is not None and (one.when.earliest, one.when.latest) == (when.earliest, when.latest)), None)
    source = telling.source_of(account, account.when_words) if account is not None else Source(record=telling.incident.id, worked_out="The incident's days.")
    first, _, rest = name_when(when).partition(" ")
    return [f" {first} ", Value(text=rest, sources=(source,))]


def tell_attributed(telling: Telling) -> list[Piece]:
    """ ", as the governor revealed"; nothing where the report tells it in its own voice."""
    for account in telling.accounts:
        said = telling.claims.get(account.said_by or "")
        if said is not None and said.speaker.casefold() not in NAMELESS and account.type == telling.incident.type:
            return [", as ", Value(text=said.speaker, sources=(telling.source_of(account),)), f" {STANCES.get(said.stance, 'said')}"]
    return []


def inside(pieces: list[Piece]) -> list[Piece]:
    """A name as it stands inside a sentence: its article without a capital."""
    first = pieces[0]
    if isinstance(first, Value) and first.text.startswith("The "):
        return [replace(first, text=f"the {first.text[4:]}"), *pieces[1:]]
    return pieces


def _is_named(several: int) -> str:
    return "are named" if several > 1 else "is named"
