#!/usr/bin/env python3
"""Score predicted incident records against hand-coded reports (gold format 1).

    python3 score.py PRED_DIR GOLD_DIR [--ontology ontology.yaml] [--no-background] [--category custody] [--boot 500] [--json out.json]

PRED_DIR holds one JSON file per report, named and shaped as in GOLD_DIR; incidents may stand under `incidents` or `accounts` (read first). Any field may be
missing, and a missing file is an empty prediction. The ontology gives the roles and the families of the incident types.

How things are counted
  Pairing      Incidents are paired one to one within a report by an optimal assignment. A pair needs the same family and at least one sign that
               both speak of one happening: evidence spans that meet or lie in one sentence, date ranges that meet, or places that agree.
               A prediction with neither evidence, date nor place may pair on its family alone, with the lowest weight.
  Fields       Dates, places, actors and counts are true positives only on paired incidents; those of an unpaired incident are false or missed.
  incident_*   type: pairs with the same type; family: all pairs; untyped: pairing repeated without regard to type or family.
  date_*       exact: same range of days; overlap: the ranges share a day.
  place_*      25km, 50km: coordinates so near; a gold place without coordinates is not judged here. name: a shared word.
  actors       same role and same name, where a name matches on its head noun or proper name ("21 prisoners" ~ "prisoners", "SOHR" ~ its full form).
  counts       same measure and ranges that overlap; an open range must also start at the same number, give or take 10 %.
  claims       same speaker (fullest form or the form beside the cue) and content spans with intersection / union >= 0.5.
  about_links  a claim's link to an incident is right if the claims match and the linked incidents are paired.
  Accuracies   status and place precision on paired incidents, stance on matched claims; *_matched: of paired incidents whose gold has the value, those with
               the right one (a missing value is wrong).
  OVERALL      micro F1 over incident_type, date_overlap, country, place_50km, actors, counts and claims.
  Reports of category `hard_negative` hold no incident: predictions there are false positives and are also listed as false alarms; claims there
  are not scored. The interval is the 2.5..97.5 percentile when reports are drawn again with replacement.
"""
import argparse, bisect, glob, json, math, os, re, unicodedata
from collections import defaultdict
from datetime import date
import numpy as np
import yaml
from scipy.optimize import linear_sum_assignment

OVERALL = ["incident_type", "date_overlap", "country", "place_50km", "actors", "counts", "claims"]
SHOWN = ["incident_type", "incident_family", "incident_untyped", "date_exact", "date_overlap", "country", "place_25km", "place_50km", "place_name",
         "actors", "actors_any_role", "counts", "claims", "claims_any_speaker", "about_links", "OVERALL"]
ACCURACIES = {"status": "paired incidents", "place_precision": "paired incidents with two places", "stance": "matched claims",
              "date_overlap_matched": "paired incidents with a date", "country_matched": "paired incidents with a country",
              "place_25km_matched": "paired incidents with a point"}
PRONOUNS = {"he", "she", "it", "they", "we", "i", "him", "her", "them", "who", "his", "its", "their"}

# ------------------------------------------------------------------------------------------------ ontology
class Ontology:
    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            raw = yaml.safe_load(f)
        self.family_of = {t["id"]: t["family"] for t in raw["types"]}
        self.roles = list(raw["roles"])

    def family(self, type_):
        return self.family_of.get(type_, type_) if isinstance(type_, str) else None

# ------------------------------------------------------------------------------------------------ names
STOP = set("""the a an of in at from on by and some several suspected alleged unidentified unknown its his their our armed other another more than
least about around nearly most one""".split())
CUT = re.compile(r"\s+(?:of|from|in|at|on|who|whom|that|which|with|for|to|accused|arrested|held|suspected to|linked|working|near)\s", re.I)
PLURALS = {"men": "man", "women": "woman", "people": "person", "persons": "person", "children": "child"}

def variants(name):
    """The name without brackets, and each bracketed alias, without accents and quotes."""
    s = unicodedata.normalize("NFKD", str(name or "").replace("’", "'").replace("“", '"').replace("”", '"'))
    s = "".join(c for c in s if not unicodedata.combining(c))
    parts = [re.sub(r"\([^)]*\)", " ", s)] + re.findall(r"\(([^)]*)\)", s)
    return [p for p in (re.sub(r"\s+", " ", p).strip(" .,'\"") for p in parts) if p]

