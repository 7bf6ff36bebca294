"""Tries to work out what a published site withholds, from all its public files together.

    attack.py PRIVATE-REPORT… SITE

The private reports hold the truth, one for each edition, the earliest first. Prints a line for each number that can be worked out and each private value that is
there to read; says how much it tried on standard error.
"""
import csv
import html
import itertools
import json
import pathlib
import re
import sys

truths = [json.load(open(path, encoding="utf-8")) for path in sys.argv[1:-1]]
truth = truths[-1]
site = pathlib.Path(sys.argv[-1])
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


def edition_of(path):
    """The number of the edition that a file belongs to; the newest stands at the top."""
    parts = path.relative_to(site).parts
    return int(parts[1]) if parts[0] == "editions" else len(truths)


editions = {edition_of(p): json.loads(t) for p, t in texts.items() if p.name == "round.json"}
if sorted(editions) != list(range(1, len(truths) + 1)):
    faults.append(f"{len(truths)} private reports, and editions {sorted(editions)}")
shown = {number: cells(edition) for number, edition in editions.items()}
withheld = tried = 0
for number, public in sorted(shown.items()):
    private = cells(truths[number - 1])
    for code, row in public.items():
        for field, known in row.items():
            real = private.get(code, {}).get(field)
            small = real and real != (0, 0) and real[0] < smallest
            if known is not None and small:
                faults.append(f"edition {number}, {code} {field}: a small number is shown")
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

# All editions together: what is withheld in one, completed with what any of them shows, as if it had not changed.
for number, public in shown.items():
    for code, row in public.items():
        for field, known in row.items():
            real = cells(truths[number - 1])[code][field]
            if known is not None or real is None:
                continue
            guesses = set()
            for rule in sums:
                others = [f for f in [rule["total"], *rule["parts"]] if f != field]
                if field not in [rule["total"], *rule["parts"]]:
                    continue
                choices = []
                for other in others:
                    own = row.get(other)
                    choices.append([own[0]] if own else [
                        r[0] for n in shown for r in [shown[n].get(code, {}).get(other)] if n != number and r])
                for values in itertools.product(*choices):
                    known_values = dict(zip(others, values))
                    if field == rule["total"]:
                        guesses.add(sum(known_values.values()))
                    else:
                        guesses.add(known_values[rule["total"]] - sum(v for f, v in known_values.items() if f != rule["total"]))
            if len(guesses) == 1 and real[0] == real[1] == min(guesses) and 0 < real[0] < smallest:
                faults.append(f"edition {number}, {code} {field}: the editions together give {real[0]}")

# The numbers themselves on any page that is about the organisation, and in quoted words.
for path, text in texts.items():
    if path.suffix == ".html" and path.parent.name == "organisations":
        code = path.stem
        row = shown[edition_of(path)].get(code)
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
