#!/usr/bin/env python3
"""Writes samples/cosd-breast: SYNTHETIC records of breast cancer of three invented trusts, as XML and as CSV extracts.

    python3 samples/make-cosd-breast.py

Python's own library only; the same bytes every time. NHS numbers are of the range 999, which is kept for tests. A known
number of records is spoilt in known ways; truth.csv says how many findings each rule of the pack has to come to.
"""
import collections
import csv
import datetime
import io
import json
import pathlib
from xml.sax.saxutils import escape, quoteattr

from making.organisations import Seeded
from making.writing import write_round

FOLDER = pathlib.Path(__file__).resolve().parent / "cosd-breast"
PACK = FOLDER.parent.parent / "rules/cosd-breast/pack.json"
SEED = 20160921
START, END = datetime.date(2015, 4, 1), datetime.date(2016, 3, 31)
# Code, records of a primary pathway, of those metastatic at first presentation, recurrences and progressions with type 03.
TRUSTS = [("X1A", 130, 14, 17), ("X1K", 80, 5, 9), ("X2B", 100, 8, 12)]
NAMES = {
    "X1A": "Morvelthorpe Teaching Hospitals NHS Trust", "X1K": "Tarnelbridge Hospitals NHS Foundation Trust",
    "X2B": "Mid Eskelcombe NHS Trust",
}
SITES = ["02", "03", "04", "08", "09", "10", "11"]


def nhs_number(seed):
    """A number of the test range 999 with a true check digit."""
    while True:
        nine = f"999{seed.below(1_000_000):06}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1))) % 11
        if check != 10:
            return nine + str(check % 11)


def uuid(seed):
    digits = "".join("0123456789ABCDEF"[seed.below(16)] for _ in range(32))
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def day(seed, start, length):
    return start + datetime.timedelta(days=seed.below(length))


def person(seed, numbers, code):
    while (number := nhs_number(seed)) in numbers:
        pass
    numbers.add(number)
    return {
        "nhs_number": number, "local_patient_id": f"SYN{number[3:]}", "nhs_number_status": "01",
        "birth_date": str(day(seed, datetime.date(1930, 1, 1), 15_000)), "provider_code": code,
        "family_name": f"Synthetic{number[-4:]}", "given_name": "Test",
        "cns_code": seed.pick(["Y1", "Y1", "Y1", "Y3", "Y4", "Y5", "NI"]), "smoking": "4", "alcohol": "3",
        "menopause": "3", "ethnic_category": "A",
    }


def primary(seed, numbers, code, is_metastatic):
    record = person(seed, numbers, code)
    diagnosed = day(seed, START, 366)
    record |= {
        "primary_diagnosis_icd": seed.pick(["C50.4", "C50.9", "C50.1", "C50.8"]), "laterality": seed.pick("LR"),
        "diagnosis_date": str(diagnosed), "basis_of_diagnosis": "7", "grade": seed.pick(["G1", "G2", "G3"]),
        "morphology": "8500/3", "topography": "C50.4", "performance_status": seed.pick("0012"),
        "t_category": seed.pick(["1", "2", "1c"]), "n_category": seed.pick(["0", "1"]),
        "m_category": "1" if is_metastatic else "0", "stage_group": "4" if is_metastatic else seed.pick(["1A", "2A"]),
        "stage_date": str(diagnosed), "tnm_edition": "1", "tnm_version": "7",
        "mdt_date": str(diagnosed + datetime.timedelta(days=5)), "first_seen": str(diagnosed - datetime.timedelta(days=9)),
        "treatment_date": str(diagnosed + datetime.timedelta(days=20 + seed.below(20))), "treatment_modality": "01",
        "treatment_intent": "02" if is_metastatic else "01", "site_of_diagnosis": f"{code}01",
        "care_plan_intent": "Z" if is_metastatic else "C", "triple_assessment": "Y", "npi_score": seed.pick(["2.4", "3.2", "4.5"]),
    }
    if is_metastatic:
        record |= {"metastatic_type_1": "03", "metastatic_site_1": seed.pick(SITES)}
    elif seed.below(3) == 0:
        record |= {"metastatic_type_1": "01", "metastatic_site_1": "97"}
    return record


