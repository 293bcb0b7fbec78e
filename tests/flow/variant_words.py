"""The words that variants of the twin are made of. Towns and bodies with an id are real; happenings, officials, experts and most monitors are invented."""

from __future__ import annotations

from typing import NamedTuple


class Town(NamedTuple):
    """A town with the words for what lies around it. `goals` are neighbouring lands, `groups` and `custodians` bodies that a report would name there."""

    name: str
    place_id: str
    country: str
    area: str
    area_full: str
    country_name: str
    goals: tuple[str, ...]
    groups: tuple[str, ...]
    custodians: tuple[str, ...]


SYRIA_RUN = (
    "the so-called civil police of the northern brigades under the Turkish army",
    "the military police of the Syrian National Army",
    "the Syrian Democratic Forces",
)
NIGERIA_RUN = ("the Nigerian Correctional Service", "the Joint Task Force of the Nigerian army")
LIBYA_RUN = ("the 3rd Brigade of the Libyan National Army", "the Stability Support Apparatus", "the Deterrence Apparatus")
AFGHAN_RUN = ("the intelligence directorate of the Taliban", "the Afghan National Police")
YEMEN_RUN = ("the Security Belt Forces", "the Houthis", "the Shabwa Defence Forces under the Southern Transitional Council")
TOWNS = (
    Town("Jarabulus", "geonames:169179", "SY", "Aleppo", "Aleppo Governorate", "Syria", ("Turkish territory",), ("ISIS",), SYRIA_RUN),
    Town("Manbij", "geonames:167357", "SY", "Aleppo", "Aleppo Governorate", "Syria", ("Turkish territory", "Iraqi territory"), ("ISIS",), SYRIA_RUN),
    Town("Al-Mayadin", "geonames:173480", "SY", "Deir ez-Zor", "Deir ez-Zor Governorate", "Syria", ("Iraqi territory",), ("ISIS",), SYRIA_RUN),
    Town("Tal Afar", "geonames:90393", "IQ", "Nineveh", "Nineveh Governorate", "Iraq", ("Syrian territory",), ("ISIS",), ("the Popular Mobilization Forces",)),
    Town("Samarra", "geonames:91597", "IQ", "Salah al-Din", "Salah al-Din Province", "Iraq", ("Syria",), ("ISIS",), ("the Iraqi Federal Police",)),
    Town("Bama", "geonames:2347954", "NG", "Borno", "Borno State", "Nigeria", ("Cameroonian territory", "Chad"), ("Boko Haram", "ISWAP"), NIGERIA_RUN),
    Town("Potiskum", "geonames:2324767", "NG", "Yobe", "Yobe State", "Nigeria", ("Niger",), ("Boko Haram",), NIGERIA_RUN),
    Town("Bani Walid", "geonames:2218840", "LY", "Misrata", "Misrata District", "Libya", ("Tunisian territory",), ("ISIS",), LIBYA_RUN),
    Town("Zliten", "geonames:2208485", "LY", "Misrata", "Misrata District", "Libya", ("Tunisia", "Algerian territory"), ("ISIS",), LIBYA_RUN),
    Town("Lashkar Gah", "geonames:1134720", "AF", "Helmand", "Helmand Province", "Afghanistan", ("Pakistani soil",), ("the Haqqani Network",), AFGHAN_RUN),
    Town("Ataq", "geonames:77726", "YE", "Shabwa", "Shabwa Governorate", "Yemen", ("Saudi territory", "Omani territory"), ("AQAP",), YEMEN_RUN),
    Town("Mukalla", "geonames:78754", "YE", "Hadramawt", "Hadramawt Governorate", "Yemen", ("Omani territory",), ("al-Qaeda",), YEMEN_RUN),
    Town("Niono", "geonames:2452655", "ML", "Segou", "Segou Region", "Mali", ("Mauritanian territory",), ("JNIM",), ("the Malian army",)),
    Town(
        "Bosaso", "geonames:64013", "SO", "Bari", "Bari Region", "Somalia", ("Ethiopian territory",), ("al-Shabaab",), ("the Puntland Maritime Police Force",)
    ),
    Town("Baidoa", "geonames:64536", "SO", "Bay", "Bay Region", "Somalia", ("Kenya", "Ethiopia"), ("al-Shabaab",), ("the South West State police",)),
    Town(
        "Butembo",
        "geonames:217562",
        "CD",
        "North Kivu",
        "North Kivu Province",
        "the Democratic Republic of the Congo",
        ("Ugandan territory",),
        ("the ADF",),
        ("the Congolese army",),
    ),
    Town(
        "Bannu",
        "geonames:1183460",
        "PK",
        "Khyber Pakhtunkhwa",
        "Khyber Pakhtunkhwa Province",
        "Pakistan",
        ("Afghan territory",),
        ("the TTP",),
        ("the Frontier Corps",),
    ),
    Town("Djibo", "geonames:2361177", "BF", "Soum", "Soum Province", "Burkina Faso", ("Malian territory",), ("JNIM",), ("the Burkinabe army",)),
)