def singular(w):
    if w.endswith("ies"):
        return w[:-3] + "y"
    return PLURALS.get(w) or (w[:-1] if w.endswith("s") and not w.endswith("ss") and len(w) > 3 else w)

def tokens(name):
    return [w for w in re.findall(r"[^\W_]+", name.lower().replace("'s", "")) if w not in STOP and not w.isdigit()]

def head(name):
    """Last word of the noun phrase before a preposition, relative clause or comma, in the singular."""
    words = tokens(CUT.split(" " + name + " ", maxsplit=1)[0].split(",")[0]) or tokens(name)
    return singular(words[-1]) if words else ""

GENERIC = set("""armed army authorities border camp civilian coalition defence defense fighters foreign former freed government gunmen health high human
    inmates interior joint judicial local masked medical military militants ministry national official officials opposition police presidential prison prisoners
    provincial rebel rebels regime regional residents security senior several soldiers special state suspected tribal troops unidentified unknown village wanted witnesses
    young""".split())

def proper_words(name):
    """Capitalised words; a first word that is no name ("Armed men") is left out, since it may owe its capital to the start of a sentence."""
    words = {singular(w) for w in tokens(" ".join(re.findall(r"\b[A-Z][\w'-]*", name)))}
    all_words = tokens(name)
    if len(all_words) > 1 and all_words[0] in GENERIC and not re.match(r"\S+\s+[A-Z]", name):
        words.discard(singular(all_words[0]))
    return words

def is_initials(short, long):
    letters = "".join(w[0] for w in re.findall(r"[A-Za-z]+", long) if w[0].isupper())     # SOHR ~ Syrian Observatory for Human Rights
    return bool(re.fullmatch(r"[A-Z]{2,6}", short)) and short.lower() == letters.lower()

def name_match(a, b):
    blank = ("", "unattributed")
    a, b = str(a or "").strip(), str(b or "").strip()
    if a.lower() in blank or b.lower() in blank:
        return a.lower() in blank and b.lower() in blank
    if a.lower() == b.lower():
        return True
    for x in variants(a):
        for y in variants(b):
            tx, ty = {singular(w) for w in tokens(x)}, {singular(w) for w in tokens(y)}
            if not tx or not ty:
                continue
            if tx == ty or is_initials(x, y) or is_initials(y, x):
                return True
            px, py = proper_words(x), proper_words(y)
            if px and py and not px & py:              # two different proper names
                continue
            if tx <= ty or ty <= tx or head(x) == head(y):
                return True
    return False

# ------------------------------------------------------------------------------------------------ spans, dates, places
def as_list(x):
    return [v for v in x if isinstance(v, dict)] if isinstance(x, list) else []

def is_span(s):
    return isinstance(s, (list, tuple)) and len(s) == 2 and all(isinstance(v, (int, float)) for v in s) and s[0] < s[1]

def shared(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) if is_span(a) and is_span(b) else 0

class Sentences:                                        # rough bounds, enough to say whether two spans lie in one sentence
    def __init__(self, text):
        self.cuts = [0] + [m.end() for m in re.finditer(r"(?<=[.!?”\"])\s+(?=[A-Z“\"‘])|\n+", text)]

    def same(self, a, b):
        return is_span(a) and is_span(b) and bisect.bisect_right(self.cuts, a[0]) == bisect.bisect_right(self.cuts, b[0])

def day(s):
    try:
        return date.fromisoformat(str(s).split("T")[0])
    except ValueError:
        return None

def day_range(incident):
    d = incident.get("date")
    if not isinstance(d, dict):
        return None
    a, b = day(d.get("earliest")), day(d.get("latest"))
    return (a or b, b or a) if a or b else None

def days_meet(x, y):
    return bool(x and y and x[0] <= y[1] and y[0] <= x[1])

def place_of(incident):
    return incident["place"] if isinstance(incident.get("place"), dict) else {}

def located(p):
    return all(isinstance(p.get(k), (int, float)) for k in ("lat", "lon"))

