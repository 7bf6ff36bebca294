"""What the invented trusts answered, and which trust answered what."""

# number of trusts, name of the case, status once decisions are applied, status the table derives, what is special
CASES = [
    (30, "full", "collecting", "collecting", ""),
    (4, "no-total", "collecting", "collecting", "both parts, no total"),
    (3, "below-five", "collecting", "collecting", "a part is given as <5"),
    (2, "starred", "collecting", "collecting", "a part is given as *"),
    (2, "tilde", "collecting", "collecting", "the total is given as ~n"),
    (1, "approx", "collecting", "collecting", "the total is given as approx n"),
    (2, "extrapolated-c", "collecting", "needs-review", "extrapolated; settled as collecting"),
    (2, "same-twice", "collecting", "needs-review", "the same answer came twice; settled as collecting"),
    (1, "sum-wrong-c", "collecting", "needs-review", "the parts do not add up; settled as collecting"),
    (8, "only-first", "partially-collecting", "partially-collecting", "only first presentation is counted"),
    (7, "only-progressed", "partially-collecting", "partially-collecting", "only progression is counted"),
    (10, "total-only", "partially-collecting", "partially-collecting", "a total without its parts"),
    (7, "no-period", "partially-collecting", "partially-collecting", "no period is given"),
    (4, "half-year", "partially-collecting", "partially-collecting", "the period is half a year"),
    (5, "some-sites", "partially-collecting", "partially-collecting", "only some sites are covered"),
    (8, "partly", "partially-collecting", "partially-collecting", "says that it collects in part"),
    (3, "cost-yes", "partially-collecting", "partially-collecting", "collects, counts refused under section 12"),
    (4, "not-held", "partially-collecting", "partially-collecting", "progression is given as not held"),
    (2, "nothing", "partially-collecting", "partially-collecting", "says yes and gives nothing"),
    (1, "a-few", "partially-collecting", "partially-collecting", "a count cannot be read: a few"),
    (2, "no-counts-p", "partially-collecting", "needs-review", "says no and gives counts; settled as partial"),
    (1, "sum-wrong-p", "partially-collecting", "needs-review", "the parts do not add up; settled as partial"),
    (1, "two-answers", "partially-collecting", "needs-review", "two different answers; settled as partial"),
    (2, "by-hospital", "partially-collecting", "needs-review", "one row for each hospital; settled as partial"),
    (1, "extrapolated-p", "partially-collecting", "needs-review", "extrapolated at MDT level; settled as partial"),
    (20, "no", "not-collecting", "not-collecting", ""),
    (4, "no-not-held", "not-collecting", "not-collecting", "counts are given as not held"),
    (1, "unanswered-n", "not-collecting", "needs-review", "first question unanswered; settled by its words"),
    (1, "no-counts-n", "not-collecting", "needs-review", "says no and gives counts; settled as not collecting"),
    (1, "no-counts-open", "needs-review", "needs-review", "says no and gives counts; its decision is void"),
]
# number of trusts, name of the case, status, what is special
SILENT = [
    (9, "silent", "no-response", ""),
    (1, "sent-again", "no-response", "a request bounced, was sent again and was never answered"),
    (1, "bounced", "needs-review", "the only request bounced"),
    (2, "acknowledged", "needs-review", "acknowledged, never answered"),
    (1, "refused", "needs-review", "refused under section 12 before answering"),
    (1, "transferred", "needs-review", "the request was passed to another trust"),
    (1, "unlogged", "needs-review", "no request is on record"),
    (2, "misspelt", "needs-review", "an answer with a misspelt name, which may only be offered"),
]
NO_WORDS = [
    "We do not routinely collect data on secondary breast cancer.",
    "No. The Trust does not record secondary breast cancer as a separate diagnosis.",
    "The information requested is not recorded centrally by this Trust.",
    "No, the Trust\u2019s cancer database has no field for recurrence \u2013 this is not collected.",
]
YEARS = [
    "April 2015 to March 2016", "01/04/2015 to 31/03/2016", "2015-16", "2015/16", "Apr 2015 to Mar 2016",
    "1 April 2015 to 31 March 2016", "January 2015 to December 2015", "2015", "2015-04-01 to 2016-03-31",
]
HALF_YEARS = ["October 2015 to March 2016", "01/10/2015 to 31/03/2016", "Apr 2015 to Sep 2015"]