class Monitor(NamedTuple):
    """Who announces: the words as printed, and those that the speaker's name must hold."""

    words: str
    name: str
    countries: frozenset[str] = frozenset()


def _only(*countries: str) -> frozenset[str]:
    return frozenset(countries)


MONITORS = (
    Monitor("the Syrian Observatory for Human Rights", "Syrian Observatory for Human Rights", _only("SY")),
    Monitor("the Syrian Network for Human Rights (SNHR)", "Syrian Network for Human Rights", _only("SY")),
    Monitor("the Kivu Security Tracker", "Kivu Security Tracker", _only("CD")),
    Monitor("the Lake Basin Incident Watch (LBIW)", "Lake Basin Incident Watch", _only("NG")),
    Monitor("the Helmand Prisons Observatory", "Helmand Prisons Observatory", _only("AF", "PK")),
    Monitor("the Aden Centre for Detention Studies", "Aden Centre for Detention Studies", _only("YE")),
    Monitor("the Libyan Detention Monitor", "Libyan Detention Monitor", _only("LY")),
    Monitor("the Horn Custody Project (HCP)", "Horn Custody Project", _only("SO")),
    Monitor("the Sahel Conflict Watch", "Sahel Conflict Watch", _only("ML", "BF")),
    Monitor("Human Rights Watch", "Human Rights Watch"),
    Monitor("Amnesty International", "Amnesty International"),
    Monitor("the Prisoners' Families Network", "Prisoners' Families Network"),
    Monitor("the Tishrin Monitor for Detainees' Rights", "Tishrin Monitor for Detainees' Rights"),
    Monitor("the Iraqi Commission for Prison Affairs", "Iraqi Commission for Prison Affairs", _only("IQ")),
    Monitor("the rights group Open Cells", "Open Cells"),
    Monitor("the Network of Detainees' Families (NDF)", "Network of Detainees' Families"),
    Monitor("Jail Watch International", "Jail Watch International"),
    Monitor("the monitoring group Prison Lens", "Prison Lens"),
    Monitor("the Centre for the Study of Captivity", "Centre for the Study of Captivity"),
    Monitor("the Euphrates Monitoring Group", "Euphrates Monitoring Group", _only("SY", "IQ")),
)


class Figure(NamedTuple):
    """A figure as printed, with low, high (None: open), best (None: vague) and kind."""

    words: str
    low: float
    high: float | None
    best: float | None
    kind: str


