#!/usr/bin/env python3
"""Writes the sample round samples/2016-nursing-care. Everything in it is invented.

The trusts are those of samples/2016-data-collection; boards of Scotland and Wales stand beside them. The same bytes
every time: fixed seeds, no clock. Only Python's own library.

    python3 samples/make-2016-nursing-care.py                    write the round
    python3 samples/make-2016-nursing-care.py --verify FOLDER    compare codes and names with real ones in FOLDER
                                                                 (CSV files of the ODS; nothing is written)
"""
import argparse
import datetime
import json
import pathlib
import sys

from making.nursing import CUT_OFF, FIELDS, QUESTION, SENT, answer, assign, make_boards, make_sources, truth_of
from making.organisations import Seeded, make_organisations, verify
from making.request import NOTICE
from making.shapes import as_csv, as_xlsx, padded
from making.submissions import as_written
from making.writing import write_round

ROUND = pathlib.Path(__file__).resolve().parent / "2016-nursing-care"
COLUMNS = ["code", "name", "nation", *FIELDS, "date"]
NAMES = [
    "organisation_code", "organisation_name", "nation", "provides", "dedicated", "nurses", "whole_time", "shared",
    "shared_time", "enough", "answer_words", "date_received",
]
SHORT = [
    "Code", "Trust or Health Board", "Nation", "Specialist nursing", "Dedicated nurse", "Headcount", "WTE",
    "Shared nurse", "Share of time", "Enough?", "Their words", "Came in",
]
ASKED = [
    "Code", "Name of organisation", "Country",
    "Do you provide specialist nursing care for people with secondary breast cancer?",
    "Is at least one clinical nurse specialist dedicated to secondary breast cancer?", "How many?", "WTE",
    "Is a nurse shared between primary and secondary breast cancer?",
    "What share of the nurse's time, in per cent, is for secondary breast cancer?",
    "Is there enough specialist nursing care for people with secondary breast cancer?", "Comments", "Date of reply",
]
# Columns that a single answer may leave out.
OPTIONAL = {"nation", "words", "date"}


def table(rows, headings):
    used = [f for f in COLUMNS if f not in OPTIONAL or any(r[f] for r in rows)]
    return [[headings[COLUMNS.index(f)] for f in used]] + [[r[f] for f in used] for r in rows]


def as_records(rows):
    """JSON with yes and no as true and false, and numbers as numbers."""

    def value(cell):
        if isinstance(cell, datetime.date):
            return cell.isoformat()
        return {"yes": True, "no": False}.get(cell.lower(), int(cell) if cell.isdigit() else cell or None)

    header, *records = table(rows, NAMES)
    return (json.dumps([{h: value(c) for h, c in zip(header, r)} for r in records], indent=2) + "\n").encode()


def alone(number, row):
    """The name ending and the bytes of one organisation's own file."""
    row = dict(row, nation="")
    shape = number % 5
    if shape == 0:
        return ".csv", as_csv(table([row], ASKED), ";", "\r\n", "utf-8-sig")
    if shape == 1:
        return ".xlsx", as_xlsx([("Reply", False, [[NOTICE], []] + table([row], ASKED))])
    if shape == 2:
        return ".json", as_records([row])
    if shape == 3:
        body = table([row], SHORT)
        return ".csv", as_csv(padded([[NOTICE], ["Our reply \u2013 specialist nursing"]], len(body[0])) + body,
                              ",", "\r\n", "cp1252")
    return ".csv", as_csv(table([row], SHORT))


