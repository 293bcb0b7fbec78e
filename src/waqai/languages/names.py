"""Languages in English words, by their ISO 639-1 code, and codes that tell varieties of one language for it."""

from __future__ import annotations

NAMES = {
    **{"af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "as": "Assamese", "az": "Azerbaijani", "ba": "Bashkir", "be": "Belarusian", "bg": "Bulgarian"},
    **{"bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English"},
    **{"eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish"},
    **{"gl": "Galician", "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "ht": "Haitian Creole", "hu": "Hungarian"},
    **{"hy": "Armenian", "id": "Indonesian", "ig": "Igbo", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh"},
    **{"km": "Khmer", "kn": "Kannada", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian"},
    **{"mg": "Malagasy", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay", "mt": "Maltese", "my": "Burmese"},
    **{"ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "om": "Oromo", "or": "Odia", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese"},
    **{"ro": "Romanian", "ru": "Russian", "rw": "Kinyarwanda", "sd": "Sindhi", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali"},
    **{"sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai", "ti": "Tigrinya"},
    **{"tk": "Turkmen", "tl": "Tagalog", "tr": "Turkish", "tt": "Tatar", "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese"},
    **{"xh": "Xhosa", "yo": "Yoruba", "zh": "Chinese", "zu": "Zulu"},
}
VARIETIES = {
    "ary": "ar",
    "arz": "ar",
    "sdh": "ku",
    "ckb": "ku",
    "kmr": "ku",
    "uzs": "uz",
    "nn": "no",
    "nb": "no",
    "wuu": "zh",
    "yue": "zh",
    "pes": "fa",
    "prs": "fa",
}
"""Written alike by newsrooms, so that telling them apart tells a reader nothing."""


_LONG_CODES = """
af:afr am:amh ar:ara as:asm az:aze ba:bak be:bel bg:bul bn:ben bs:bos ca:cat cs:ces cs:cze cy:cym cy:wel da:dan de:deu de:ger el:ell el:gre en:eng eo:epo
es:spa et:est eu:eus eu:baq fa:fas fa:per fi:fin fr:fra fr:fre ga:gle gl:glg gu:guj ha:hau he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye hy:arm id:ind ig:ibo
is:isl is:ice it:ita ja:jpn ka:kat ka:geo kk:kaz km:khm kn:kan ko:kor ku:kur ky:kir la:lat lo:lao lt:lit lv:lav mg:mlg mk:mkd mk:mac ml:mal mn:mon mr:mar
ms:msa ms:may mt:mlt my:mya my:bur ne:nep nl:nld nl:dut no:nor no:nob no:nno om:orm or:ori pa:pan pl:pol ps:pus pt:por ro:ron ro:rum ru:rus rw:kin sd:snd
si:sin sk:slk sk:slo sl:slv so:som sq:sqi sq:alb sr:srp sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tl:fil tr:tur tt:tat ug:uig uk:ukr
ur:urd uz:uzb vi:vie xh:xho yo:yor zh:zho zh:chi zh:cmn zu:zul
"""
_LONG = {long: short for short, _, long in (pair.partition(":") for pair in _LONG_CODES.split())}
_WRITTEN = {**VARIETIES, **_LONG, **{name.lower(): code for code, name in NAMES.items()}}
"""What stands for a code: ISO 639-2 (both of its forms) and the English name, as feeds, PDFs and tables give them."""


def code_of(written: str | None) -> str | None:
    """The language of a tag as pages and files give it; None where it names none.

    >>> code_of("en-GB"), code_of("AR_EG"), code_of("arz"), code_of("eng"), code_of("Arabic"), code_of("und"), code_of(None)
    ('en', 'ar', 'ar', 'en', 'ar', None, None)
    """
    first = (written or "").replace("_", "-").split("-")[0].strip().lower()
    return None if first in ("", "und", "mul", "zxx") else _WRITTEN.get(first, first)


def name_of(code: str) -> str:
    """The language in English, or the code itself for one without a name here.

    >>> name_of("ar"), name_of("tlh")
    ('Arabic', "'tlh'")
    """
    return NAMES.get(code, repr(code))