FIGURES = (
    Figure("25", 25, 25, 25, "exact"),
    Figure("14", 14, 14, 14, "exact"),
    Figure("seven", 7, 7, 7, "exact"),
    Figure("twenty-three", 23, 23, 23, "exact"),
    Figure("at least 17", 17, None, 17, "at_least"),
    Figure("at least nine", 9, None, 9, "at_least"),
    Figure("about 40", 36, 44, 40, "approx"),
    Figure("around 30", 27, 33, 30, "approx"),
    Figure("some 50", 45, 55, 50, "approx"),
    Figure("more than 60", 60, None, 60, "at_least"),
    Figure("dozens of", 24, 99, None, "vague"),
    Figure("several", 3, 9, None, "vague"),
    Figure("1,200", 1200, 1200, 1200, "exact"),
    Figure("118", 118, 118, 118, "exact"),
    Figure("nearly 100", 90, 100, 100, "approx"),
    Figure("up to 45", 0, 45, 45, "at_most"),
    Figure("hundreds of", 200, 999, None, "vague"),
    Figure("eleven", 11, 11, 11, "exact"),
    Figure("fifteen", 15, 15, 15, "exact"),
    Figure("over 200", 200, None, 200, "at_least"),
    Figure("no fewer than 12", 12, None, 12, "at_least"),
    Figure("as many as 80", 0, 80, 80, "at_most"),
    Figure("roughly 300", 270, 330, 300, "approx"),
    Figure("almost 70", 63, 70, 70, "approx"),
    Figure("a dozen", 12, 12, 12, "exact"),
    Figure("two dozen", 24, 24, 24, "exact"),
    Figure("between 20 and 30", 20, 30, None, "range"),
    Figure("a total of 31", 31, 31, 31, "exact"),
    Figure("a group of 19", 19, 19, 19, "exact"),
)
PEOPLE = (
    "prisoners of different nationalities",
    "detainees of several nationalities",
    "inmates",
    "foreign prisoners",
    "convicts",
    "detainees",
    "captives of various nationalities",
    "prisoners",
    "remand prisoners",
    "male inmates",
    "prisoners of war",
    "jihadist prisoners",
    "suspects",
)
BELONGING = (", all of whom belong to {group},", ", all of them members of {group},", ", all belonging to {group},", ", most of them {group} fighters,", "")


class Verb(NamedTuple):
    """A way to get out: past, participle, and the preposition before the prison."""

    past: str
    participle: str
    before: str


VERBS = (
    Verb("escaped", "escaped", "from"),
    Verb("fled", "fled", "from"),
    Verb("broke out", "broken out", "of"),
    Verb("got away", "got away", "from"),
    Verb("slipped out", "slipped out", "of"),
    Verb("tunnelled out", "tunnelled out", "of"),
    Verb("ran away", "run away", "from"),
    Verb("absconded", "absconded", "from"),
    Verb("got out", "got out", "of"),
    Verb("made their escape", "made their escape", "from"),
    Verb("dug their way out", "dug their way out", "of"),
    Verb("slipped away", "slipped away", "from"),
    Verb("managed to escape", "managed to escape", "from"),
    Verb("broke free", "broken free", "from"),
    Verb("sneaked out", "sneaked out", "of"),
    Verb("climbed out", "climbed out", "of"),
    Verb("crawled out", "crawled out", "of"),
    Verb("vanished", "vanished", "from"),
    Verb("tunneled out", "tunneled out", "of"),
    Verb("cut their way out", "cut their way out", "of"),
    Verb("bolted", "bolted", "from"),
    Verb("made off", "made off", "from"),
)
FACILITIES = (
    "prison",
    "jail",
    "detention centre",
    "military prison",
    "detention camp",
    "remand prison",
    "makeshift jail",
    "high-security prison",
    "penitentiary",
    "correctional facility",
    "detention facility",
    "internment camp",
    "women's prison",
    "maximum-security jail",
    "penal colony",
    "prison camp",
    "juvenile detention centre",
    "prison complex",
    "detention center",
)
NAMED_FACILITIES = (
    "{town} prison",
    "{town} central prison",
    "Al-Zahra prison in {town}",
    "the {town} detention centre",
    "Block Nine prison near {town}",
    "the notorious Black Gate prison in {town}",
    "{town} military prison",
    "Camp Seven prison near {town}",
    "Dar al-Salam jail in {town}",
)
CUSTODY = (
    "{this} is run by {custodian}",
    "{this} is controlled by {custodian}",
    "{this} belongs to {custodian}",
    "{this} is under the control of {custodian}",
    "{this} is affiliated with {custodian}",
    "{this} is guarded by {custodian}",
    "{this} is held by {custodian}",
    "{this} falls under the authority of {custodian}",
    "{this} is managed by {custodian}",
    "{this} has been operated since last year by {custodian}",
    "{this} is administered by {custodian}",
    "{this} is overseen by {custodian}",
    "{this} is in the hands of {custodian}",
    "{this} answers to {custodian}",
    "{this} is under the supervision of {custodian}",
    "{this} is secured by {custodian}",
    "{this} has long been controlled by {custodian}",
    "{this} lies under the authority of {custodian}",
    "{this} is subordinate to {custodian}",
)