def non_primary(seed, numbers, code, kind, distance):
    record = person(seed, numbers, code)
    record["non_primary_date"] = str(day(seed, START, 366))
    if kind == "recurrence":
        record |= {"original_diagnosis_icd": "C50.9", "palliative_seen": seed.pick("YN"), "relapse_detection": "4"}
    else:
        record["progression_icd"] = "C50.9"
    record |= {"metastatic_type_1": distance, "metastatic_site_1": seed.pick(SITES) if distance == "03" else "12"}
    if distance == "03" and seed.below(4) == 0:
        others = [site for site in SITES if site != record["metastatic_site_1"]]
        record |= {"metastatic_type_2": "03", "metastatic_site_2": seed.pick(others)}
    return record


def without(*names):
    def spoil(record):
        for name in names:
            record.pop(name, None)
    return spoil


def having(**values):
    return lambda record: record.update(values)


def is_primary(record):
    return "diagnosis_date" in record and record["m_category"] == "0" and "metastatic_type_1" not in record


def is_recurrence(record):
    return "original_diagnosis_icd" in record and record["metastatic_type_1"] == "03" and "metastatic_type_2" not in record


# What is done to how many records of which kind, and what each of them then comes to.
FAULTS = [
    (3, is_primary, without("nhs_number", "local_patient_id"), {"person-not-identified": 1, "nhs-number-status-without-number": 1}),
    (4, is_primary, without("nhs_number"), {"nhs-number-status-without-number": 1}),
    (2, is_primary, having(nhs_number_status="07"), {"nhs-number-without-status": 1}),
    (2, is_primary, without("birth_date"), {"birth-date-missing": 1}),
    (2, is_primary, without("laterality"), {"laterality-missing": 1}),
    (5, is_primary, without("performance_status"), {"performance-status-missing": 1}),
    (3, is_primary, without("cns_code"), {"cns-code-missing": 1}),
    (2, is_primary, without("tnm_version"), {"tnm-edition-missing": 1}),
    (2, is_primary, without("m_category"), {"m-category-missing": 1}),
    (4, is_primary, without("mdt_date"), {"mdt-date-missing": 1}),
    (2, is_primary, having(cns_code="Y2"), {"cns-code-unknown": 1}),
    (2, is_primary, having(laterality="X"), {"laterality-unknown": 1}),
    (2, is_primary, having(primary_diagnosis_icd="C34.1"), {"diagnosis-not-breast": 1}),
    (1, is_primary, having(primary_diagnosis_icd="breast"), {"diagnosis-form": 1, "diagnosis-not-breast": 1}),
    (2, is_primary, having(npi_score="3"), {"npi-score-form": 1}),
    (2, is_primary, having(metastatic_type_1="03", metastatic_site_1="04"), {"m0-with-distant-metastasis": 1}),
    (2, is_primary, having(m_category="1"), {"m1-without-distant-metastasis": 1}),
    (2, is_primary, having(diagnosis_date="2016-05-02", first_seen="2016-04-20", mdt_date="2016-05-09", stage_date="2016-05-02",
                           treatment_date="2016-05-30"), {"outside-reporting-period": 1}),
    (1, is_primary, having(treatment_date="2014-05-30"), {"treatment-before-diagnosis": 1}),
    (1, is_primary, having(diagnosis_date="2015-09-31"), {"diagnosis-date-not-a-date": 1}),
    (2, is_recurrence, having(metastatic_site_1="12"), {"distant-without-distant-site": 1}),
    (2, is_recurrence, having(metastatic_site_1="97"), {"distant-without-distant-site": 1}),
    (3, is_recurrence, having(metastatic_type_1="02", metastatic_site_1="03"), {"local-with-distant-site": 1}),
    (2, is_recurrence, without("metastatic_type_1"), {"recurrence-type-and-site-missing": 1, "site-without-type": 1}),
    (2, is_recurrence, without("metastatic_site_1"), {"recurrence-type-and-site-missing": 1, "type-without-site": 1}),
    (2, is_recurrence, having(metastatic_site_1="05"), {"metastatic-site-unknown-non-primary": 1}),
    (2, is_recurrence, having(progression_icd="C50.9"), {"recurrence-and-progression": 1}),
    (3, is_recurrence, having(metastatic_site_1="07"), {"metastatic-site-unspecific": 1}),
]
# XML tells that a section is there although nothing in it is given.
HEAD = ["submission_id", "submitter_code", "record_count", "period_start", "period_end", "created"]


