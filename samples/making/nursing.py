"""The invented round on specialist nursing: boards beside the trusts, and who answered what."""
import datetime

from making.organisations import CODE_LETTERS, Organisation, make_tables, official_line, quoted
from making.shapes import as_csv

SENT, CUT_OFF = datetime.date(2016, 10, 3), datetime.date(2016, 11, 30)
QUESTION = [
    "(1) Does the organisation provide specialist nursing care for people with secondary breast cancer?",
    "(2) Is at least one clinical nurse specialist dedicated to secondary breast cancer? If so, (a) how many, and "
    "(b) what is their whole-time equivalent?",
    "(3) Is a nurse shared between primary and secondary breast cancer? If so, (a) what share of the nurse's time, in "
    "per cent, is for secondary breast cancer?",
    "(4) Is there enough specialist nursing care for people with secondary breast cancer?",
]
SCOTTISH = (
    "Strathvelder Invermosker Glenskell Kilthrave Auchterhask Dunwendra Strathjessel Inverquern Glennethra Kilcawder "
    "Auchterlorven Dunyarrel Strathimber Invergarsel"
).split()
WELSH = ["Bro Eskel", "Dyffryn Lorven", "Glan Pellam", "Aber Varlow", "Llan Brackel", "Pen Haskel", "Nant Tolver"]

# Fields of an answer in the order of the questions.
FIELDS = ["provides", "dedicated", "nurses", "whole_time", "shared", "time", "enough", "words"]
NONE, OWN = ("No", "No", "", "", "No", ""), ("Yes", "Yes", "1", "{w}", "No", "")
BOTH, ELSE = ("Yes", "Yes", "1", "{w}", "Yes"), ("Yes", "No", "", "", "No", "")
PART = ("Yes", "No", "", "", "Yes")
NO_NURSE, BUSY, FINE = "{none}", "{busy}", "{fine}"

