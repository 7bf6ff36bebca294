#!/usr/bin/env python3
"""Writes the sample round samples/2016-data-collection. Everything in it is invented.

The same bytes every time: one seed, no clock, zip entries stored with a fixed date. Only Python's own library.

    python3 samples/make-2016-data-collection.py                    write the round
    python3 samples/make-2016-data-collection.py --digests FILE     fill the digests into decisions.csv
                                                                    (FILE: the report of the round, as JSON)
    python3 samples/make-2016-data-collection.py --verify FOLDER    compare codes and names with real ones in FOLDER
                                                                    (CSV files of the ODS; nothing is written)
"""
import argparse
import datetime
import json
import pathlib
import sys

from making.answers import assign
from making.organisations import Seeded, make_organisations, make_register, verify
from making.request import CUT_OFF, QUESTION, SENT
from making.shapes import as_csv
from making.submissions import make_submissions
from making.writing import write_round

ROUND = pathlib.Path(__file__).resolve().parent / "2016-data-collection"


PUBLICATION = {
    "reason": "Without full data, it is difficult for hospitals to plan their services to meet their patients' needs.",
    "publisher": "The invented campaign for counting",
    "contact": "corrections@example.org",
    "actions": [
        {"title": "Join the campaign", "address": "https://example.org/join"},
        {"title": "Sign up for the newsletter", "address": "https://example.org/newsletter"},
    ],
    "letter": "Dear Chief Executive,\n\nI have read that {trust} is shown as \"{status}\" on the map of hospital trusts that "
    "record how many people are diagnosed with secondary breast cancer. Without full data, it is difficult for "
    "hospitals to plan their services.\n\nPlease tell me what {trust} does to record everyone who is diagnosed, at first "
    "presentation and later, and by when the record will be complete.\n\nYours sincerely,",
    "stories": [{"title": "An invented story: waiting to be counted", "address": "https://example.org/stories/waiting"}],
    "reports": [{"title": "An invented report: who is counting?", "address": "https://example.org/reports/counting"}],
}


def make_contacts(chosen, answers):
    rows = []

    def log(organisation, day, kind):
        rows.append([organisation.code, day.isoformat(), kind, f"FOI mailbox, message {len(rows) + 1:04}"])

    for number, (organisation, (case, *_)) in enumerate(chosen.items()):
        if case == "unlogged":
            continue
        log(organisation, SENT, "sent")
        if case in ("bounced", "sent-again"):
            log(organisation, SENT, "bounced")
        if case == "sent-again":
            log(organisation, SENT + datetime.timedelta(days=7), "sent")
        if case in ("acknowledged", "refused", "transferred"):
            log(organisation, SENT + datetime.timedelta(days=9), case)
        if organisation in answers:
            if number % 4 == 0:
                log(organisation, SENT + datetime.timedelta(days=2), "acknowledged")
            log(organisation, answers[organisation]["date"], "answered")
    return [["organisation", "date", "kind", "source"]] + rows


def make_decisions(chosen, answers, digests):
    told = {
        "collecting": "We confirm that both counts are taken from patient records for the whole Trust.",
        "partially-collecting": "We confirm that some patients are recorded and that the record is not complete.",
        "not-collecting": "We confirm that we do not routinely collect this.",
        "needs-review": "We will look at the figures again.",
    }
    rows = [["organisation", "status", "words", "role", "date", "submission"]]
    for number, (organisation, (case, final, derived, _)) in enumerate(chosen.items()):
        if organisation not in answers or (final == derived and case != "no-counts-open"):
            continue
        is_void = case == "no-counts-open"
        day = CUT_OFF - datetime.timedelta(days=number % 7)
        rows.append([
            organisation.code, "partially-collecting" if is_void else final, told[final], "campaign data lead",
            day.isoformat(), "0" * 64 if is_void else digests.get(organisation.code, ""),
        ])
    return rows


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--digests", type=pathlib.Path)
    arguments.add_argument("--verify", type=pathlib.Path)
    options = arguments.parse_args()
    seeded = Seeded(20160921)
    asked, excluded, closed, successors, merged, old = make_organisations(seeded)
    everyone = asked + [o for o, _ in excluded if o not in closed] + closed
    if options.verify:
        problems = list(verify(options.verify, everyone))
        print("\n".join(problems) or f"{len(everyone)} organisations, none of them real")
        sys.exit(1 if problems else 0)
    digests = {}
    if options.digests:
        report = json.loads(options.digests.read_text(encoding="utf-8"))
        digests = {o["code"]: o["submissionDigest"] for o in report["organisations"] if o["submissionDigest"]}
    chosen = assign(asked, merged, seeded)
    chosen = dict(sorted(chosen.items(), key=lambda item: item[0].code))
    files, entries, answers = make_submissions(chosen, merged, old, seeded)
    files.update(make_register(everyone, successors, seeded))
    files["asked.csv"] = as_csv([["code", "name"]] + [[o.code, o.name] for o in chosen])
    files["contacts.csv"] = as_csv(make_contacts(chosen, answers))
    files["decisions.csv"] = as_csv(make_decisions(chosen, answers, digests))
    special = {
        merged["code"]: "answered under the code of a trust that it had absorbed",
        merged["name"]: "answered under the name of a trust that it had absorbed",
        merged["both"]: "answers for a trust that joined it during the round as well",
    }
    truth = [["organisation", "final", "derived", "special"]]
    truth += [[o.code, final, derived, special.get(o, words)] for o, (_, final, derived, words) in chosen.items()]
    truth += [[o.code, "excluded", "excluded", why] for o, why in sorted(excluded, key=lambda e: e[0].code)]
    files["truth.csv"] = as_csv(truth)
    files["round.json"] = (json.dumps({
        "round": "2016-data-collection", "title": "SYNTHETIC: is your hospital counting? 2016", "synthetic": True, "dates": "day-first",
        "question": QUESTION, "rules": ["data-collection"], "register": "register",
        "period": {"start": "2015-04-01", "end": "2016-03-31"}, "sent": SENT.isoformat(), "cutOff": CUT_OFF.isoformat(),
        "asked": "asked.csv",
        "excluded": [{"code": o.code, "why": why} for o, why in sorted(excluded, key=lambda e: e[0].code)],
        "contacts": "contacts.csv", "decisions": "decisions.csv", "publication": PUBLICATION, "submissions": entries,
    }, indent=2) + "\n").encode()
    write_round(ROUND, files, ("answers", "collated", "single"))


if __name__ == "__main__":
    main()
