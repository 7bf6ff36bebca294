"""A made-up language, longer than English and accented, and a search for English that is left in a site.

    made-up-locale.py make ENGLISH.json REPORT CATALOGUE    writes the catalogue of the made-up language
    made-up-locale.py check REPORT REGISTER OUTLINE SITE    prints every piece of English that the site shows
"""
import csv
import html.parser
import json
import pathlib
import re
import sys

LETTERS = dict(zip(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćđéƒĝĥíĵķĺḿńőṕʠŕśťúṽẃẋýžÁƁĆĐÉƑĜĤÍĴĶĹḾŃŐṔɊŔŚŤÚṼẂẊÝŽ"))


def made_up(text):
    """Every letter another, and a third longer; values in braces stay."""
    parts = re.split(r"(\{[a-z]+\})", text)
    other = "".join(p if p.startswith("{") else "".join(LETTERS.get(c, c) for c in p) for p in parts)
    return other + "·" * (len(text) // 3)


def pack_texts(report):
    """What the rule packs say in the pages."""
    for pack in report["packs"]:
        yield from [pack["title"], pack["reading"], pack.get("figuresReading", "")]
        for field in pack.get("fields", []):
            yield field["label"]
    criteria = report.get("criteria", {"inputs": [], "rows": []})
    yield criteria.get("why", "")
    for entry in criteria["inputs"]:
        yield entry["name"].replace("_", " ")
        yield entry["summary"]
        for word in entry["words"]:
            yield from [word["word"], word.get("clause", "")]
    yield from (row["reason"] for row in criteria["rows"])
    for organisation in report["organisations"]:
        yield organisation.get("derived", {}).get("reason", "")
    for figure in report["figures"]:
        yield from [figure["title"], figure.get("note", ""), figure.get("failure", "")]
        yield from (part["title"] for part in figure.get("parts", []))
        for claim in figure.get("claims", []):
            yield from (claim[k] for k in ["words", "source", "population", "predicate"])


def make(english, report, catalogue):
    source = json.load(open(english, encoding="utf-8"))
    messages = {key: made_up(text) for key, text in source["messages"].items()}
    messages["numberPoint"], messages["numberGroup"] = ",", "."
    texts = {text: made_up(text) for text in pack_texts(json.load(open(report, encoding="utf-8"))) if text}
    json.dump({"language": "qaa", "name": "Made up", "messages": messages, "texts": texts},
              open(catalogue, "w", encoding="utf-8"), ensure_ascii=False)


class Shown(html.parser.HTMLParser):
    """The texts of a page that a reader sees or hears."""

    def __init__(self):
        super().__init__()
        self.texts, self.skip = [], 0

    def handle_starttag(self, tag, attributes):
        self.skip += tag in ("style", "script")
        for name, value in attributes:
            if value and (name in ("aria-label", "title", "alt", "placeholder", "content") or
                          name.startswith("data-") and name not in
                          ("data-code", "data-status", "data-order", "data-date", "data-figure", "data-of",
                           "data-percent", "data-low", "data-high", "data-counted", "data-total", "data-key",
                           "data-field", "data-part")):
                self.texts.append(value)

    def handle_endtag(self, tag):
        self.skip -= tag in ("style", "script")

    def handle_data(self, data):
        if not self.skip and data.strip():
            self.texts.append(data.strip())


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from strings(member)


def check(report, register, outline, site):
    report = json.load(open(report, encoding="utf-8"))
    register, site = pathlib.Path(register), pathlib.Path(site)
    # What people and the register say stays as it is.
    data = set(strings(report["round"])) | {"SYNTHETIC", "trustcheck", report["toolVersion"]}
    data |= set(strings(json.load(open(outline, encoding="utf-8"))))
    data |= {report["register"]["attribution"]}
    for organisation in report["organisations"]:
        data |= {organisation.get(k, "") for k in ["name", "code", "evidence", "excludedBecause"]}
        data |= set(strings(organisation.get("decision", {}))) | set(strings(organisation.get("place", {})))
        data |= set(organisation["namesAsSupplied"])
        data |= {c.get("text", "") for f in organisation.get("derived", {}).get("facts", []) for c in f["cells"]}
    data |= {u["name"] for u in report["unmatched"]} | {u["code"] for u in report["unmatched"]}
    for name in ["organisations.csv", "sites.csv", "sources.csv"]:
        for row in csv.reader(open(register / name, encoding="utf-8")):
            data |= set(row) | set(re.findall(r"[^|\[\]]+", " ".join(row)))
    data |= set("\n\n".join(data).split("\n\n")) | set(report["round"]["question"])
    letter = report["round"].get("publication", {}).get("letter", "")
    data |= set(re.split(r"\{trust\}|\{status\}|\n\n", letter))
    known = sorted({d.strip().lower() for d in data if len(d.strip()) > 1}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, known)))
    pages = [p for p in sorted(site.rglob("*.html"))]
    for page in pages:
        shown = Shown()
        shown.feed(page.read_text(encoding="utf-8"))
        for text in shown.texts:
            if text.startswith(("default-src", "width=device", "no-referrer")):
                continue
            left = pattern.sub(" ", re.sub(r"\{[a-z]+\}", " ", text.lower()))
            words = re.findall(r"[a-z]{2,}", left)
            if words:
                print(f"{page.relative_to(site)}: {' '.join(words)[:80]!r} in {text[:120]!r}")
    print(f"{len(pages)} pages read", file=sys.stderr)


if __name__ == "__main__":
    {"make": make, "check": check}[sys.argv[1]](*sys.argv[2:])