def km(p, q):
    r = math.pi / 180
    h = (math.sin((q["lat"] - p["lat"]) * r / 2) ** 2
         + math.cos(p["lat"] * r) * math.cos(q["lat"] * r) * math.sin((q["lon"] - p["lon"]) * r / 2) ** 2)
    return 12742 * math.asin(math.sqrt(min(1, h)))

def near(p, q, limit):
    return located(p) and located(q) and km(p, q) <= limit

def same_words(p, q):
    return bool(set(tokens(str(p.get("name") or ""))) & set(tokens(str(q.get("name") or ""))))

def places_agree(p, q):
    return near(p, q, 50) if located(p) and located(q) else same_words(p, q)

# ------------------------------------------------------------------------------------------------ pairing
def pair_items(gold, pred, weight):
    """One-to-one pairs that maximise the sum of weight(g, p); weight 0 = may not pair."""
    if not gold or not pred:
        return []
    W = np.array([[float(weight(g, p)) for p in pred] for g in gold])
    return [(int(i), int(j)) for i, j in zip(*linear_sum_assignment(-W)) if W[i, j] > 0]

def incident_weight(g, p, sentences, onto, typed):
    family = onto.family(g["type"]) == onto.family(p.get("type"))
    if typed and not family:
        return 0
    sign = 2.0 if shared(g.get("evidence"), p.get("evidence")) else 1.0 if sentences.same(g.get("evidence"), p.get("evidence")) else 0.0
    a, b = day_range(g), day_range(p)
    if a and b:
        sign += 1.5 if a == b else 1.0 if days_meet(a, b) else -1.0
    sign += places_agree(place_of(g), place_of(p))
    bare = not is_span(p.get("evidence")) and not b and not place_of(p)
    if sign <= 0 and not (typed and bare):
        return 0
    return max(sign, 0) + 0.1 + 0.5 * (g["type"] == p.get("type")) + 0.25 * (not typed and family)

def count_range(c):
    lo, hi = c.get("min"), c.get("max")
    lo = hi if lo is None else lo
    ok = isinstance(lo, (int, float)) and (hi is None or isinstance(hi, (int, float)))
    return (lo, math.inf if hi is None else hi) if ok else None

def count_weight(a, b):
    x, y = count_range(a), count_range(b)
    if a.get("measure") != b.get("measure") or not x or not y or x[0] > y[1] or y[0] > x[1]:
        return 0
    close = abs(x[0] - y[0]) <= 0.1 * max(x[0], y[0])
    return 1 + close if close or math.inf not in (x[1], y[1]) else 0

def claim_weight(a, b):
    local = a.get("_local") or ""
    if not name_match(a.get("speaker"), b.get("speaker")) and not (local and name_match(local, b.get("speaker"))):
        return 0
    i = shared(a.get("content"), b.get("content"))
    if not i:
        return 0
    iou = i / (a["content"][1] - a["content"][0] + b["content"][1] - b["content"][0] - i)
    return iou if iou >= 0.5 else 0

def with_local_speaker(claim, text):
    s = claim.get("speaker_evidence")
    local = text[s[0]:s[1]] if is_span(s) else ""
    return dict(claim, _local="" if local.lower() in PRONOUNS else local)

# ------------------------------------------------------------------------------------------------ one report
def records(doc):
    """Incident records of a report: under `accounts`, else under `incidents`."""
    return as_list(doc.get("accounts") or doc.get("incidents") or [])

def key_of(incident):
    return incident.get("key") or incident.get("id")

def drop_background(gold, pred, pairs):
    """Background incidents neither reward nor punish: they go, with the predictions paired to them."""
    background = {i for i, g in enumerate(gold) if g.get("background")}
    gone = {j for i, j in pairs if i in background}
    keep_g = [i for i in range(len(gold)) if i not in background]
    keep_p = [j for j in range(len(pred)) if j not in gone]
    pairs = [(keep_g.index(i), keep_p.index(j)) for i, j in pairs if i not in background]
    return [gold[i] for i in keep_g], [pred[j] for j in keep_p], pairs