def answer(case, seeded):
    """The fields of one answer, as the trust wrote them."""
    first, progressed = seeded.between(8, 29), seeded.between(9, 58)
    row = {
        "collecting": seeded.pick(["Yes", "Yes", "yes", "Y", "YES"]), "total": str(first + progressed),
        "first": str(first), "progressed": str(progressed), "period": seeded.pick(YEARS), "method": "counted",
        "coverage": "whole", "words": "",
    }
    blank = {"total": "", "first": "", "progressed": "", "period": "", "method": "", "coverage": ""}
    counts = case.rsplit("-", 1)[0]
    if case == "no-total":
        row["total"] = ""
    elif case in ("below-five", "starred"):
        row.update(first="<5" if case == "below-five" else "*", total=str(progressed + 3))
    elif case == "tilde":
        row["total"] = f"~{round((first + progressed) / 5) * 5}"
    elif case == "approx":
        row["total"] = f"approx {round((first + progressed) / 5) * 5}"
    elif counts == "extrapolated":
        row.update(method="extrapolated", words="This data is extrapolated at MDT level.")
    elif case in ("only-first", "partly"):
        row.update(total="", progressed="", collecting="Partly" if case == "partly" else row["collecting"])
        row["words"] = "Only those with secondary disease at first presentation are recorded."
    elif case == "only-progressed":
        row.update(total="", first="", words="Recurrence is recorded; stage at first presentation is not.")
    elif case == "total-only":
        row.update(first="", progressed="", words="The total cannot be broken down further.")
    elif case == "no-period":
        row["period"] = ""
    elif case == "half-year":
        row["period"] = seeded.pick(HALF_YEARS)
    elif case == "some-sites":
        row.update(coverage="some sites", words="Figures are for one hospital site of the Trust only.")
    elif case == "cost-yes":
        row.update(blank, refusal="cost", words="Data is collected; the cost of extracting it exceeds the limit.")
    elif case == "not-held":
        row.update(total="", progressed="not held", words="Progression is not held electronically.")
    elif case == "nothing":
        row.update(blank)
    elif case == "a-few":
        row.update(total="", progressed="a few", words="Only a few patients progressed.")
    elif counts == "sum-wrong":
        row["total"] = str(first + progressed + (30 if case.endswith("c") else 4))
    elif case.startswith("no-counts"):
        row.update(collecting="No", words="Not routinely, but the figures below were found.")
    elif case in ("no", "no-not-held"):
        row.update(blank, collecting=seeded.pick(["No", "no", "N"]), words=seeded.pick(NO_WORDS))
        if case == "no-not-held":
            row.update(total="Not held", first="Not held", progressed="Not held")
    elif case == "unanswered-n":
        row.update(blank, collecting="", words="The Trust holds no list of patients with secondary disease.")
    return row


def assign(asked, merged, seeded):
    """Which trust has which case. The trusts of the mergers gave full answers; rows by hospital are from London."""
    cases = [(case, *rest) for count, case, *rest in CASES for _ in range(count)]
    cases += [(case, status, status, special) for count, case, status, special in SILENT for _ in range(count)]
    chosen = {}

    def give(name, organisation):
        chosen[organisation] = next(c for c in cases if c[0] == name)
        cases.remove(chosen[organisation])

    free = [o for o in asked if o not in merged.values()]
    for organisation in merged.values():
        give("full", organisation)
    for organisation in [o for o in free if o.region == "H"][4:6]:
        give("by-hospital", organisation)
    for organisation in [o for o in free if o.name.startswith("St ")]:
        give("full", organisation)
    for organisation, case in zip([o for o in free if o not in chosen], seeded.shuffled(cases)):
        chosen[organisation] = case
    return {o: chosen[o] for o in asked}
