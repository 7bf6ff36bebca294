"""Makes a round whose names and words are hostile, publishes it, and looks whether anything of it acts.

    hostile-round.py STRINGS.json PROGRAM FOLDER
"""
import csv
import html
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import unicodedata

strings = [s for s in json.load(open(sys.argv[1], encoding="utf-8"))] + [
    "<script>document.title='owned'</script>", "<img src=x onerror=alert(1)>", "{{name}}", "{{{name}}}", "{{> foot}}",
    "]]>", "-->", "<!--", "=HYPERLINK(\"https://example.org\")", "@SUM(A1)", "\u202edeeps\u202c", "\u001b[31mred\u001b[0m",
    # Readers go by code points: what acts still acts with an accent on it.
    "x\"\u0301 onmouseover=\"alert(1)", "x'\u0301 onmouseover='alert(1)", "one,\u0301=1+1", "*\u0301b*\u0301 <\u0301b>",
    "a" * 5000, "</title><script>alert(1)</script>", "&lt;b&gt;", "' onmouseover='alert(1)", "\" autofocus onfocus=\"alert(1)"]
program, folder = sys.argv[2], pathlib.Path(sys.argv[3])
round_folder = folder / "round"
(round_folder / "register").mkdir(parents=True)
# The register keeps names apart with | and sources in brackets; a NUL is in no file of text.
names = [s for s in strings if any(unicodedata.category(c)[0] in "LNPS" for c in s) and not set("|[]\x00\r\n\ufeff") & set(s)]
names = list(dict.fromkeys(n.strip() for n in names))


def write(name, rows):
    with open(round_folder / name, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


codes = [f"N{i:04}" for i in range(len(names))]
write("register/organisations.csv", [["code", "names", "nation", "region", "town", "latitude", "longitude"]] + [
    [c, f"{n} [s]", "England", n[:40], n[:40], str(51 + i % 40 / 10), str(-2 + i % 17 / 10)]
    for i, (c, n) in enumerate(zip(codes, names))])
write("register/sites.csv", [["code", "name", "organisation", "opened", "closed", "postcode", "latitude", "longitude",
                              "coordinates_source", "source"]] + [
    [f"{c}01", n, c, "", "", "QZ1 1AA", "", "", "", "s"] for c, n in zip(codes, names)])
write("register/sources.csv", [["id", "title", "publisher", "vintage", "licence", "attribution"],
                               ["s", "SYNTHETIC: <b>hostile</b>", "<i>x</i>", "<u>now</u>", "none", "<script>alert(2)</script>"]])
write("asked.csv", [["code", "name"]] + [[c, n] for c, n in zip(codes, names)])
write("contacts.csv", [["organisation", "date", "kind", "source"]] + [[c, "2016-07-04", "sent", "x"] for c in codes])
write("answers.csv", [["Organisation code", "Routinely collecting", "Words to quote", "Declared status"]] + [
    [c, "No" if i % 2 else "Yes", n, n] for i, (c, n) in enumerate(zip(codes, names))])
nasty = "<script>alert(3)</script>{{name}}"
link = {"title": nasty, "address": "https://example.org/\"><script>alert(4)</script>"}
json.dump({
    "round": "hostile", "title": "SYNTHETIC " + nasty, "synthetic": True, "question": [nasty], "rules": ["data-collection"],
    "register": "register", "cutOff": "2016-08-31", "asked": "asked.csv", "contacts": "contacts.csv",
    "publication": {"reason": nasty, "publisher": nasty, "contact": nasty, "actions": [link], "stories": [link],
                    "reports": [link], "letter": nasty + "{trust}{status}"},
    "submissions": [{"path": "answers.csv"}]}, open(round_folder / "round.json", "w"))


def run(*arguments, codes=(0,)):
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode not in codes:
        print(f"{arguments[0]} ended with {done.returncode}: {done.stderr[:500]}")
        sys.exit(1)


run("check", "--round", "round/round.json", "--format", "json", "--output", "report.json", "--fail-on", "never")
run("publish", "report.json", "--output", "site", "--register", "round/register")
run("letters", "report.json", "--output", "letters", "--contact", nasty + "x\"\u0301 onclick=\"y")


def visible(text):
    """As pages show it: nothing that acts on them."""
    shown = ""
    for character in text:
        if character in "\n\t\r":
            shown += " "
        elif unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"):
            shown += f"\\u{{{ord(character):X}}}"
        else:
            shown += character
    return shown


report = json.loads((folder / "site/downloads/round.json").read_text(encoding="utf-8"))
page = html.unescape((folder / "site/index.html").read_text(encoding="utf-8"))
shown = 0
for organisation in report["organisations"]:
    name = visible(organisation["name"])
    plain = name == organisation["name"] and name.upper() != name
    # Unicode versions differ in what is assigned; names in capitals are shown as people write them.
    if plain:
        shown += 1
        if name not in page:
            print(f"the page does not show {name[:60]!r}")
print(f"{shown} of {len(names)} names compared", file=sys.stderr)
if shown < 200:
    print("too few names were compared")
for path in sorted((folder / "site").rglob("*")):
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        odd = {c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\r\t"}
        if odd and path.suffix != ".json" and path.suffix != ".geojson":
            print(f"{path.name} holds {[hex(ord(c)) for c in odd][:5]}")
        if path.suffix == ".csv":
            for row in csv.reader(text.splitlines()):
                for cell in row:
                    if cell.strip()[:1] in ("=", "+", "-", "@") and not re.fullmatch(r"\s*[-+]?\d*\.?\d*([eE][-+]?\d+)?", cell):
                        print(f"{path.name} holds a live formula: {cell[:40]!r}")


class Handlers(html.parser.HTMLParser):
    """What in a page could act: handlers, and what no template has."""
    found = ()

    def handle_starttag(self, tag, attributes):
        odd = [name for name, _ in attributes if name.startswith("on") or not re.fullmatch(r"[A-Za-z][A-Za-z:-]*[0-9]?", name)]
        self.found += tuple(odd)
        if tag in ("iframe", "img", "object", "embed", "form") and ("id", "search") not in attributes:
            self.found += (tag,)
        if tag == "script" and not dict(attributes).get("src"):
            self.found += (tag,)


for path in sorted(folder.rglob("*.html")):
    reader = Handlers()
    reader.feed(path.read_text(encoding="utf-8"))
    if reader.found:
        print(f"{path.relative_to(folder)} has {reader.found[:5]}")

# Letters: a pair for each organisation, all text.
letters = sorted((folder / "letters").iterdir())
if len(letters) != 2 * len(names):
    print(f"{len(letters)} letters for {len(names)} organisations")
for path in letters:
    text = path.read_text(encoding="utf-8")
    odd = {c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"}
    if odd:
        print(f"{path.name} holds {[hex(ord(c)) for c in odd][:5]}")
    if path.suffix == ".md" and "<" in text:
        print(f"{path.name} holds markup")
    if path.suffix == ".html" and re.search(r"<script|https?:[^<]*['\"] *>", text):
        print(f"{path.name} holds a script or an address")
