#!/usr/bin/env python3
"""Counts anew what rules/breast-waiting-times finds, without reading the pack, and compares a report with it.

    breast_waiting_times.py FILE.csv [REPORT.json] [--register rules/register] [--examples 3]
    breast_waiting_times.py FILE.csv --spoil SPOILT.csv

FILE is the breast rows of the Cancer Waiting Times by provider. REPORT is what
`trustcheck check FILE --rules breast-waiting-times --format json` wrote of the same file; every rule must have the same
rows passed, failed, not applicable and not evaluated, and the same submissions passed and failed, or the differences
are printed and the exit code is 1.

--spoil writes a copy with faults of every kind planted, always the same ones, so that the comparison is not one of
noughts.

Every rule is written here a second time, from its sentence and not from its JSON, in exact fractions.
"""
import argparse
import collections
import csv
import fractions
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACK = "breast-waiting-times"
PASSED, FAILED, NOT_APPLICABLE, NOT_EVALUATED = "passed", "failed", "notApplicable", "notEvaluated"
OUTSIDE, NOT_MATCHED = "intake/organisation-not-in-register", "intake/organisation-not-matched"
HALF = fractions.Fraction(1, 2)

NATIONAL_TOTALS = "all english providers"
DAYS_31, DAYS_62 = "31-DAY (BY CANCER)", "62-DAY (BY CANCER)"
# What each part belongs to: its table, and what its rows call the stage or route.
PARTS = {
    "PART A: ALL STAGES": (DAYS_31, "ALL STAGES"),
    "PART B: FIRST TREATMENTS": (DAYS_31, "First Treatment"),
    "PART C: SUBSEQUENT TREATMENTS": (DAYS_31, "Subsequent Treatment"),
    "PART A: ALL ROUTES": (DAYS_62, "ALL ROUTES"),
    "PART B: URGENT SUSPECTED CANCER": (DAYS_62, "Urgent Suspected Cancer"),
    "PART C: BREAST SYMPTOMATIC": (DAYS_62, "Breast Symptomatic"),
    "PART D: URGENT SCREENING": (DAYS_62, "Screening"),
    "PART E: CONSULTANT UPGRADE": (DAYS_62, "Consultant Upgrade"),
}
IDENTIFYING = ("period", "sheet", "part", "ods_code", "stage_or_route", "cancer_type")
COUNTS = ("total", "within", "after")


# ---- Reading ----------------------------------------------------------------------------------------------------

class NotReadable:
    """A cell that holds something, but nothing of its type."""


def cell(text):
    """The text without outer spaces; None when nothing stands there."""
    text = text.strip()
    return None if text.lower() in ("", "-", "n/a") else text


def number(text):
    text = cell(text)
    if text is None:
        return None
    return fractions.Fraction(text) if re.fullmatch(r"[-+]?\d+(\.\d+)?", text) else NotReadable


def month(text):
    """(year, month), None or NotReadable."""
    text = cell(text)
    if text is None:
        return None
    found = re.fullmatch(r"(\d{4})-(\d{2})", text)
    return (int(found[1]), int(found[2])) if found and 1 <= int(found[2]) <= 12 else NotReadable


class Row:
    def __init__(self, line, cells):
        self.line = line
        self.given = cells
        for name in ("sheet", "part", "ods_code", "provider", "stage_or_route", "cancer_type"):
            setattr(self, name, cell(cells[name]))
        for name in (*COUNTS, "pct"):
            setattr(self, name, number(cells[name]))
        self.period = month(cells["period"])

    @property
    def is_national(self):
        return self.ods_code is None and (self.provider or "").lower() == NATIONAL_TOTALS

    def __str__(self):
        return f"row {self.line}: " + ", ".join(v.strip() for v in self.given.values())