def element_tree(record, fields):
    """What stands where: nested dictionaries of lists, with attributes and text as they are."""
    tree = {}
    kind = "Progression" if "progression_icd" in record and "original_diagnosis_icd" not in record else "Recurrence"
    place = "Diagnosis" if "non_primary_date" not in record else kind
    for name, value in record.items():
        paths = fields[name].get("paths", [])
        path = paths[0]
        if name.startswith("metastatic_"):
            path = next(p for p in paths if f"MetastaticTypeAndSite{place}" in p)
        if path.startswith("/"):
            continue
        node = tree
        for step in path.split("/"):
            if step.startswith("@"):
                node[step] = value
            else:
                label, _, index = step.partition("[")
                children = node.setdefault(label, [])
                position = int(index[:-1]) - 1 if index else 0
                while len(children) <= position:
                    children.append({})
                node = children[position]
        if "/@" not in path and not path.startswith("@"):
            node["text"] = value
    return tree


def write_element(name, node, out, depth):
    attributes = "".join(f" {key[1:]}={quoteattr(value)}" for key, value in node.items() if key.startswith("@"))
    children = [(key, child) for key, value in node.items() if isinstance(value, list) for child in value]
    indent = "  " * depth
    if "text" in node:
        text = f"<![CDATA[{node['text']}]]>" if name.startswith("Person") and "Name" in name else escape(node["text"])
        out.append(f"{indent}<{name}{attributes}>{text}</{name}>")
    elif children:
        out.append(f"{indent}<{name}{attributes}>")
        for key, child in children:
            write_element(key, child, out, depth + 1)
        out.append(f"{indent}</{name}>")
    else:
        out.append(f"{indent}<{name}{attributes}/>")


def as_xml(records, head, fields):
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>', "<!-- SYNTHETIC: invented organisations and people only -->",
        '<COSD:COSD xmlns:COSD="http://www.datadictionary.nhs.uk/messages/COSD-v9-0-1">',
        f'  <Id root="{head["submission_id"]}"/>',
        f'  <OrganisationIdentifierCodeOfSubmittingOrganisation extension="{head["submitter_code"]}"/>',
        f'  <RecordCount value="{head["record_count"]}"/>',
        f'  <ReportingPeriodStartDate>{head["period_start"]}</ReportingPeriodStartDate>',
        f'  <ReportingPeriodEndDate>{head["period_end"]}</ReportingPeriodEndDate>',
        f'  <FileCreationDateTime>{head["created"]}</FileCreationDateTime>',
    ]
    for record in records:
        write_element("COSDRecord", element_tree(record, fields), out, 1)
    out.append("</COSD:COSD>")
    return ("\n".join(out) + "\n").encode()


