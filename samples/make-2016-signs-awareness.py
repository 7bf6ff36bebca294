#!/usr/bin/env python3
"""Writes the sample round samples/2016-signs-awareness. Everything in it is invented.

The same bytes every time: one seed, no clock. Only Python's own library.

    python3 samples/make-2016-signs-awareness.py
"""
import datetime
import json
import pathlib

from making.organisations import Seeded
from making.shapes import as_csv, as_xlsx
from making.writing import write_round

ROUND = pathlib.Path(__file__).resolve().parent / "2016-signs-awareness"
NOTICE = "SYNTHETIC: invented respondents, invented answers"
OPENED, CLOSED, CUT_OFF = datetime.date(2016, 5, 3), datetime.date(2016, 6, 30), datetime.date(2016, 7, 15)
QUESTION = [
    "(1) Before your diagnosis, were you aware of any signs and symptoms of secondary breast cancer?",
    "(2) Were you told what signs and symptoms to look for? If so, by whom?",
    "(3) In which year were you diagnosed with secondary breast cancer?",
    "(4) How old are you?",
    "(5) Where do you live?",
    "(6) Is there anything else you would like to tell us?",
]
FIELDS = ["respondent", "aware", "told", "told_by", "diagnosed", "age_band", "region", "responded", "comment"]
ONLINE = [
    "Response ID", QUESTION[0][4:], "Were you told what signs and symptoms to look for?", "By whom?", QUESTION[2][4:],
    QUESTION[3][4:], QUESTION[4][4:], "Completed", QUESTION[5][4:],
]
PAPER = ["Form number", "Q1", "Q2", "Q2a", "Q3", "Q4", "Q5", "Date", "Q6"]

# What respondents say on awareness, and how many of them.
AWARE = {"no": 348, "yes": 224, "not-sure": 26, "unreadable": 2, "blank": 22}
SPELT = {
    "no": ["No", "No", "no", "N"], "yes": ["Yes", "Yes", "yes", "Y"], "not-sure": ["Not sure", "unsure"],
    "unreadable": ["sort of", "only of lumps"], "blank": [""],
}
TELLERS = ["Nurse", "Breast care nurse", "Consultant", "Oncologist", "GP", "Charity", "Another patient"]
# Age bands, with the first year of diagnosis that is drawn.
AGES = {"Under 35": 2006, "35-44": 2000, "45 to 54": 1996, "55-64": 1994, "65-74": 1994, "75+": 1994}
REGIONS = [
    "North East", "North West", "Yorkshire", "East Midlands", "West Midlands", "East of England", "London",
    "South East", "South West", "Scotland", "Wales", "Northern Ireland",
]
COMMENTS = [
    "Nobody told me that back pain could be a sign.", "I thought that treatment was over.",
    "My GP took it for a cold for weeks.", "Thank you for asking.", "", "", "", "", "", "", "", "",
]
# number of respondents, what they say on awareness (any where it is empty), changed cells, the rule that finds it
FAULTS = [
    (14, "", {"told": "No", "told_by": "GP"}, "told-by-though-not-told"),
    (3, "", {"told": "Yes", "told_by": ""}, "told-by-missing"),
    (2, "", {"told": "", "told_by": ""}, "told-unanswered"),
    (1, "", {"told": "in passing", "told_by": ""}, "told-not-yes-or-no"),
    (2, "", {"told": "Yes", "told_by": "my sister"}, "told-by-not-in-list"),
    (31, "no", {"told": "Yes", "told_by": "Nurse"}, "not-aware-though-told"),
    (2, "", {"age_band": "52"}, "age-band-not-in-list"),
    (1, "", {"region": "Quillanmouth"}, "region-not-in-list"),
    (1, "", {"diagnosed": "three years ago"}, "diagnosed-not-a-year"),
    (2, "", {"diagnosed": "14"}, "diagnosed-implausible"),
    (2, "", {"diagnosed": "2017"}, "diagnosed-after-response"),
    (3, "", {"diagnosed": "1988", "age_band": "35-44"}, "age-band-contradicts-year"),
    (6, "", {"region": ""}, "background-missing"),
    (5, "", {"age_band": ""}, "background-missing"),
    (1, "", {"responded": ""}, "date-of-response-missing"),
    (1, "", {"responded": "31/06/2016"}, "responded-not-a-date"),
    (2, "", {"responded": "2016-04-11"}, "responded-outside-survey"),
    (1, "", {"comment": "Do write to me: respondent@example.org"}, "contact-details-in-comment"),
    (1, "", {"comment": "I can be called on 01632 960123."}, "contact-details-in-comment"),
    (1, "", {"respondent": "respondent@example.org"}, "respondent-id-not-opaque"),
    (1, "", {"respondent": ""}, "respondent-missing"),
]


