"""Tries to work out what a published site withholds, from all its public files together.

    attack.py PRIVATE-REPORT SITE

PRIVATE-REPORT holds the truth. Prints a line for each number that can be worked out and each private value that is
there to read; says how much it tried on standard error.
"""
import csv
import html
import itertools
import json
import pathlib
import re
import sys

truth = json.load(open(sys.argv[1], encoding="utf-8"))
site = pathlib.Path(sys.argv[2])
texts = {p: p.read_text(encoding="utf-8") for p in sorted(site.rglob("*")) if p.is_file()}
policy = truth["packs"][0]["disclosure"]
smallest, fields, sums = policy["smallest"], policy["counts"], policy["sums"]
faults = []


def cells(report):
    """By organisation and field: the range (low, high) of a count, or None where it is withheld."""
    found = {}
    for organisation in report["organisations"]:
        for fact in organisation.get("derived", {}).get("facts", []):
            for cell in fact["cells"]:
                if cell["field"] in fields and cell["kind"] in ("value", "suppressed"):
                    known = (cell["low"], cell["high"]) if "low" in cell else None
                    found.setdefault(organisation["code"], {})[cell["field"]] = known
    return found


def solutions(public):
    """Every assignment of the counts that what is shown allows, or None when there are too many to list.

    What is known: the sums, the numbers shown, and that one of the withheld numbers is small or was suppressed.
    """
    shown = {f: r for f, r in public.items() if r is not None}
    hidden = [f for f, r in public.items() if r is None]
    usable = [s for s in sums if all(f in public for f in [s["total"], *s["parts"]])]
    if not usable:
        return None
    top = max([r[1] for r in shown.values()] + [smallest]) + 2 * smallest
    if top ** len(hidden) > 3_000_000:
        return None
    found = []
    for values in itertools.product(range(top + 1), repeat=len(hidden)):
        all_values = {**{f: r[0] for f, r in shown.items()}, **dict(zip(hidden, values))}
        if not any(v < 2 * smallest for v in values):
            continue
        if all(sum(all_values[p] for p in s["parts"]) == all_values[s["total"]] for s in usable):
            found.append(values)
    return [dict(zip(hidden, v)) for v in found]


editions = [json.loads(text) for path, text in texts.items() if path.name == "round.json"]
private = cells(truth)
withheld = tried = 0
for number, edition in enumerate(editions):
    public = cells(edition)
    for code, row in public.items():
        for field, known in row.items():
            real = private.get(code, {}).get(field)
            small = real and real != (0, 0) and real[0] < smallest
            if known is not None and small and len(editions) == 1:
                faults.append(f"{code} {field}: a small number is shown")
        hidden = [f for f, known in row.items() if known is None]
        withheld += len(hidden)
        if not hidden:
            continue
        found = solutions(row)
        tried += 1
        if found is None:
            # All the counts of a sum are withheld, or there is no sum: nothing to solve.
            continue
        for field in hidden:
            candidates = {s[field] for s in found}
            if len(candidates) < 3:
                faults.append(f"{code} {field}: only {sorted(candidates)} are possible")

# Two editions together: what one shows must not complete what the other withholds.
for one, other in itertools.permutations(editions, 2):
    before, after = cells(one), cells(other)
    for code in set(before) & set(after):
        hidden = [f for f, known in before[code].items() if known is None]
        merged = {f: (after[code].get(f) if known is None else known) for f, known in before[code].items()}
        for field in hidden:
            others = {f: k for f, k in {**before[code], **{f: v for f, v in after[code].items() if v}}.items()}
            if merged[field] is not None and before[code] != after[code]:
                faults.append(f"{code} {field}: one edition shows what another withholds")
            if others.get(field) is None and all(k for f, k in others.items() if f != field) and len(others) == len(fields):
                faults.append(f"{code} {field}: two editions together show all numbers but one")

# The numbers themselves on any page that is about the organisation, and in quoted words.
for path, text in texts.items():
    if path.suffix == ".html" and path.parent.name == "organisations":
        code = path.stem
        row = next((cells(e).get(code) for e in editions if code in cells(e)), None)
        if not row or all(known is not None for known in row.values()):
            continue
        body = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", text, flags=re.S)))
        for quote in re.findall(r"<(?:q|blockquote)>(.*?)</(?:q|blockquote)>", text, flags=re.S):
            if re.search(r"\d", html.unescape(re.sub(r"<[^>]+>", "", quote))):
                faults.append(f"{code}: a number stands in words quoted beside a withheld one")
        for value in re.findall(r'data-field="([^"]+)">([^<]*)<', text):
            if row.get(value[0]) is None and re.search(r"\d", value[1]):
                faults.append(f"{code} {value[0]}: the page shows {value[1]}")

# What is private whatever its size.
secrets = {i["name"] for i in truth["inputs"]} | {i.get("sha256", "") for i in truth["inputs"]}
secrets |= {o["submissionDigest"] for o in truth["organisations"]} | {c["source"] for o in truth["organisations"] for c in o["contacts"]}
secrets |= {f["id"] for f in truth["findings"] if "id" in f} | {truth["register"]["sha256"], truth["round"]["sha256"]}
quoted = {o.get("evidence", "") for o in truth["organisations"]} | {o.get("decision", {}).get("words", "") for o in truth["organisations"]}
secrets |= {o["words"] for o in truth["organisations"] if o["words"] not in quoted and len(o["words"]) > 12
            and not any(o["words"] in q or q in o["words"] for q in quoted if q)}
for secret in sorted(s for s in secrets if s and len(s) > 5):
    for path, text in texts.items():
        if secret in text or html.escape(secret) in text:
            faults.append(f"{path.relative_to(site)} holds {secret!r}")
for path, text in texts.items():
    for digest in re.findall(r"\b[0-9a-f]{32,64}\b", text):
        faults.append(f"{path.relative_to(site)} holds a digest {digest[:12]}")
    if path.suffix == ".csv":
        list(csv.reader(text.splitlines()))

print(f"{len(texts)} files, {withheld} numbers withheld, {tried} organisations attacked", file=sys.stderr)
if not withheld:
    faults.append("nothing is withheld, so nothing was attacked")
print("\n".join(dict.fromkeys(faults)))
sys.exit(1 if faults else 0)
