"""200 made-up names of persons, from several naming cultures, and what of each must not come out."""

from __future__ import annotations

import re
from itertools import product

_GIVEN_FAMILY = {
    "Arabic": (["Ahmed", "Karim", "Abdul-Rahman", "Layla"], ["al-Juburi", "Haddad", "bin Nasser", "Abu Zaid", "al-Sheikh Omar"]),
    "Kurdish": (["Rojda", "Azad", "Şêrko", "Hêvî"], ["Barwari", "Zêbarî", "Şingalî", "Ferhad", "Xelîl"]),
    "Spanish": (["José Luis", "Marisol", "Íñigo", "Ximena"], ["Gutiérrez", "de la Torre", "Ñáñez Ortega", "Villaseñor", "y Pacheco"]),
    "English": (["Gareth", "Siobhan", "Tamsin", "Desmond"], ["O'Malley", "Smythe-Jones", "MacAllister", "Whitlock", "Fitzgerald"]),
    "French": (["Jean-Baptiste", "Élodie", "Thibault", "Maëlys"], ["Lefèvre", "d'Aubigny", "Du Plessis", "Saint-Clair", "Besançon"]),
    "Nigerian": (["Chukwuemeka", "Oluwaseun", "Ngozi", "Babatunde"], ["Okonkwo", "Adeyemi", "Eze", "Danjuma", "Ogunleye"]),
    "Chinese": (["Zhang", "Ouyang", "Zhou", "Xiao"], ["Weiming", "Xiulan", "Zhiqiang", "Meilin", "Guangrong"]),
}
ONE_WORD = ["Hossam", "Shirin", "Tunde", "Esperanza", "Guillaume", "Baran", "Xochitl", "Winifred", "Adaeze", "Mustafa"]
INITIALS = [
    "A. B. Karim",
    "J. R. Whitlock",
    "M. Haddad",
    "C. C. Okonkwo",
    "Ahmed S. Haddad",
    "K. al-Juburi",
    "L. M. Ortega",
    "T. Lefèvre",
    "Dr. Azad Barwari",
    "Mr. Eze",
]
CAPITALS = [
    "AHMED ALI",
    "KARIM HADDAD",
    "OMAR SALEH",
    "JOSE GUTIERREZ",
    "NGOZI EZE",
    "LAYLA NASSER",
    "ZHANG WEIMING",
    "AZAD BARWARI",
    "ALI HASSAN AHMED",
    "GARETH WHITLOCK",
]
TOWNS = ["Salam Aziz", "Karim Salam", "Wei Smith", "Aziz Haddad", "Smith Okonkwo", "Aziz", "Salam", "Santiago Ortega", "Jordan Whitlock", "Chad Fitzgerald"]
"""Each is, or holds, the name of a town, province or country of the gazetteer."""
WORDS = [
    "Grace Hope",
    "Sunday Okonkwo",
    "April Whitlock",
    "Mark Hunter",
    "Victor Stone",
    "Said Haddad",
    "Rose Gutiérrez",
    "Faith Adeyemi",
    "Blessing Eze",
    "May Baker",
]
"""Each holds a word that has another sense."""
LONG = [
    "Abd al-Karim Mahmud Hassan al-Tikriti",
    "María del Carmen Ruiz de la Fuente",
    "Umm Ahmed",
    "Abu Layla al-Muhajir",
    "Ludwig van der Meer",
    "Ould Sidi Baba",
    "Captain Azad Ferhad",
    "Sheikh Nasser al-Ubaydi",
    "Lawyer Layla Haddad",
    "Reverend Desmond Adeyemi",
]
NAMES = tuple(
    [f"{given} {family}" for givens, families in _GIVEN_FAMILY.values() for given, family in product(givens, families)]
    + ONE_WORD
    + INITIALS
    + CAPITALS
    + TOWNS
    + WORDS
    + LONG
)
_NO_NAMES = frozenset(["captain", "sheikh", "lawyer", "reverend", "jordan", "chad", "said"])
"""Titles, the verb "said", and two countries, which a headline may name beside a name that is withheld."""


def parts_of(name: str) -> frozenset[str]:
    """The parts of more than two letters, casefolded."""
    return frozenset(part for part in re.findall(r"[^\W\d_]+", name.casefold()) if len(part) > 2 and part not in _NO_NAMES)