def make_submissions(chosen, joined, former, seeded):
    """Files by path below the round's folder, and the day of every answer."""
    files, days, sheets = {}, {}, {"England": [], "Scotland": [], "Wales": []}
    for number, (organisation, (case, values, *_)) in enumerate(chosen.items()):
        if values is None and case != "misspelt":
            continue
        row = answer(values or ("Yes", "Yes", "1", "1", "No", "", "Yes", ""), seeded)
        nation = {"S": "Scotland", "W": "Wales"}.get(organisation.region, "England")
        day = SENT + datetime.timedelta(days=seeded.between(4, 52))
        row.update(code=organisation.code, name=organisation.name, nation=nation, date=day)
        days[organisation] = day
        path = f"answers/{organisation.code.lower()}-{organisation.town.lower().replace(' ', '-')}"
        if case in ("none-future", "no-such-day"):
            row["date"] = "2061-10-28" if case == "none-future" else "31/11/2016"
        if case == "none-nation":
            row["nation"] = "Scotland"
        elif case == "britain":
            row["nation"] = "Great Britain"
        elif case == "misspelt":
            row.update(code="", name=as_written(organisation.name, "misspelt"))
            del days[organisation]
        if organisation is joined:
            row.update(code=former.code, name=former.name)
        apart = nation == "England" and (number % 6 == 0 or organisation is joined or case == "misspelt")
        if not apart or row["nation"] != nation:
            sheets[nation].append(row)
        else:
            ending, files[path + ending] = alone(number // 6, row)
    twice = next(r for r in sheets["England"] if r["nurses"] == "1" and r["whole_time"] == "1")
    files["answers/second-answer.csv"] = as_csv(table([dict(twice, nurses="2", whole_time="1.8")], SHORT))
    renamed = next(r for r in sheets["England"] if r["provides"].lower() == "no" and r["nation"] == "England")
    renamed["name"] = "Breast Care Centre, Level 2"
    for sheet, at in (("Scotland", "S99000004"), ("Wales", None)):
        moved = next(r for r in sheets[sheet] if r["code"] == at or (at is None and "University" in r["name"]))
        moved["nation"] = "England"
    body = table(sheets["England"], SHORT)
    titles = padded([[NOTICE], ["England: replies received"]], len(body[0]))
    files["collated/england.csv"] = as_csv(titles + body, ",", "\r\n")
    files["collated/scotland.xlsx"] = as_xlsx([("Replies", False, [[NOTICE]] + table(sheets["Scotland"], ASKED))])
    files["collated/wales.csv"] = as_csv(table(sheets["Wales"], SHORT), ";", "\r\n", "utf-8-sig")
    special = {
        twice["code"]: ("more-than-one-answer", "a second answer that differs in the number of nurses only"),
        renamed["code"]: ("organisation-name-differs", "answered under the name of one of its wards"),
        "S99000004": ("nation-differs-from-code", "a Scottish board put in England"),
        moved["code"]: ("nation-differs-from-name", "a Welsh board put in England"),
        joined.code: ("organisation-not-open", f"answered under the code of {former.code}, which had joined it"),
    }
    return files, days, special


def make_contacts(chosen, days):
    rows = [["organisation", "date", "kind", "source"]]

    def log(organisation, day, kind):
        rows.append([organisation.code, day.isoformat(), kind, f"FOI mailbox, message {len(rows):04}"])

    for organisation, (case, *_) in chosen.items():
        log(organisation, SENT, "sent")
        if case in ("bounced", "acknowledged", "refused"):
            log(organisation, SENT + datetime.timedelta(days=0 if case == "bounced" else 8), case)
        if organisation in days:
            log(organisation, days[organisation], "answered")
    return rows


def make_truth(chosen, special):
    rows = [[
        "organisation", "nation", "answered", "provides", "dedicated", "shared", "under_quarter", "enough", "finds",
        "special",
    ]]
    for organisation, (_, values, finds, words) in chosen.items():
        more, note = special.get(organisation.code, ("", ""))
        rows.append([
            organisation.code, {"S": "Scotland", "W": "Wales"}.get(organisation.region, "England"),
            "yes" if values else "no", *(truth_of(values) if values else [""] * 5),
            " ".join(sorted(f"{finds} {more}".split())), "; ".join(w for w in (words, note) if w),
        ])
    return rows


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--verify", type=pathlib.Path)
    options = arguments.parse_args()
    english, excluded, closed, successors, merged, old = make_organisations(Seeded(20160921))
    joined, former = merged["both"], old[merged["both"]]
    seeded = Seeded(20170405)
    trusts = sorted(english + [o for o, _ in excluded if o not in closed] + closed, key=lambda o: o.code)
    scottish, welsh = make_boards(trusts, seeded)
    if options.verify:
        problems = list(verify(options.verify, trusts + scottish + welsh))
        print("\n".join(problems) or f"{len(trusts + scottish + welsh)} organisations, none of them real")
        sys.exit(1 if problems else 0)
    chosen = assign(english, scottish, welsh, joined, seeded)
    files, days, special = make_submissions(chosen, joined, former, seeded)
    files.update(make_sources(trusts, scottish, welsh, successors))
    files["asked.csv"] = as_csv([["code", "name"]] + [[o.code, o.name] for o in chosen])
    files["contacts.csv"] = as_csv(make_contacts(chosen, days))
    files["truth.csv"] = as_csv(make_truth(chosen, special))
    left_out = sorted((o.code, why) for o, why in excluded if o not in closed)
    files["round.json"] = (json.dumps({
        "round": "2016-nursing-care", "title": "SYNTHETIC: specialist nursing care, 2016", "synthetic": True, "dates": "day-first",
        "question": QUESTION, "rules": ["nursing-care"], "register": "register", "sent": SENT.isoformat(),
        "cutOff": CUT_OFF.isoformat(), "asked": "asked.csv",
        "excluded": [{"code": code, "why": why} for code, why in left_out], "contacts": "contacts.csv",
        "submissions": [{"path": "answers"}, {"path": "collated"}],
    }, indent=2) + "\n").encode()
    write_round(ROUND, files, ("answers", "collated"))


if __name__ == "__main__":
    main()