# number of organisations, name of the case, the answer, the rules that find something, what is special
CASES = [
    (36, "none", (*NONE, "No", NO_NURSE), "", ""),
    (20, "none", ("No", "", "", "", "", "", "No", NO_NURSE), "", ""),
    (2, "none-unsaid", (*NONE, "No", ""), "own-words-missing", "provides none, and has no words for it"),
    (2, "none-but-enough", (*NONE, "Yes", NO_NURSE), "enough-though-none-provided", "provides none, and it is enough"),
    (1, "none-unsure", (*NONE, "Not known", NO_NURSE), "enough-not-known", "does not know whether it is enough"),
    (1, "none-named", ("No", "Yes", "1", "", "No", "", "No", NO_NURSE), "none-provided-with-nurse",
     "provides none, and counts a dedicated nurse; counts as none"),
    (1, "none-shared", ("No", "No", "", "", "Yes", "20", "No", NO_NURSE), "none-provided-with-nurse",
     "provides none, and shares a nurse; counts as none"),
    (1, "none-nation", (*NONE, "No", NO_NURSE), "nation-differs-from-name", "a foundation trust put in Scotland"),
    (1, "none-future", (*NONE, "No", NO_NURSE), "received-in-future", "received in 2061"),
    (2, "both", (*BOTH, "{low}", "No", BUSY), "", "a dedicated and a shared nurse"),
    (2, "both", (*BOTH, "{high}", "Yes", FINE), "", "a dedicated and a shared nurse"),
    (12, "own", (*OWN, "Yes", FINE), "", ""),
    (5, "own", (*OWN, "No", BUSY), "", ""),
    (3, "uncounted", ("Yes", "Yes", "", "", "No", "", "Yes", FINE), "nurses-not-counted", "dedicated nurses uncounted"),
    (1, "vacant", ("Yes", "Yes", "1", "0", "No", "", "No", BUSY), "dedicated-without-nurse", "a nurse of 0 posts"),
    (1, "hours", ("Yes", "Yes", "1", "37.5", "No", "", "Yes", FINE), "whole-time-implausible", "hours of a week"),
    (1, "above", ("Yes", "Yes", "1", "1.6", "No", "", "Yes", FINE), "more-whole-time-than-nurses",
     "1 nurse, 1.6 posts"),
    (1, "few", ("Yes", "Yes", "a few", "", "No", "", "Yes", FINE), "nurses-not-a-number", "a few nurses"),
    (1, "many", ("Yes", "Yes", "14", "9.5", "No", "", "Yes", FINE), "nurses-implausible", "14 dedicated nurses"),
    (1, "full-time", ("Yes", "Yes", "1", "full time", "No", "", "No", BUSY), "whole-time-not-a-number", "full time"),
    (1, "half-said", ("Yes", "Yes", "1", "{w}", "", "", "No", BUSY), "shared-unanswered", "shared nurse left blank"),
    (1, "letter", (*OWN, "see our letter", ""), "enough-not-yes-or-no", "an answer that cannot be read"),
    (1, "contradicted", (*OWN, "Yes", "There are not enough nurse specialists for these patients."),
     "enough-contradicted-by-words", "enough, and its words say that it is not"),
    (17, "low", (*PART, "{low}", "No", BUSY), "", ""),
    (2, "low", (*PART, "{low}", "Yes", FINE), "", ""),
    (2, "low-words", (*PART, "less than a quarter", "No", BUSY), "", "the share of time in words"),
    (1, "fraction", (*PART, "0.2", "No", BUSY), "shared-time-as-fraction", "the share of time as a fraction"),
    (10, "high", (*PART, "{high}", "No", BUSY), "", ""),
    (5, "high", (*PART, "{high}", "Yes", FINE), "", ""),
    (1, "too-much", (*PART, "120", "No", BUSY), "shared-time-out-of-range", "120 per cent of the time"),
    (1, "all", (*PART, "100", "No", BUSY), "shared-nurse-has-no-others", "a shared nurse with all the time"),
    (2, "time-blank", (*PART, "", "No", BUSY), "shared-time-missing", "the share of time left blank"),
    (1, "time-unknown", (*PART, "not known", "No", BUSY), "shared-time-missing", "the share of time is not known"),
    (1, "time-words", (*PART, "hard to say", "No", BUSY), "shared-time-not-a-number", "the share of time: hard to say"),
    (1, "counted", ("Yes", "No", "2", "1.5", "Yes", "40", "No", BUSY), "not-dedicated-with-nurses",
     "no dedicated nurse, and two of them counted"),
    (1, "unsure", (*PART, "50", "unsure", ""), "enough-not-known", "does not know whether it is enough"),
    (1, "britain", (*PART, "40", "No", BUSY), "nation-not-in-list", "its nation is Great Britain"),
    (1, "no-such-day", (*PART, "30", "Yes", FINE), "date-received-not-a-date", "received on 31 November"),
    (5, "elsewhere", (*ELSE, "No", "{else}"), "", "neither a dedicated nor a shared nurse"),
    (1, "elsewhere", (*ELSE, "Yes", "{else}"), "", "neither a dedicated nor a shared nurse"),
    (1, "undescribed", (*ELSE, "No", ""), "arrangement-not-described", "provides something, and does not say what"),
    (1, "leftover", ("Yes", "No", "", "", "No", "30", "No", "{else}"), "shared-time-without-shared-nurse",
     "no shared nurse, and 30 per cent of the time"),
    (1, "enough-blank", (*ELSE, "", "{else}"), "enough-unanswered", "left out whether there is enough"),
    (1, "dedicated-blank", ("Yes", "", "", "", "No", "", "No", "{else}"), "dedicated-unanswered",
     "left out whether a nurse is dedicated"),
    (1, "depends", ("It depends on the site", "", "", "", "", "", "No", ""), "provision-not-yes-or-no",
     "an answer that cannot be read"),
]
# number of organisations in England, Scotland and Wales, name of the case, what is special
SILENT = [
    ((14, 1, 1), "silent", ""),
    ((2, 1, 0), "acknowledged", "acknowledged, never answered"),
    ((2, 0, 0), "refused", "refused under section 12"),
    ((1, 0, 0), "bounced", "the only request bounced"),
    ((1, 0, 0), "misspelt", "an answer with a misspelt name, which may only be offered"),
]
WORDS = {
    "none": [
        "We have no nurse specialist for people with secondary breast cancer.",
        "Patients with secondary breast cancer are seen by the oncology team; there is no nurse specialist for them.",
        "No. A business case for such a post was turned down.",
    ],
    "busy": ["One nurse cannot see everyone.", "Our nurses have no time for follow-up calls.", "", ""],
    "fine": ["Every patient is given the name of a nurse.", "We think that the present cover is sufficient.", "", ""],
    "else": [
        "A nurse of the hospice sees patients twice a week.", "The acute oncology nurses look after these patients.",
    ],
}