class Goal(NamedTuple):
    """A sentence on where the escaped are expected to go, and who says so."""

    words: str
    speaker: str


GOALS = (
    Goal("local sources reported that the {fugitives} are expected to head into {goal} through the border crossing", "local sources"),
    Goal("residents said the {fugitives} were likely to make for {goal}", "residents"),
    Goal("a security source said that the {fugitives} are believed to be heading towards {goal}", "security source"),
    Goal("tribal sources expect the {fugitives} to cross into {goal}", "tribal sources"),
    Goal("local sources said the {fugitives} may try to reach {goal}", "local sources"),
    Goal("aid workers reported that the {fugitives} are expected to flee to {goal}", "aid workers"),
    Goal("a local journalist said the {fugitives} are thought to be on their way to {goal}", "local journalist"),
    Goal("the {fugitives} are expected to seek refuge in {goal}, local officials said", "local officials"),
    Goal("it is feared that the {fugitives} will slip into {goal}, a tribal elder said", "tribal elder"),
    Goal("a border guard said the {fugitives} could cross into {goal}", "border guard"),
    Goal("an intelligence officer predicted that the {fugitives} would seek refuge in {goal}", "intelligence officer"),
    Goal("villagers believe the {fugitives} will try to slip across the border into {goal}", "villagers"),
    Goal("according to residents, the {fugitives} are likely to head for {goal}", "residents"),
    Goal("local activists said the {fugitives} plan to enter {goal}", "local activists"),
)
FUGITIVES = ("terrorists", "fugitives", "escapees", "men", "runaways", "prisoners")
MEETINGS = (
    "It is worth recalling that the incident came some days after the meeting of the {ministers} of {body}, which was held in {host} on {day}.",
    "The escape came days after {ministers} of {body} met in {host} on {day}.",
    "It followed a meeting of {ministers} of {body} in {host} on {day}, at which the attendees stressed the need for better guarded prisons.",
    "On {day}, {ministers} of {body} held a meeting in {host}, and the participants called for better guarded prisons.",
    "It came a few days after a summit of {ministers} of {body} in {host} on {day}.",
    "A few days earlier, on {day}, {ministers} of {body} had met in {host}.",
    "On {day}, a meeting of {ministers} of {body} was held in {host}.",
    "The incident came a week after {ministers} of {body} gathered in {host} on {day}.",
    "A conference of {ministers} of {body} took place in {host} on {day}, at which the participants demanded better guarded prisons.",
    "It should be noted that {ministers} of {body} held talks in {host} on {day}, a few days before the escape.",
)
MINISTERS = ("foreign ministers", "Ministers", "interior ministers", "defence ministers")
BODIES = ("the International Coalition to Combat ISIS", "the African Union", "the Arab League", "the Lake Chad Basin Commission", "the Regional Security Forum")
HOSTS = (
    ("the Kingdom of Saudi Arabia", "SA"),
    ("Morocco", "MA"),
    ("Jordan", "JO"),
    ("Egypt", "EG"),
    ("Qatar", "QA"),
    ("Kenya", "KE"),
    ("France", "FR"),
    ("Algeria", "DZ"),
)


class Official(NamedTuple):
    """An invented official: words before "revealed", the pronoun for "his country", and the register's id of that country."""

    words: str
    possessive: str
    donor: str