def ordinary(aware, seeded):
    """An answer in which no rule finds anything but what its word on awareness brings."""
    told = seeded.pick(["Yes", "No"] if aware == "yes" else ["No", "no", "Not sure"])
    age = seeded.pick(list(AGES))
    return {
        "aware": seeded.pick(SPELT[aware]), "told": told, "told_by": seeded.pick(TELLERS) if told == "Yes" else "",
        "diagnosed": str(seeded.between(AGES[age], 2016)), "age_band": age, "region": seeded.pick(REGIONS),
        "responded": (OPENED + datetime.timedelta(days=seeded.below((CLOSED - OPENED).days + 1))).isoformat(),
        "comment": seeded.pick(COMMENTS),
    }


def make_answers(seeded):
    """Every answer with its word on awareness and the rules that find something in it."""
    words = seeded.shuffled(word for word, count in AWARE.items() for _ in range(count))
    answers = [(ordinary(word, seeded), word, []) for word in words]
    for _, word, finds in answers:
        if word == "unreadable":
            finds.append("awareness-not-yes-or-no")
        elif word == "blank":
            finds.append("awareness-unanswered")
    sound = {word: seeded.shuffled(a for a in answers if a[1] == word) for word in ("no", "yes", "not-sure")}
    for number, (count, word, cells, rule) in enumerate(FAULTS):
        for _ in range(count):
            # Who was told, and is not aware, is found by a rule of its own.
            aware = word or ("yes" if cells.get("told") == "Yes" else ["no", "yes", "not-sure"][number % 3])
            row, _, finds = sound[aware].pop()
            row.update(cells)
            finds.append(rule)
    return answers


def as_records(header, rows):
    records = [{h: c or None for h, c in zip(header, row)} for row in rows]
    return (json.dumps(records, indent=2) + "\n").encode()


def as_dated(row):
    """The cells with the days of the calendar as dates, which a workbook holds as such."""
    return [datetime.date.fromisoformat(c) if f == "responded" and c.startswith("2016-") else c
            for f, c in zip(FIELDS, row)]


def main():
    seeded = Seeded(20160921)
    answers = iter(make_answers(seeded))
    files, truth = {}, [["file", "row", "respondent", "aware", "finds"]]
    for name, letter, count, header_row in (("online.csv", "R", 500, 1), ("paper.xlsx", "P", 100, 3),
                                            ("telephone.json", "T", 22, 0)):
        rows = []
        for number in range(1, count + 1):
            row, word, finds = next(answers)
            row.setdefault("respondent", f"{letter}-{number:04}")
            rows.append((row, word, finds))
        if name == "online.csv":
            # Two respondents began once more and left: their ids stand there twice.
            for first, _, _ in (rows[120], rows[361]):
                begun = dict(first, aware="", told="", told_by="", comment="")
                rows.append((begun, "blank", ["awareness-unanswered", "told-unanswered", "respondent-twice"]))
        table = [[row[field] for field in FIELDS] for row, _, _ in rows]
        if name == "online.csv":
            data = as_csv([ONLINE] + table, ",", "\r\n", "utf-8-sig")
        elif name == "paper.xlsx":
            data = as_xlsx([("Forms", False, [[NOTICE], [], PAPER] + [as_dated(row) for row in table])])
        else:
            data = as_records(FIELDS, table)
        files[f"answers/{name}"] = data
        for at, (row, word, finds) in enumerate(rows, header_row + 1):
            truth.append([f"answers/{name}", str(at), row["respondent"], word, " ".join(sorted(finds))])
    files["truth.csv"] = as_csv(truth)
    files["round.json"] = (json.dumps({
        "round": "2016-signs-awareness", "title": "SYNTHETIC: signs and symptoms of secondary breast cancer, 2016",
        "synthetic": True, "dates": "day-first", "question": QUESTION, "rules": ["signs-awareness"],
        "period": {"start": OPENED.isoformat(), "end": CLOSED.isoformat()}, "cutOff": CUT_OFF.isoformat(),
        "submissions": [{"path": "answers"}],
    }, indent=2) + "\n").encode()
    write_round(ROUND, files, ("answers",))


if __name__ == "__main__":
    main()