def as_csv(records, head, fields):
    names = [name for name in fields if name in HEAD or any(name in record for record in records)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([fields[name].get("aliases", [fields[name]["label"]])[0] for name in names])
    for record in records:
        writer.writerow([head.get(name, record.get(name, "")) for name in names])
    return text.getvalue().encode()


def main():
    seed = Seeded(SEED)
    fields = {field["name"]: field for field in json.loads(PACK.read_text())["fields"]}
    numbers, truth, files = set(), collections.Counter(), {}
    trusts, answers = {}, []
    for code, primaries, metastatic, spread in TRUSTS:
        records = [primary(seed, numbers, code, n < metastatic) for n in range(primaries)]
        records += [non_primary(seed, numbers, code, "recurrence" if n % 3 else "progression", "03") for n in range(spread)]
        records += [non_primary(seed, numbers, code, "recurrence", seed.pick(["01", "02"])) for n in range(spread // 2)]
        trusts[code] = seed.shuffled(records)
    everyone = [record for records in trusts.values() for record in records]
    spoilt = set()
    for count, fits, spoil, comes_to in FAULTS:
        for record in [r for r in everyone if id(r) not in spoilt and fits(r)][:count]:
            spoil(record)
            spoilt.add(id(record))
            for rule, number in comes_to.items():
                truth[f"cosd-breast/{rule}"] += number
    heads = {}
    for code, records in trusts.items():
        heads[code] = {
            "submission_id": uuid(seed), "submitter_code": code, "record_count": str(len(records)),
            "period_start": str(START), "period_end": str(END), "created": "2016-05-18T12:18:38",
        }
        for record in records:
            record["record_id"] = uuid(seed)
    # One record of the second trust is sent twice, and the third one's head counts two records too many.
    trusts["X1K"].append(dict(trusts["X1K"][0]))
    heads["X1K"]["record_count"] = str(len(trusts["X1K"]))
    truth["cosd-breast/record-twice"] += 1
    if "diagnosis_date" in trusts["X1K"][0]:
        truth["cosd-breast/diagnosis-twice"] += 1
    heads["X2B"]["record_count"] = str(len(trusts["X2B"]) + 2)
    truth["cosd-breast/record-count-differs"] += 1
    names = {}
    for code, records in trusts.items():
        kind = "csv" if code == "X1K" else "xml"
        name = f"COSD_SYNTHETIC(BR)_{code}_{START}_{END}_2016-05-18T12_18_38.{kind}"
        names[code] = f"sent/{name}"
        files[names[code]] = (as_csv if kind == "csv" else as_xml)(records, heads[code], fields)
    # The same records of the first trust once more, as the other format, to hold one against the other.
    files["same/X1A.csv"] = as_csv(trusts["X1A"], heads["X1A"], fields)
    for code, records in trusts.items():
        def people(fits):
            return len({r.get("nhs_number", r.get("local_patient_id")) for r in records if fits(r)} - {None})
        def in_period(text):
            return str(START) <= text <= str(END) and text != "2015-09-31"
        first = people(lambda r: "diagnosis_date" in r and in_period(r["diagnosis_date"])
                       and r["primary_diagnosis_icd"].startswith(("C50", "D05"))
                       and (r.get("m_category") == "1" or r.get("metastatic_type_1") == "03"))
        later = people(lambda r: "non_primary_date" in r and in_period(r["non_primary_date"])
                       and "03" in (r.get("metastatic_type_1"), r.get("metastatic_type_2")))
        answers.append([code, first, later + (7 if code == "X2B" else 0)])
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(["Organisation code", "Routinely collecting", "First presentation", "Progressed", "Total", "Time period"])
    for code, first, later in answers:
        writer.writerow([code, "Yes", first, later, first + later, "April 2015 to March 2016"])
    files["answers.csv"] = table.getvalue().encode()
    files["truth.csv"] = ("rule,findings\r\n" + "".join(f"{r},{n}\r\n" for r, n in sorted(truth.items()))).encode()
    asked = "code,name\r\n" + "".join(f"{code},{name}\r\n" for code, name in NAMES.items())
    files["asked.csv"] = asked.encode()
    files["round.json"] = (json.dumps({
        "round": "cosd-breast", "title": "SYNTHETIC: records of breast cancer, 2015-16", "synthetic": True,
        "rules": ["cosd-breast"], "register": "../2016-data-collection/register",
        "period": {"start": str(START), "end": str(END)}, "cutOff": "2016-08-31",
        "asked": "asked.csv",
        "submissions": [{"path": names[code]} for code in names],
    }, indent=2) + "\n").encode()
    write_round(FOLDER, files, ["sent", "same"])


if __name__ == "__main__":
    main()