def score_doc(g, p, onto, no_background=False):
    """-> {measure: [true positives, false positives, false negatives]}; accuracies: [right, wrong, 0]; hard negatives: [alarmed, incidents, 1]"""
    R = defaultdict(lambda: [0, 0, 0])
    text, hard = g["text"], g.get("category") == "hard_negative"
    sentences = Sentences(text)
    gold, pred = records(g), records(p)
    pairs = pair_items(gold, pred, lambda a, b: incident_weight(a, b, sentences, onto, True))
    everything = {(key_of(gold[i]), key_of(pred[j])) for i, j in pairs}
    if no_background:
        gold, pred, pairs = drop_background(gold, pred, pairs)
    matched = [(gold[i], pred[j]) for i, j in pairs]
    def add(measure, tp, n_pred, n_gold):
        for k, v in enumerate((tp, n_pred - tp, n_gold - tp)):
            R[measure][k] += v
    def field(measure, value, same, judged=lambda incident: True):
        """A field with one value per incident."""
        skip = {id(b) for a, b in matched if not judged(a)}
        add(measure, sum(bool(judged(a) and value(a) and value(b) and same(value(a), value(b))) for a, b in matched),
            sum(bool(value(b)) for b in pred if id(b) not in skip), sum(bool(value(a)) for a in gold if judged(a)))
        accuracy(measure + "_matched", [bool(value(b) and same(value(a), value(b))) for a, b in matched if judged(a) and value(a)])
    def items(measure, of, weight):
        """A field with a list of items per incident."""
        add(measure, sum(len(pair_items(of(a), of(b), weight)) for a, b in matched), sum(len(of(b)) for b in pred), sum(len(of(a)) for a in gold))
    def accuracy(measure, right):
        add(measure, sum(right), len(right), sum(right))

    add("incident_family", len(matched), len(pred), len(gold))
    add("incident_type", sum(a["type"] == b.get("type") for a, b in matched), len(pred), len(gold))
    add("incident_untyped", len(pair_items(gold, pred, lambda a, b: incident_weight(a, b, sentences, onto, False))), len(pred), len(gold))
    front = sum(not a.get("background") for a, _ in matched)
    add("foreground", front, front, sum(not a.get("background") for a in gold))
    accuracy("status", [a["status"] == b.get("status") for a, b in matched])
    field("date_exact", day_range, lambda x, y: x == y)
    field("date_overlap", day_range, days_meet)
    field("country", lambda q: place_of(q).get("country"), lambda x, y: x == y)
    located_place = lambda q: place_of(q) if located(place_of(q)) else None
    judged = lambda q: not place_of(q) or located(place_of(q))
    for limit in (25, 50):
        field(f"place_{limit}km", located_place, lambda x, y: near(x, y, limit), judged)
    field("place_name", lambda q: place_of(q) if place_of(q).get("name") else None, same_words)
    both = [(place_of(a), place_of(b)) for a, b in matched if place_of(a) and place_of(b)]
    accuracy("place_precision", [str(x.get("precision"))[:2] == str(y.get("precision"))[:2] for x, y in both])
    named = lambda a, b: name_match(a.get("name"), b.get("name"))
    for role in onto.roles:
        items("actor:" + role, lambda q: [a for a in as_list(q.get("actors")) if a.get("role") == role], named)
        for k in range(3):
            R["actors"][k] += R["actor:" + role][k]
    items("actors_any_role", lambda q: as_list(q.get("actors")), named)
    items("counts", lambda q: as_list(q.get("counts")), count_weight)
    if hard:
        R["false_alarms"] = [int(bool(pred)), len(pred), 1]
        return R
    gold_claims, pred_claims = [with_local_speaker(c, text) for c in as_list(g.get("claims"))], as_list(p.get("claims"))
    claim_pairs = [(gold_claims[i], pred_claims[j]) for i, j in pair_items(gold_claims, pred_claims, claim_weight)]
    add("claims", len(claim_pairs), len(pred_claims), len(gold_claims))
    same_span = lambda a, b: claim_weight(dict(a, speaker="x"), dict(b, speaker="x"))
    add("claims_any_speaker", len(pair_items(gold_claims, pred_claims, same_span)), len(pred_claims), len(gold_claims))
    accuracy("stance", [a["stance"] == b.get("stance") for a, b in claim_pairs])
    links = lambda c: {str(k) for k in c["about"]} if isinstance(c.get("about"), list) else set()
    right = sum((str(x), str(y)) in {(str(u), str(v)) for u, v in everything} for a, b in claim_pairs for x in links(a) for y in links(b))
    add("about_links", right, sum(len(links(c)) for c in pred_claims), sum(len(links(c)) for c in gold_claims))
    return R

