"""How well languages are told, in what time: ours, and other libraries where they are installed.

    python -m bench.languages [FILE…]

`TEXTS` are our own words: an escape, an attack and an arrest, 48 to 180 characters each. What must not be refused is English: the demo's reports, and the
texts of each FILE (.jsonl with a field "text") or folder of .json files. Times are processor times; memory is what the process grew by at its peak.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from waqai.core import Report, text_sha256
from waqai.flow import demo_corpus
from waqai.languages import look_at, recognise
from waqai.languages.recognise import classify

TEXTS: dict[str, tuple[str, ...]] = {
    "ar": (
        "هرب ثلاثة رجال من سجن البلدة ليلة الاثنين، وقالت الشرطة إن اثنين منهم أعيدا في الصباح. ولم يذكر أحد كيف فتحوا الباب.",
        "قالت إدارة المدينة إن الهجوم وقع قرب السوق القديم وأسفر عن إصابة ستة أشخاص.",
        "اعتقلت القوات أربعة مشتبه بهم في القرية يوم الخميس.",
    ),
    "fr": (
        "Trois hommes se sont évadés de la prison de la ville dans la nuit de lundi, a indiqué la police, qui en a repr"
        "is deux au matin. Personne ne sait comment la porte a été ouverte.",
        "Selon la préfecture, l'attaque près du vieux marché a fait six blessés, dont deux enfants.",
        "Quatre suspects ont été arrêtés jeudi dans le village.",
    ),
    "es": (
        "Tres hombres escaparon de la cárcel de la ciudad en la noche del lunes, dijo la policía, que detuvo a dos por "
        "la mañana. Nadie sabe cómo abrieron la puerta.",
        "Según el ayuntamiento, el ataque cerca del mercado viejo dejó seis heridos, entre ellos dos niños.",
        "Cuatro sospechosos fueron detenidos el jueves en el pueblo.",
    ),
    "ru": (
        "Трое мужчин сбежали из городской тюрьмы в ночь на понедельник, сообщила полиция; двоих поймали утром. Как открыли дверь, никто не знает.",
        "По данным администрации, при нападении у старого рынка ранены шесть человек, среди них двое детей.",
        "В четверг в деревне задержали четырёх подозреваемых.",
    ),
    "tr": (
        "Üç kişi pazartesi gecesi kentin cezaevinden kaçtı; polis ikisinin sabah yakalandığını söyledi. Kapının nasıl açıldığını kimse bilmiyor.",
        "Belediyeye göre eski çarşının yanındaki saldırıda ikisi çocuk altı kişi yaralandı.",
        "Perşembe günü köyde dört şüpheli gözaltına alındı.",
    ),
    "fa": (
        "سه مرد شب دوشنبه از زندان شهر گریختند و پلیس گفت دو نفرشان صبح دستگیر شدند. هیچ‌کس نمی‌داند در چگونه باز شد.",
        "به گفتهٔ شهرداری در حمله نزدیک بازار قدیمی شش نفر زخمی شدند که دو نفرشان کودک بودند.",
        "نیروها روز پنجشنبه چهار مظنون را در روستا بازداشت کردند.",
    ),
    "ku": (
        "Sê mêr şeva duşemê ji girtîgeha bajêr reviyan; polîs got ku du ji wan sibehê hatin girtin. Kes nizane derî çawa hat vekirin.",
        "Li gorî şaredariyê di êrîşa li nêzî bazara kevn de şeş kes birîndar bûn, du ji wan zarok in.",
        "Roja pêncşemê li gund çar kesên bi guman hatin girtin.",
    ),
    "uk": (
        "Троє чоловіків утекли з міської в'язниці в ніч на понеділок, повідомила поліція; двох спіймали вранці. Як відчинили двері, ніхто не знає.",
        "За даними мерії, під час нападу біля старого ринку поранено шістьох людей, серед них двоє дітей.",
        "У четвер у селі затримали чотирьох підозрюваних.",
    ),
    "de": (
        "Drei Männer sind in der Nacht zum Montag aus dem Gefängnis der Stadt geflohen, teilte die Polizei mit; zwei wu"
        "rden am Morgen gefasst. Niemand weiß, wie die Tür aufging.",
        "Nach Angaben der Stadt wurden bei dem Angriff am alten Markt sechs Menschen verletzt, darunter zwei Kinder.",
        "Am Donnerstag wurden im Dorf vier Verdächtige festgenommen.",
    ),
}


def _ours() -> Callable[[str], str | None]:
    return lambda text: classify(text)[0]


def _langdetect() -> Callable[[str], str | None]:
    library = import_module("langdetect")
    library.DetectorFactory.seed = 0
    detect: Callable[[str], str | None] = library.detect
    return detect


def _lingua() -> Callable[[str], str | None]:
    detector = import_module("lingua").LanguageDetectorBuilder.from_all_languages().build()

    def detect(text: str) -> str | None:
        found = detector.detect_language_of(text)
        return None if found is None else str(found.iso_code_639_1.name.lower())

    return detect


def _simplemma() -> Callable[[str], str | None]:
    library = import_module("simplemma")
    return lambda text: str(library.langdetect(text, lang=("de", "en", "es", "fa", "fr", "ru", "tr", "uk"))[0][0])


def compare() -> None:
    """By library: how many of the texts are told, what it takes to load and to tell one."""
    print("| library | right | CPU s to load | CPU ms a text | MB |\n|---|---|---|---|---|")
    ways = {"py3langid": _ours, "langdetect": _langdetect, "lingua": _lingua, "simplemma": _simplemma}
    for name, way in ways.items():
        if find_spec(name) is None:
            continue
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        tell = way()
        tell("Three men fled from the prison.")
        loaded, start = time.process_time() - start, time.process_time()
        told = [(language, tell(text)) for language, texts in TEXTS.items() for text in texts]
        took, grown = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        right = sum(language == found for language, found in told)
        print(f"| {name} | {right} of {len(told)} | {loaded:.1f} | {1000 * took / len(told):.1f} | {grown / 1024:,.0f} |")


def iter_english(paths: Sequence[str]) -> Iterator[Report]:
    """The demo's reports, then those of the paths."""
    with demo_corpus() as demo:
        files = [demo, *(file for path in map(Path, paths) for file in (sorted(path.rglob("*.json*")) if path.is_dir() else [path]))]
        for file in files:
            words = file.read_text("utf-8")
            rows = [json.loads(line) for line in words.splitlines() if line.strip()] if file.suffix == ".jsonl" else [json.loads(words)]
            for row in rows:
                if isinstance(row, dict) and isinstance(row.get("text"), str):
                    text = row["text"]
                    yield Report(id=str(row.get("id", file.stem)), text=text, sha256=text_sha256(text), language=row.get("language"))


def main(arguments: Sequence[str]) -> int:
    """The tables on standard output; 1 where an English report would be refused."""
    compare()
    reports = list(iter_english(arguments))
    start = time.process_time()
    told = Counter(found.language if (found := recognise(report.text)) else "not sure" for report in reports)
    took = time.process_time() - start
    looks = [look_at(report, reads=frozenset({"en"}), reader="learned") for report in reports]
    refused = sum(look.report is None for look in looks)
    changed = sum(look.report is not None and (look.report != report or bool(look.note)) for look, report in zip(looks, reports, strict=True))
    print(f"\n{len(reports)} English reports: {dict(told)}; {refused} refused, {changed} handed on otherwise; {1000 * took / len(reports):.1f} CPU ms each")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
