#!/usr/bin/env python3
"""Writes rows to measure with: invented records, 15 columns, a known number of faults of each kind.

    python3 Benchmarks/make-rows.py ROWS.csv [--rows 1000000] [--seed 20160921] [--faults FAULTS.json]

The same arguments give the same bytes. A million rows are about 94 MB. Organisations are the invented ones of the
sample round; NHS numbers are of the range 999, which is kept for tests. FAULTS.json tells for each rule of the pack
`bench` how many rows (or, for a fill rate, organisations) fail it.
"""
import argparse
import collections
import csv
import datetime
import json
import pathlib
import random

TRUSTS = pathlib.Path(__file__).resolve().parent.parent / "samples/2016-data-collection/register-source/etr.csv"
HEADER = (
    "organisation_code,record_id,nhs_number,birth_date,diagnosis_date,treatment_date,postcode,sex,metastatic_type,"
    "metastatic_site,cns_code,nodes_examined,nodes_positive,previous_record,note"
)
SEXES = ["1", "2", "2", "2", "2", "2", "2", "9"]
TYPES = ["01", "02", "03", "03", "03", "03"]
SITES = ["02", "03", "04", "07", "08", "09", "10", "11", "12", "98"]
NURSE_CODES = ["Y1", "Y3", "Y4", "Y5", "NI", "NN", "99"]
NOTES = [
    "Seen in clinic", "Referred", '"Bone, liver"', "Discussed at MDT", "Letter sent", '"Told ""no further scans"""',
    "Reviewed", "Awaiting results", "",
]
LOW_FILL_RATE = 12
# For three digits: their parts of the check sum when they stand fourth to sixth, then when seventh to ninth.
WEIGHED = [
    tuple(int(digit) * weight for digit, weight in zip(f"{n:03}" * 2, (7, 6, 5, 4, 3, 2))) for n in range(1000)
]
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def nhs_number(middle):
    """A number of the test range 999 with a true check digit."""
    while True:
        a, b, c, d, e, f = WEIGHED[middle // 1000][:3] + WEIGHED[middle % 1000][3:]
        check = -(9 * (10 + 9 + 8) + a + b + c + d + e + f) % 11
        if check < 10:
            return f"999{middle:06}{check}"
        middle = (middle + 1) % 1_000_000


def organisations():
    """The trusts of the sample round that were open on its last day."""
    with TRUSTS.open(newline="", encoding="utf-8") as file:
        return [row[0] for row in csv.reader(file) if not row[11]]


def make(path, rows, seed):
    draw = random.Random(seed).random
    trusts = organisations()
    poor = set(trusts[:: max(1, len(trusts) // LOW_FILL_RATE)][:LOW_FILL_RATE])
    first_day = datetime.date(1920, 1, 1).toordinal()
    days = [datetime.date.fromordinal(first_day + n).isoformat() for n in range(40_000)]
    diagnosis_from = datetime.date(2013, 1, 1).toordinal() - first_day
    faults = collections.Counter()
    held, filled = collections.Counter(), collections.Counter()
    identifiers = []

    def pick(items):
        return items[int(draw() * len(items))]

    def hit(rule, rate):
        """Decides whether this row has the fault, and counts it."""
        if draw() >= rate:
            return False
        faults[rule] += 1
        return True

    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\n")
        lines = []
        for number in range(rows):
            trust = pick(trusts)
            identifier = f"B{number:09}"
            if hit("record-id-missing", 0.0005):
                identifier = ""
            elif hit("record-id-pattern", 0.0005):
                identifier = f"b{number:09}"
            elif number > 1000 and hit("record-id-repeated", 0.0005):
                identifier = pick(identifiers)
            else:
                identifiers.append(identifier)

            patient = nhs_number(int(draw() * 1_000_000))
            if hit("nhs-number-missing", 0.001):
                patient = ""
            elif hit("nhs-number-check-digit", 0.002):
                patient = patient[:9] + str((int(patient[9]) + 1 + int(draw() * 9)) % 10)

            born = int(draw() * 25_000)
            diagnosed = diagnosis_from + int(draw() * 3_600)
            birth, diagnosis = days[born], days[diagnosed]
            treatment = days[diagnosed + int(draw() * 120)] if draw() < 0.8 else ""
            if hit("birth-date-missing", 0.001):
                birth = ""
            elif hit("birth-date-not-a-date", 0.0005):
                birth = birth[:4] + "-02-31"
            elif hit("diagnosis-date-missing", 0.001):
                diagnosis = ""
            elif hit("diagnosis-date-not-a-date", 0.0005):
                diagnosis = diagnosis[:4] + "-13-01"
            elif hit("diagnosis-before-birth", 0.0005):
                birth = days[diagnosed + 1 + int(draw() * 300)]
            elif treatment and hit("treatment-before-diagnosis", 0.003):
                treatment = days[diagnosed - 1 - int(draw() * 300)]

            area, district = pick(LETTERS) + pick(LETTERS), 1 + int(draw() * 20)
            postcode = f"{area}{district} {int(draw() * 10)}{pick(LETTERS)}{pick(LETTERS)}"
            if hit("postcode-pattern", 0.002):
                postcode = postcode.replace(" ", "-")
            sex = "X" if hit("sex-not-in-list", 0.001) else pick(SEXES)
            kind = pick(TYPES)
            site = pick(SITES)
            if hit("metastatic-type-not-in-list", 0.001):
                kind = "04"
            elif kind == "03" and hit("site-missing-when-distant", 0.01):
                site = ""
            if site and hit("metastatic-site-not-in-list", 0.001):
                site = "55"
            nurse = pick(NURSE_CODES)
            held[trust] += 1
            if draw() < (0.2 if trust in poor else 0.05):
                nurse = ""
            else:
                filled[trust] += 1
                if hit("cns-code-not-in-list", 0.001):
                    nurse = "Y2"

            examined = positive = ""
            if draw() < 0.8:
                count = 1 + int(draw() * 20)
                examined, positive = str(count), str(int(draw() * (count + 1)))
                if hit("more-nodes-positive-than-examined", 0.002):
                    positive = str(count + 1 + int(draw() * 5))
            previous = ""
            if number > 1000 and draw() < 0.1:
                previous = f"C{number:09}" if hit("previous-record-unknown", 0.005) else pick(identifiers)
            note = pick(NOTES)
            if site == "98":
                note = "" if hit("note-missing-when-other-site", 0.02) else "Other site"
            lines.append(
                f"{trust},{identifier},{patient},{birth},{diagnosis},{treatment},{postcode},{sex},{kind},{site},"
                f"{nurse},{examined},{positive},{previous},{note}\n"
            )
            if len(lines) == 10_000:
                file.writelines(lines)
                lines.clear()
        file.writelines(lines)
    faults["cns-code-fill-rate"] = sum(1 for trust in held if filled[trust] < 0.9 * held[trust])
    return dict(sorted(faults.items()))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("path")
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--seed", type=int, default=20160921)
    arguments.add_argument("--faults")
    options = arguments.parse_args()
    faults = json.dumps(make(options.path, options.rows, options.seed), indent=2) + "\n"
    if options.faults:
        pathlib.Path(options.faults).write_text(faults, encoding="utf-8")
    else:
        print(faults, end="")


if __name__ == "__main__":
    main()