# ------------------------------------------------------------------------------------------------ all reports
def prf(x):
    tp, fp, fn = x
    p, r = tp / (tp + fp) if tp + fp else 0.0, tp / (tp + fn) if tp + fn else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0

def total(rows):
    T = defaultdict(lambda: [0, 0, 0])
    for R in rows:
        for k, v in R.items():
            T[k] = [a + b for a, b in zip(T[k], v)]
    T["OVERALL"] = [sum(T[k][i] for k in OVERALL) for i in range(3)]
    return T

def load(path):
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as f:
        return json.load(f)

def run(pred_dir, gold_dir, onto, no_background=False, category=None, boot=0, seed=7):
    """-> (totals, {measure: [low, high]}, number of gold reports)"""
    gold = {os.path.basename(f): load(f) for f in sorted(glob.glob(os.path.join(gold_dir, "*.json")))}
    rows = [score_doc(g, load(os.path.join(pred_dir, name)), onto, no_background) for name, g in gold.items() if category in (None, g.get("category"))]
    rng, draws = np.random.RandomState(seed), defaultdict(list)
    for _ in range(boot if rows else 0):
        B = total([rows[i] for i in rng.randint(0, len(rows), len(rows))])
        for k in SHOWN:
            draws[k].append(prf(B[k])[2])
    return total(rows), {k: [round(float(x), 3) for x in np.percentile(v, [2.5, 97.5])] for k, v in draws.items()}, len(rows)

def main():
    here = os.path.dirname(os.path.abspath(__file__))
    ap = argparse.ArgumentParser(description="Score predicted incident records against gold format 1.")
    ap.add_argument("pred"); ap.add_argument("gold", nargs="?", default=os.path.join(here, "reports"))
    ap.add_argument("--ontology", default=os.path.join(here, "..", "..", "src", "waqai", "codebook", "ontology.yaml"), help="default: the package's codebook")
    ap.add_argument("--no-background", action="store_true", help="leave background incidents unjudged")
    ap.add_argument("--category", help="only gold reports of this category")
    ap.add_argument("--boot", type=int, default=300, help="bootstrap draws for the interval; 0 = none")
    ap.add_argument("--json", help="also write the figures to this file")
    a = ap.parse_args()
    onto = Ontology(a.ontology)
    T, ci, n = run(a.pred, a.gold, onto, a.no_background, a.category, a.boot)
    print(f"{n} gold reports" + (" (background incidents not judged)" if a.no_background else ""))
    print(f"{'measure':22s} {'P':>6s} {'R':>6s} {'F1':>6s}   tp   fp   fn  95 % over reports")
    for k in SHOWN[:10] + ["actor:" + r for r in onto.roles if any(T["actor:" + r])] + SHOWN[10:]:
        print(f"{k:22s} {prf(T[k])[0]:6.3f} {prf(T[k])[1]:6.3f} {prf(T[k])[2]:6.3f} {T[k][0]:4d} {T[k][1]:4d} {T[k][2]:4d}  {ci.get(k, '')}")
    for k, over in ACCURACIES.items():
        print(f"accuracy of {k} on {over}: {prf(T[k])[0]:.3f} ({T[k][0]} of {T[k][0] + T[k][1]})")
    print(f"recall of foreground incidents (family): {prf(T['foreground'])[1]:.3f}")
    alarms = T["false_alarms"]
    print(f"false alarms on hard negatives: {alarms[0]} of {alarms[2]} reports, {alarms[1]} incidents")
    if a.json:
        out = {k: dict(zip(("tp", "fp", "fn", "P", "R", "F1"), (*T[k], *prf(T[k]))), ci=ci.get(k)) for k in T if k not in ACCURACIES and not k.endswith("_matched") and k != "false_alarms"}
        out.update({k: {"accuracy": prf(T[k])[0], "right": T[k][0], "of": T[k][0] + T[k][1]} for k in ACCURACIES})
        out["false_alarms"] = dict(zip(("reports", "incidents", "of"), alarms))
        with open(a.json, "w", encoding="utf-8") as f:
            json.dump(out, f, indent=1)

if __name__ == "__main__":
    main()
