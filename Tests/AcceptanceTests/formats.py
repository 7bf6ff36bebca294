"""Reads the forms of one report with readers that others wrote, and compares them with its JSON.

    formats.py FOLDER JUNIT.xsd [SARIF-SCHEMA.json]

FOLDER holds report.json, report.sarif, report.xml, report.geojson, report.md, report.github, and *.csv.
"""
import json
import pathlib
import re
import sys
import xml.etree.ElementTree

import agate
import geojson
import xmlschema

folder = pathlib.Path(sys.argv[1])
report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
faults = []


def expect(holds, what):
    if not holds:
        faults.append(what)


# SARIF: its own schema, and the same findings.
sarif = json.loads((folder / "report.sarif").read_text(encoding="utf-8"))
if len(sys.argv) > 3:
    from jsonschema import Draft7Validator
    schema = json.loads(pathlib.Path(sys.argv[3]).read_text(encoding="utf-8"))
    for error in list(Draft7Validator(schema).iter_errors(sarif))[:5]:
        faults.append(f"SARIF: {list(error.path)}: {error.message[:200]}")
run = sarif["runs"][0]
results = run["results"]
expect([r["ruleId"] for r in results] == [f["rule"] for f in report["findings"]], "SARIF has other findings")
# Braces are doubled in messages (3.11.5).
expect([r["message"]["text"].replace("{{", "{").replace("}}", "}") for r in results]
       == [f["message"] for f in report["findings"]], "SARIF has other messages")
expect([r.get("partialFingerprints", {}).get("trustcheckFinding/v1") for r in results]
       == [f.get("id") for f in report["findings"]], "SARIF has other fingerprints")
rules = run["tool"]["driver"]["rules"]
expect(all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in results), "a result of SARIF names another rule")
taxa = run["taxonomies"][0]["taxa"]
dimension = {r["id"]: r["dimension"] for r in report["rules"]}
expect(all(taxa[r["taxa"][0]["index"]]["id"] == dimension[r["ruleId"]] for r in results), "SARIF has other dimensions")
expect(run["properties"]["findings"] == sum(r["findings"] for r in report["rules"]), "SARIF counts other findings")

# JUnit: the common schema, and each rule once.
schema = xmlschema.XMLSchema(sys.argv[2])
for error in list(schema.iter_errors(str(folder / "report.xml")))[:5]:
    faults.append(f"JUnit: {error.path}: {error.reason}")
tree = xml.etree.ElementTree.parse(folder / "report.xml").getroot()
cases = [f"{c.get('classname')}/{c.get('name')}" for c in tree.iter("testcase") if c.get("classname") != "problems"]
expect(sorted(cases) == sorted(dimension), "JUnit has not each rule once")
failed = {f"{c.get('classname')}/{c.get('name')}" for c in tree.iter("testcase") if c.find("failure") is not None}
expect(failed == {r["id"] for r in report["rules"] if r["findings"] and r["severity"] == "error"}, "JUnit fails other rules")
expect(int(tree.get("tests")) == len(list(tree.iter("testcase"))), "JUnit counts other cases")

# GeoJSON (RFC 7946).
collection = geojson.loads((folder / "report.geojson").read_text(encoding="utf-8"))
asked = {o["code"]: o for o in report["organisations"] if o["asked"]}
expect(isinstance(collection, geojson.FeatureCollection), "GeoJSON is no collection of features")
expect({f["id"] for f in collection["features"]} == set(asked), "GeoJSON has other organisations")
for feature in collection["features"]:
    expect(feature.is_valid, f"GeoJSON: {feature['id']}: {feature.errors()}")
    expect(feature["properties"].get("status") == asked[feature["id"]].get("status"), f"GeoJSON: {feature['id']} has another status")
    place = asked[feature["id"]].get("place", {})
    if "latitude" in place:
        expect(feature["geometry"]["coordinates"] == [place["longitude"], place["latitude"]], f"GeoJSON: {feature['id']} is elsewhere")
    else:
        expect(feature["geometry"] is None, f"GeoJSON: {feature['id']} has a place")

# CSV.
rows = {}
for path in sorted(folder.glob("*.csv")):
    rows[path.stem] = agate.Table.from_csv(str(path), column_types=agate.TypeTester(types=[agate.Text()])).rows
expect(len(rows["statuses"]) == len(report["organisations"]) + len(report["unmatched"]), "statuses.csv has other rows")
expect(len(rows["findings"]) == len(report["findings"]), "findings.csv has other rows")
expect({r["rule"] for r in rows["findings"]} == {f["rule"] for f in report["findings"]}, "findings.csv has other rules")

# GitHub: every annotation on a line of its own; no more of a level than are shown.
lines = (folder / "report.github").read_text(encoding="utf-8").splitlines()
for level in ["error", "warning", "notice"]:
    expect(sum(line.startswith(f"::{level} ") for line in lines) <= 10, f"GitHub gets more than 10 of {level}")
expect(all(re.match(r"::(error|warning|notice) [^:]*::|\d", line) for line in lines), "GitHub gets a line that it cannot read")

# Markdown.
markdown = (folder / "report.md").read_text(encoding="utf-8")
for rule in report["rules"]:
    expect(not rule["findings"] or f"`{rule['id']}`" in markdown, f"Markdown leaves out {rule['id']}")
if report["synthetic"]:
    for path in ["report.sarif", "report.xml", "report.geojson", "report.md", "report.github"]:
        expect("synthetic" in (folder / path).read_text(encoding="utf-8").lower(), f"{path} does not say SYNTHETIC")

print("\n".join(dict.fromkeys(faults)))
sys.exit(1 if faults else 0)