def read(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        # Row 1 is the header; no cell of this file holds a newline.
        return [Row(line, cells) for line, cells in enumerate(csv.DictReader(file), 2)]


class Organisation:
    def __init__(self, cells):
        self.names = [re.sub(r" \[[^\]]*\]$", "", name) for name in cells["names"].split("|")]
        self.forms = {bare(name) for name in self.names}
        self.opened = tuple(map(int, cells["opened"].split("-")))[:2] if cells["opened"] else None
        self.closed = tuple(map(int, cells["closed"].split("-")))[:2] if cells["closed"] else None

    def is_open(self, period):
        return (self.opened is None or self.opened <= period) and (self.closed is None or period <= self.closed)


def bare(name):
    """A name's words without case, punctuation and the words for the kind of body."""
    text = re.sub(r"['’`]", "", name.lower()).replace("&", " and ")
    text = " ".join("st" if word == "saint" else word for word in re.findall(r"\w+", text))
    text = re.sub(r"\bnational health service\b", "nhs", text)
    return " ".join(re.sub(r"\b(nhs|foundation|trust|ft)\b", " ", re.sub(r"^the ", "", text)).split())


def read_register(folder):
    with open(folder / "organisations.csv", newline="", encoding="utf-8") as file:
        return {cells["code"]: Organisation(cells) for cells in csv.DictReader(file)}


# ---- Rules that judge a row -------------------------------------------------------------------------------------

def verdict(holds):
    return PASSED if holds else FAILED


def on(*cells):
    """What cells allow: None when all are values, else the verdict without judging."""
    if any(value is None for value in cells):
        return NOT_APPLICABLE
    return NOT_EVALUATED if any(value is NotReadable for value in cells) else None


def known(*cells):
    """As `on`, for rules whose sentence is a condition: a cell without a value leaves it undecided."""
    return NOT_EVALUATED if any(value is None or value is NotReadable for value in cells) else None


def readable(name):
    def judge(row):
        value = getattr(row, name)
        return NOT_APPLICABLE if value is None else verdict(value is not NotReadable)
    return judge


def not_negative(name):
    return lambda row: on(getattr(row, name)) or verdict(getattr(row, name) >= 0)


def percentage_missing(row):
    if row.pct is not None:
        return PASSED
    return known(row.total) or verdict(row.total <= 0)


def part_of_a_patient(row):
    values = [getattr(row, name) for name in COUNTS]
    if any(known(value) is None and value % HALF != 0 for value in values):
        return FAILED
    return known(*values) or PASSED


def has_half(row):
    """True, False, or None when a missing count leaves it undecided."""
    values = [getattr(row, name) for name in COUNTS]
    if any(known(value) is None and value % 1 != 0 for value in values):
        return True
    return None if known(*values) else False


def half_patient_in_31_day(row):
    half = has_half(row)
    if half is None:
        return NOT_EVALUATED
    return (known(row.sheet) or verdict(row.sheet != DAYS_31)) if half else NOT_APPLICABLE


def percentage_of_nobody(row):
    if known(row.total):
        return NOT_EVALUATED
    return verdict(row.pct is None or row.pct is NotReadable) if row.total == 0 else NOT_APPLICABLE


def percentage_differs(row):
    skipped = on(row.within, row.total, row.pct)
    if skipped:
        return skipped
    return verdict(row.total <= 0 or abs(row.pct - row.within / row.total) <= fractions.Fraction(1, 10**9))


def route_of_another_part(row):
    if known(row.part, row.stage_or_route):
        return NOT_EVALUATED
    return verdict(row.part not in PARTS or PARTS[row.part][1] == row.stage_or_route)


def part_of_another_table(row):
    if known(row.part, row.sheet):
        return NOT_EVALUATED
    return verdict(row.part not in PARTS or row.sheet not in (DAYS_31, DAYS_62) or PARTS[row.part][0] == row.sheet)


def rules_of_rows(register):
    def in_register(row):
        return on(row.ods_code) or verdict(row.ods_code in register)

    def was_open(row):
        skipped = on(row.ods_code, row.period)
        if skipped or row.ods_code not in register:
            return skipped or NOT_EVALUATED
        return verdict(register[row.ods_code].is_open(row.period))

    def named(row):
        skipped = on(row.ods_code, row.provider)
        if skipped or row.ods_code not in register:
            return skipped or NOT_EVALUATED
        return verdict(bare(row.provider) in register[row.ods_code].forms)

    return {
        "count-missing": lambda row: verdict(all(getattr(row, name) is not None for name in COUNTS)),
        "row-not-identified": lambda row: verdict(all(getattr(row, name) is not None for name in IDENTIFYING)),
        "provider-name-missing": lambda row: verdict(row.provider is not None),
        "percentage-missing": percentage_missing,
        "total-not-a-number": readable("total"),
        "within-not-a-number": readable("within"),
        "after-not-a-number": readable("after"),
        "percentage-not-a-number": readable("pct"),
        "period-not-a-month": readable("period"),
        "table-unknown": lambda row: on(row.sheet) or verdict(row.sheet in (DAYS_31, DAYS_62)),
        "part-unknown": lambda row: on(row.part) or verdict(row.part in PARTS),
        "cancer-type-not-breast": lambda row: on(row.cancer_type) or verdict(row.cancer_type == "Breast"),
        "percentage-out-of-range": lambda row: on(row.pct) or verdict(0 <= row.pct <= 1),
        "total-negative": not_negative("total"),
        "within-negative": not_negative("within"),
        "after-negative": not_negative("after"),
        "part-of-a-patient": part_of_a_patient,
        "provider-not-in-register": in_register,
        "provider-not-open": was_open,
        "provider-name-unknown": named,
        "parts-do-not-add-up":
            lambda row: on(row.within, row.after, row.total) or verdict(row.within + row.after == row.total),
        "percentage-differs-from-parts": percentage_differs,
        "percentage-of-nobody": percentage_of_nobody,
        "half-patient-in-31-day": half_patient_in_31_day,
        "part-of-another-table": part_of_another_table,
        "route-of-another-part": route_of_another_part,
        "small-count-shown": lambda row: known(row.total) or verdict(not 0 < row.total < 8),
    }


# ---- Rules that need all rows -----------------------------------------------------------------------------------

def repeated_rows(rows):
    """The verdict on every row: the first of equal keys passes, those after it fail."""
    seen, verdicts = set(), []
    for row in rows:
        key = tuple(getattr(row, name) for name in IDENTIFYING)
        verdicts.append(on(*key) or verdict(key not in seen))
        seen.add(key)
    return verdicts


def missing_months(rows, sheet, register):
    """For every provider with rows in the table: the months it lacks, out of those it was open in."""
    present = collections.defaultdict(set)
    for row in rows:
        if row.sheet == sheet and on(row.period, row.ods_code) is None:
            present[row.ods_code].add(row.period)
    every = [period for periods in present.values() for period in periods]
    first, last = min(every), max(every)
    months = [(n // 12, n % 12 + 1) for n in range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])]
    return {
        code: [m for m in months if m not in periods and (code not in register or register[code].is_open(m))]
        for code, periods in sorted(present.items())
    }


# ---- What is no rule --------------------------------------------------------------------------------------------

def print_facts(national, rows, register):
    """What the file holds beside the findings, and sums across rows, which no rule of the pack checks."""
    def text(period):
        return f"{period[0]}-{period[1]:02}"

    periods = sorted({row.period for row in rows if known(row.period) is None})
    codes = {row.ods_code for row in rows if row.ods_code}
    print(f"{len(rows):,} rows of {len(codes)} providers, {len(codes & register.keys())} of them in the register, "
          f"{text(periods[0])} to {text(periods[-1])}")
    print(f"{len(national)} rows of national totals told apart")
    print(f"{sum(row.given['provider'] != row.given['provider'].strip() for row in rows)} names with outer spaces")
    halves = [row for row in rows if has_half(row)]
    in_total = sum(row.total % 1 == HALF for row in halves if known(row.total) is None)
    print(f"{len(halves):,} rows with half patients ({in_total:,} of them in the total)")
    by_other_name = {
        (row.ods_code, row.provider) for row in rows
        if row.ods_code in register and row.provider and bare(row.provider) in register[row.ods_code].forms
        and bare(row.provider) != bare(register[row.ods_code].names[0])
    }
    print(f"{len(by_other_name)} names that are known, but not the newest of their code: "
          + ", ".join(sorted(code for code, _ in by_other_name)))

    sums, parts = collections.Counter(), collections.defaultdict(collections.Counter)
    for row in rows:
        for name in COUNTS:
            value = getattr(row, name)
            if known(value) is None:
                sums[row.period, row.sheet, row.part, name] += value
                whole = (row.part or "").startswith("PART A")
                parts[row.period, row.sheet, row.ods_code, name]["A" if whole else "others"] += value
    wrong = sum(
        getattr(row, name) != sums[row.period, row.sheet, row.part, name] for row in national for name in COUNTS)
    print(f"{wrong} of {len(national) * len(COUNTS)} national counts differ from the sum of the providers")
    wrong = sum(count["A"] != count["others"] for count in parts.values())
    print(f"{wrong} of {len(parts):,} counts of all stages or routes differ from the sum of the other parts")


# ---- Faults to find ---------------------------------------------------------------------------------------------

def spoil(source, target):
    """Writes a copy with every kind of fault, three or more of each, at rows that are always the same."""
    def counts(total, within, after):
        share = {} if float(total) == 0 else {"pct": repr(float(within) / float(total))}
        return {"total": total, "within": within, "after": after, **share}

    closed = {"period": "2025-05", "ods_code": "RAP", "provider": "NORTH MIDDLESEX UNIVERSITY HOSPITAL NHS TRUST"}
    changes = [
        {"total": ""}, {"within": " "}, {"total": "twelve"}, {"within": "11 of 12"}, {"after": "1-2"}, {"pct": "most"},
        {"pct": ""}, {"pct": "88"}, {"pct": "-0.1"}, {"total": "-3"}, {"within": "-0.5"}, {"after": "-1"},
        {"total": "99999"}, {"pct": "0.123456"}, counts("12.3", "11", "1.3"), counts("1", "0.75", "0.25"),
        {**counts("0", "0", "0"), "pct": "1"}, {**counts("0", "0", "0"), "pct": ""},
        {"sheet": DAYS_31, "part": "PART A: ALL STAGES", "stage_or_route": "ALL STAGES"} | counts("9.5", "9", "0.5"),
        {"period": "2025-13"}, {"period": ""}, {"cancer_type": ""}, {"cancer_type": "Lung"}, {"sheet": "28-DAY FDS"},
        {"sheet": DAYS_31, "part": "PART E: CONSULTANT UPGRADE"}, {"part": "PART F: OTHER"},
        {"part": "PART D: URGENT SCREENING", "stage_or_route": "ALL ROUTES"}, {"provider": ""},
        {"provider": "A HOSPITAL THAT NOBODY KNOWS"}, closed,
    ]
    with open(source, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), reader.fieldnames
    audited = [row for row in rows if row["ods_code"]]
    for number, change in enumerate(changes):
        for time in range(3 + number % 4):
            audited[101 + number * 83 + time * 3253].update(change)
    twice = [dict(audited[5000 + time * 1200]) for time in range(6)]
    gone = {("2024-03", DAYS_31, "RM1"), ("2024-04", DAYS_31, "RM1"), ("2024-08", DAYS_62, "RGT")}
    rows = [row for row in rows if (row["period"], row["sheet"], row["ods_code"]) not in gone]
    with open(target, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows + twice)
    print(f"{target}: {len(changes)} changes of 3 to 6 rows each, {len(twice)} rows twice, {len(gone)} months left out")


# ---- Counting and comparing -------------------------------------------------------------------------------------

def count(rows, register, examples):
    """Counts by rule, and the first findings of each."""
    counted, shown = {}, collections.defaultdict(list)
    verdicts = {rule: [judge(row) for row in rows] for rule, judge in rules_of_rows(register).items()}
    verdicts["row-twice"] = repeated_rows(rows)
    for rule, answers in verdicts.items():
        tally = collections.Counter(answers)
        counted[rule] = {outcome: tally[outcome] for outcome in (PASSED, FAILED, NOT_APPLICABLE, NOT_EVALUATED)}
        failed = (row for row, answer in zip(rows, answers) if answer == FAILED)
        shown[rule] = [str(row) for row, _ in zip(failed, range(examples))]
    for rule, sheet in (("month-missing-31-day", DAYS_31), ("month-missing-62-day", DAYS_62)):
        missing = missing_months(rows, sheet, register)
        failed = {code: months for code, months in missing.items() if months}
        counted[rule] = {PASSED: len(missing) - len(failed), FAILED: len(failed)}
        for code, months in failed.items():
            totals = [
                row.total for row in rows
                if row.ods_code == code and row.sheet == sheet and (row.part or "").startswith("PART A")
                and known(row.total) is None
            ]
            most = f"at most {float(max(totals)):g} patients a month" if totals else "no totals"
            words = ", ".join(f"{year}-{month:02}" for year, month in months[:4]) + (" …" if months[4:] else "")
            shown[rule].append(f"{code}: {len(months)} missing, {most}: {words}")
    return counted, shown


def differences(counted, national, rows, register, report):
    """How a report differs, a line each."""
    lines = []
    outcomes = {rule["id"]: rule["outcomes"] for rule in report["rules"]}
    found = {rule["id"].removeprefix(PACK + "/"): rule for rule in report["rules"] if rule["id"].startswith(PACK + "/")}
    for rule in sorted(counted.keys() | found.keys()):
        if rule not in found or rule not in counted:
            lines.append(f"{rule}: only {'counted here' if rule in counted else 'in the report'}")
            continue
        have = found[rule].get("rows") or found[rule]["outcomes"]
        for outcome, expected in counted[rule].items():
            if have.get(outcome, 0) != expected:
                lines.append(f"{rule}: the report has {have.get(outcome, 0):,} {outcome}, counted here {expected:,}")
    tolerated = collections.Counter()
    for given in report["inputs"]:
        for tolerance in given["tolerances"]:
            tolerated[tolerance["kind"]] += tolerance["count"]
    outside = {row.ods_code for row in rows if row.ods_code and row.ods_code not in register}
    for what, have, expected in (
            ("rows audited", sum(given["records"] for given in report["inputs"]), len(rows)),
            ("rows of totals", tolerated["total-row"], len(national)),
            ("providers not in the register", outcomes[OUTSIDE].get("failed", 0), len(outside)),
            ("providers not matched", outcomes[NOT_MATCHED].get("failed", 0), 0)):
        if have != expected:
            lines.append(f"{what}: the report has {have:,}, counted here {expected:,}")
    return lines


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", type=pathlib.Path)
    arguments.add_argument("report", type=pathlib.Path, nargs="?")
    arguments.add_argument("--register", type=pathlib.Path, default=ROOT / "rules/register")
    arguments.add_argument("--examples", type=int, default=0, help="findings shown of each rule")
    arguments.add_argument("--spoil", type=pathlib.Path, metavar="SPOILT.csv")
    options = arguments.parse_args()
    if options.spoil:
        spoil(options.file, options.spoil)
        return
    register = read_register(options.register)
    everything = read(options.file)
    national = [row for row in everything if row.is_national]
    rows = [row for row in everything if not row.is_national]
    print_facts(national, rows, register)
    counted, shown = count(rows, register, options.examples)
    print(f"\n{'rule':32}{'failed':>8}{'passed':>9}{'not applicable':>16}{'not evaluated':>15}")
    for rule, numbers in sorted(counted.items(), key=lambda item: (-item[1][FAILED], item[0])):
        print(f"{rule:32}{numbers[FAILED]:8,}{numbers[PASSED]:9,}"
              + "".join(f"{numbers[o]:{w},}" if o in numbers else f"{'':{w}}"
                        for o, w in ((NOT_APPLICABLE, 16), (NOT_EVALUATED, 15))))
        for line in shown[rule][:options.examples]:
            print(f"    {line}")
    if options.report:
        wrong = differences(counted, national, rows, register, json.loads(options.report.read_text(encoding="utf-8")))
        if wrong:
            sys.exit("\nThe report differs:\n" + "\n".join(wrong))
        print(f"\nThe report agrees on all {len(counted)} rules.")


if __name__ == "__main__":
    main()