def make_boards(trusts, seeded):
    """The boards of Scotland and Wales. Codes like those of the ONS begin with the letter of the nation; the S99 and
    W99 of these are on no board. Welsh boards have codes that the trusts left over."""
    taken = {trust.code for trust in trusts}
    codes = (f"X{digit}{letter}" for digit in "123456789" for letter in CODE_LETTERS)
    left = [code for code in codes if code not in taken]

    def place(south, north, west, east):
        return round(south + seeded.random() * (north - south), 3), round(west + seeded.random() * (east - west), 3)

    scottish = [
        Organisation(f"S99{number:06}", town, f"NHS {town}", "S", place(55.5, 57.5, -4.6, -2.8), "")
        for number, town in enumerate(SCOTTISH, 1)
    ]
    welsh = [
        Organisation(code, town, f"{town} {'University ' if number % 2 else ''}Health Board", "W",
                     place(51.7, 53.1, -3.9, -3.2), "")
        for number, (code, town) in enumerate(zip(left, WELSH))
    ]
    return scottish, welsh


def make_sources(trusts, scottish, welsh, successors):
    """The register's source files: the trusts, the boards, where they are."""
    coordinates = [["org_code", "latitude", "longitude"]]
    coordinates += [[o.code, *(f"{c:.3f}" for c in o.place)] for o in trusts + scottish + welsh]
    scotland = [["gss_code", "health_board", "superseded_gss_code"]] + [[o.code, o.name, ""] for o in scottish]
    wales = [["health_board", "ods_code", "gss_code"]]
    wales += [[o.name, o.code, f"W99{number:06}"] for number, o in enumerate(welsh, 1)]
    return {
        "register-source/etr.csv": quoted([official_line(o.code, o.name, o) for o in trusts]),
        "register-source/scottish-boards.csv": as_csv(scotland), "register-source/welsh-boards.csv": as_csv(wales),
        "register-source/coordinates.csv": as_csv(coordinates),
        **make_tables(successors, "make-2016-nursing-care.py"),
    }


def answer(values, seeded):
    """The fields of one answer, as the organisation wrote them."""
    drawn = {
        "{w}": seeded.pick(["1", "1", "0.6", "0.8", "0.5"]), "{low}": seeded.pick(["5", "10", "15", "20", "~20"]),
        "{high}": seeded.pick(["25", "30", "40", "50", "~50", "60"]),
        **{f"{{{name}}}": seeded.pick(words) for name, words in WORDS.items()},
    }
    row = {field: drawn.get(value, value) for field, value in zip(FIELDS, values)}
    style = seeded.pick([("Yes", "No"), ("Yes", "No"), ("yes", "no"), ("Y", "N"), ("YES", "NO")])
    for field in ("provides", "dedicated", "shared", "enough"):
        row[field] = {"Yes": style[0], "No": style[1]}.get(row[field], row[field])
    return row


def truth_of(values):
    """What an answer counts as in the figures: yes, no or unknown."""
    provides, dedicated, _, _, shared, time, enough = ({"Yes": "yes", "No": "no"}.get(v, v) for v in values[:7])

    def known(word):
        return word if word in ("yes", "no") else "unknown"

    both = [known(word) if provides == "yes" else known(provides) for word in (dedicated, shared)]
    quarter = ""
    if both[1] == "yes":
        under = {"{low}": "yes", "{high}": "no", "less than a quarter": "yes"}
        is_number = time.replace(".", "").isdigit()
        quarter = under.get(time) or (("yes" if float(time) < 25 else "no") if is_number else "unknown")
    return [known(provides), *both, quarter, known(enough)]


def assign(english, scottish, welsh, joined, seeded):
    """Which organisation has which case; what asks for a foundation trust or a trust is given to one."""
    cases = [(case, *rest) for count, case, *rest in CASES for _ in range(count)]
    silent = [[], [], []]
    for counts, case, special in SILENT:
        for nation, count in enumerate(counts):
            silent[nation] += [(case, None, "organisation-silent", special)] * count
    chosen = {}

    def give(name, organisation):
        chosen[organisation] = next(c for c in cases if c[0] == name)
        cases.remove(chosen[organisation])

    give("own", joined)
    give("none-nation", next(o for o in english if o.name.endswith("Foundation Trust") and o is not joined))
    give("britain", next(o for o in english if o not in chosen))
    for organisation in (scottish[3], welsh[1]):
        give("none", organisation)
    nations = [seeded.shuffled(o for o in nation if o not in chosen) for nation in (english, scottish, welsh)]
    for organisations, without in zip(nations, silent):
        for case in without:
            chosen[organisations.pop()] = case
    left = [o for organisations in nations for o in organisations]
    chosen.update(zip(left, seeded.shuffled(cases)))
    return dict(sorted(chosen.items(), key=lambda item: item[0].code))