OFFICIALS = (
    Official("US Secretary of State Daniel Harrow", "his", "state-us"),
    Official("German Development Minister Katrin Vollmer", "her", "state-de"),
    Official("French Foreign Minister Luc Fabre", "his", "state-fr"),
    Official("British Foreign Secretary Helen Marsh", "her", "state-gb"),
    Official("Kuwaiti Foreign Minister Saad al-Rashidi", "his", "state-kw"),
    Official("Qatari Prime Minister Hamad al-Sulaiti", "his", "state-qa"),
)


class Money(NamedTuple):
    """An amount as printed, with its value and its currency."""

    words: str
    value: float
    unit: str


AMOUNTS = (
    Money("$148.7 million", 148_700_000, "USD"),
    Money("$36.4 million", 36_400_000, "USD"),
    Money("20 million euros", 20_000_000, "EUR"),
    Money("US$30 million", 30_000_000, "USD"),
    Money("€15 million", 15_000_000, "EUR"),
    Money("£7.5 million", 7_500_000, "GBP"),
    Money("$2 billion", 2_000_000_000, "USD"),
)
AID = (
    "{official} also revealed that {their} country has allocated {amount} to help areas freed from the group rebuild their services.",
    "{official} announced that {their} country has pledged {amount} to help the areas that the group had held.",
    "{official} said {their} country had earmarked {amount} for the towns freed from the group.",
    "{official} disclosed that {their} country would provide {amount} to help liberated areas improve their living conditions.",
    "According to {official}, {their} country will give {amount} to towns freed from the group.",
    "{official} promised that {their} country would give {amount} to help people return to their homes.",
    "{official} said {their} country had set aside {amount} for the towns freed from the group.",
    "{official} added that {their} country is to contribute {amount} to the rebuilding of schools.",
    "{their_country} will donate {amount} to the towns freed from the group, {official} said.",
)
EXPERTS = (
    "Nabil El-Sherbini, a researcher specializing in armed groups",
    "Amina Farouk, an expert on prison systems",
    "Marek Dusek, a lecturer in security studies at the University of Brno",
    "Ibrahim Tanko, who studies armed movements",
    "Leila Haddad, an analyst at the Institute for Border Studies",
    "Yusuf Adan, a professor of criminology",
)
JUDGEMENTS = (
    "{expert}, explained that {group} now puts its weight on storming jails and freeing its men in order to rebuild its ranks",
    "{expert}, argued that one success encourages the group to try the same thing over and over",
    "{expert}, pointed out that a group that can hardly recruit relies on getting its own people out of prisons",
    "{expert}, believes that crowded prisons are the weakest point of its opponents",
    "{expert}, said that break-outs of this kind feed the propaganda of the group",
    "{expert}, thinks that the group will go on attacking prisons as long as it lacks men",
    "{expert}, noted that every escape lends new weight to the promise to free captives",
)
HABITS = (
    "Every now and then, a comparable incident occurs that betrays a plan drawn up step by step.",
    "Break-outs of this kind recur every few months, and each is meant to wear down the guards.",
    "The group regularly attacks prisons and frees captives wherever it can.",
    "Escapes of this kind have become a habit, and the guards are often too few to stop them.",
    "Whoever wants to understand the group must look at the prisons where its men are held.",
)
HEADLINES = (
    "Storming prisons and freeing militants: how {group} hopes to return",
    "Emptying the cells: {group} and its long war on prisons",
    "Why prisons remain the first target of {group}",
    "How {group} turns prisons into places of recruitment",
)
OPENINGS = (
    "Since international forces were able to expel {group} from its last strongholds in {year}, the group has been trying to come back.",
    "Ever since it lost most of its ground in {year}, {group} has looked for fresh men.",
    "The security vacuum that opened in {year} still serves {group} well.",
    "In {year}, few expected that {group} would find new men so soon.",
)
SUBHEADS = ("Rebuilding the ranks", "Lessons of the break", "A costly habit")
