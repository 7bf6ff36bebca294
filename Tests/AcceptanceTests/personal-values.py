"""Looks for the personal values of the samples in every output that was not told to reveal them.

    personal-values.py PROGRAM REPOSITORY FOLDER

Prints a line for each personal value that is found; says how many values and outputs on standard error.
"""
import csv
import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree
import zipfile

program, repository, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
samples = repository / "samples"
FORMATS = {"text": "txt", "json": "json", "markdown": "md", "sarif": "sarif", "junit": "xml", "github": "github",
           "geojson": "geojson", "statuses": "statuses.csv", "figures": "figures.csv", "findings-csv": "findings-csv.csv"}


def run(*arguments, codes=(0, 1)):
    done = subprocess.run([program, *map(str, arguments)], cwd=folder, capture_output=True, text=True)
    if done.returncode not in codes:
        print(f"{arguments[0]} ended with {done.returncode}: {done.stderr[:300]}")
    return done.stdout + done.stderr


def personal_columns(pack):
    fields = json.loads((repository / "rules" / pack / "pack.json").read_text(encoding="utf-8"))["fields"]
    return {f["name"]: f for f in fields if f.get("privacy") == "personal"}


def values_of(pack, paths):
    """What stands in personal fields, and in columns that no field is mapped to, by the mapping of the report."""
    fields = personal_columns(pack)
    headings = {h.lower() for n, f in fields.items() for h in [n, f["label"], *f.get("aliases", [])]}
    tags = {p.split("/")[-1].split("@")[0].lower() for f in fields.values() for p in f.get("paths", [])}
    found = set()
    for path in paths:
        if path.suffix == ".csv":
            rows = list(csv.reader(open(path, encoding="utf-8-sig", newline="")))
            for column, heading in enumerate(rows[0]):
                if heading.strip().lower() in headings:
                    found |= {row[column].strip() for row in rows[1:] if column < len(row)}
        elif path.suffix == ".xml":
            for element in xml.etree.ElementTree.parse(path).iter():
                tag = element.tag.split("}")[-1].lower()
                if tag in tags or tag in ("nhsnumber", "personbirthdate", "personfamilyname", "persongivenname"):
                    found |= {v.strip() for v in [element.text or "", *element.attrib.values()]}
    return {v for v in found if len(v) >= 5}


def texts(path):
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return "\n".join(re.sub(r"<[^>]+>", "\n", book.read(n).decode("utf-8")) for n in book.namelist())
    return path.read_text(encoding="utf-8", errors="replace")


secrets = set()
# Records of people: every value of the personal fields.
sent = sorted((samples / "cosd-breast" / "sent").iterdir())
secrets |= values_of("cosd-breast", sent)
# A survey: comments, and addresses and numbers in them.
answers = sorted((samples / "2016-signs-awareness" / "answers").iterdir())
secrets |= values_of("signs-awareness", answers)
# Columns that no field is mapped to.
for path in sorted((samples / "2016-data-collection" / "answers").glob("*.csv")):
    secrets |= set(re.findall(r"Seen by the lead nurse", path.read_text(encoding="utf-8", errors="replace")))
secrets = {s for s in secrets if not re.fullmatch(r"[A-Z]\d{2}(\.\d)?|[A-Z0-9]{3,5}", s)}

shown = {}
for name in ["2016-data-collection", "2016-nursing-care", "2016-signs-awareness", "cosd-breast"]:
    base = folder / name
    base.mkdir()
    for extra, label in [([], "all"), (["--public"], "public")]:
        pairs = [a for f, e in FORMATS.items() for a in ("--format", f, "--output", base / f"{label}.{e}")]
        shown[f"{name} check {label}"] = run("check", "--round", samples / name / "round.json", *pairs, *extra)
    shown[f"{name} findings"] = run("check", "--round", samples / name / "round.json", "--findings", base / "findings.jsonl")
    register = samples / name / "register"
    options = ["--register", register] if register.exists() else []
    if not options and json.loads((samples / name / "round.json").read_text()).get("register"):
        options = ["--register", samples / name / json.loads((samples / name / "round.json").read_text())["register"]]
    shown[f"{name} publish"] = run("publish", base / "all.json", "--output", base / "site", *options)
    shown[f"{name} letters"] = run("letters", base / "all.json", "--output", base / "letters")
    report = json.loads((base / "all.json").read_text(encoding="utf-8"))
    for number, item in enumerate(report["inputs"][:12]):
        file = samples / name / item["name"]
        if file.suffix in (".csv", ".xlsx") and file.exists():
            shown[f"{name} feedback {number}"] = run("feedback", base / "all.json", "--file", file, "--output", base / f"feedback-{number}.xlsx")
    for organisation in report["organisations"][:20]:
        shown[f"{name} why"] = shown.get(f"{name} why", "") + run("why", organisation["code"], "--report", base / "all.json")
for file in [*sent, *answers]:
    rules = ["--rules", "cosd-breast"] if file in sent else []
    shown[f"profile {file.name}"] = run("profile", file, *rules) + run("profile", file, *rules, "--format", "json")
    shown[f"map {file.name}"] = run("map", file, "--rules", "cosd-breast", codes=(0, 1, 2, 3))
for file in sent:
    shown[f"count {file.name}"] = run("count", file, "--rules", "cosd-breast", "--register", samples / "2016-data-collection/register",
                                      "--period", "2015-04-01..2016-03-31")

places = {**{p.relative_to(folder): texts(p) for p in sorted(folder.rglob("*")) if p.is_file()}, **shown}
pattern = re.compile("|".join(re.escape(s) for s in sorted(secrets, key=len, reverse=True)))
for place, text in places.items():
    for match in list(dict.fromkeys(pattern.findall(text)))[:3]:
        print(f"{place}: {match!r}")
print(f"{len(secrets)} personal values, {len(places)} outputs", file=sys.stderr)
if len(secrets) < 500:
    print("too few personal values were looked for")
