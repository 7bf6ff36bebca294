"""The invented organisations: names, codes, places, mergers, and the source files of their register."""
import csv
import io
import random
import re

from making.shapes import as_csv

# Government office region: NHS region of 2016, trusts asked, boxes of land (south, north, west, east in degrees).
REGIONS = {
    "A": ("Y54", 10, [(54.55, 55.25, -2.10, -1.65)]),
    "B": ("Y54", 22, [(53.25, 54.00, -2.70, -2.20)]),
    "D": ("Y54", 18, [(53.50, 54.25, -1.85, -0.75)]),
    "E": ("Y55", 13, [(52.45, 53.30, -1.45, -0.60)]),
    "F": ("Y55", 18, [(52.20, 52.95, -2.75, -1.70)]),
    "G": ("Y55", 15, [(51.85, 52.60, 0.00, 1.05)]),
    "H": ("Y56", 26, [(51.40, 51.62, -0.36, 0.12)]),
    "J": ("Y57", 22, [(50.95, 51.30, -1.40, 0.60), (51.45, 51.95, -1.40, -0.75)]),
    "K": ("Y57", 14, [(50.95, 51.60, -2.80, -1.95), (50.50, 50.95, -4.20, -3.60)]),
}
STEMS = (
    "Marrow Eskel Quern Velder Hask Ormer Thrave Skell Wendra Brackel Corvel Dunmar Fenwyth Garsel Imber Jessel "
    "Lorven Mosker Nethra Osper Pellam Rusken Sallow Tarnel Ulvar Varlow Withel Yarrel Aldmer Bramsel Cawder Draven "
    "Elvers Farlen Gander Harrack Iselt Kesk Lammer Morvel Navers Orrin Prask Quillan Rothel Sperrin Tolver Umber"
).split()
ENDINGS = "dale mouth wick ham ford bridge stead combe by thorpe haven mere field".split()
SAINTS = ["St Orrin's", "St Wendreth's", "St Maudlin's"]
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTVWY"


class Seeded:
    """The few draws needed, all from random(), whose sequence Python keeps from version to version."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, count):
        return int(self.random() * count)

    def pick(self, items):
        return items[self.below(len(items))]

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def shuffled(self, items):
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
        return items


class Organisation:
    def __init__(self, code, town, name, region, place, opened, closed=None):
        self.code, self.town, self.name, self.region = code, town, name, region
        self.place, self.opened, self.closed = place, opened, closed


def make_organisations(seeded):
    """Asked, excluded and closed organisations, and the successor table."""
    codes = iter(seeded.shuffled(f"X{digit}{letter}" for digit in "123456789" for letter in CODE_LETTERS))
    towns = iter(seeded.shuffled(stem + ending for stem in STEMS for ending in ENDINGS))
    places = []

    def place(region):
        """A point in the region that keeps clear of the others, as trusts do outside London."""
        clear = 0.022 if region == "H" else 0.055
        while True:
            south, north, west, east = seeded.pick(REGIONS[region][2])
            at = (round(south + seeded.random() * (north - south), 3), round(west + seeded.random() * (east - west), 3))
            if all(abs(at[0] - p[0]) + abs(at[1] - p[1]) / 1.6 > clear for p in places):
                places.append(at)
                return at

    def make(region, form, opened=None, closed=None):
        town = next(towns)
        name = form.format(t=town, u=next(towns) if "{u}" in form else "")
        opened = opened or seeded.pick(["19910401", "19920401", "19940401", "19980401", "20000401", "20011001"])
        return Organisation(next(codes), town, name, region, place(region), opened, closed)

    forms = [
        "{t} Hospitals NHS Foundation Trust", "{t} Hospital NHS Trust", "Royal {t} Hospitals NHS Foundation Trust",
        "{t} and {u} Hospitals NHS Trust", "University Hospitals of {t} NHS Foundation Trust",
        "{t} & {u} NHS Foundation Trust", "{t} Teaching Hospitals NHS Trust", "Mid {t} NHS Trust",
    ]
    saints = iter(f"{saint} and {{t}} Hospitals NHS Trust" for saint in SAINTS)
    asked = []
    for region, (_, count, _) in REGIONS.items():
        for number in range(count):
            asked.append(make(region, next(saints) if number == 0 and region in "BFH" else seeded.pick(forms)))
    excluded = [
        (make("D", "{t} Ambulance Service NHS Trust"), "Runs no breast service: an ambulance service."),
        (make("J", "{t} Ambulance Service NHS Foundation Trust"), "Runs no breast service: an ambulance service."),
        (make("B", "{t} Mental Health Partnership NHS Trust"), "Runs no breast service: mental health care only."),
        (make("H", "{t} and {u} Mental Health NHS Trust"), "Runs no breast service: mental health care only."),
        (make("F", "{t} Community Healthcare NHS Trust"), "Runs no breast service: community care only."),
        (make("K", "{t} Community Healthcare NHS Trust"), "Runs no breast service: community care only."),
        (make("H", "{t} Children's Hospital NHS Foundation Trust"), "Runs no breast service: treats children only."),
        (make("F", "Royal {t} Orthopaedic Hospital NHS Trust"), "Runs no breast service: orthopaedic care only."),
    ]
    closed, successors = [], []

    def merge(into, date, count, opens=True):
        merged = [make(into.region, seeded.pick(forms[:2]), closed=date) for _ in range(count)]
        if opens:
            into.opened = date
        for old in merged:
            closed.append(old)
            successors.append((old.code, into.code, date, "invented merger order"))
        return merged

    by_region = {region: [o for o in asked if o.region == region] for region in REGIONS}
    under_closed_code, by_old_name, for_both = by_region["D"][3], by_region["K"][4], by_region["J"][5]
    old = {
        under_closed_code: merge(under_closed_code, "20150401", 2)[0],
        by_old_name: merge(by_old_name, "20160401", 2)[1],
        for_both: merge(for_both, "20160801", 1, opens=False)[0],
    }
    excluded.append((old[for_both], f"Merged into {for_both.code} on 1 August 2016, which answers for both."))
    merge(by_region["B"][7], "20120401", 2)
    first = merge(by_region["H"][9], "20131001", 1)[0]
    merge(first, "20060401", 2)
    merge(by_region["E"][2], "20100401", 1, opens=False)
    return asked, excluded, closed, successors, {"code": under_closed_code, "name": by_old_name, "both": for_both}, old


def postcode(organisation, number, at):
    """An invented postcode: no real one begins with Q."""
    return f"Q{organisation.region}{number % 40 + 1} {at}{CODE_LETTERS[number % 21]}{CODE_LETTERS[number // 21 % 21]}"


def official_line(code, name, organisation, at=""):
    """A row in the layout of the Organisation Data Service: 27 columns and no header."""
    row = [""] * 27
    row[0], row[1], row[2], row[7] = code, name.upper(), REGIONS[organisation.region][0], organisation.town.upper()
    row[9] = at
    row[10], row[11], row[21], row[23] = organisation.opened, organisation.closed or "", "0", organisation.region
    return row


def quoted(rows):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def make_register(organisations, successors, seeded):
    """The register's source files."""
    trusts, sites, coordinates = [], [], [["org_code", "latitude", "longitude"]]
    for number, organisation in enumerate(sorted(organisations, key=lambda o: o.code)):
        trusts.append(
            official_line(organisation.code, organisation.name, organisation, postcode(organisation, number, 1)))
        known = number not in (40, 120)
        if known:
            coordinates.append([organisation.code, *(f"{c:.3f}" for c in organisation.place)])
        kinds = ["General Hospital", "Infirmary", "Community Hospital", "Day Centre"][: seeded.between(1, 4)]
        if "Ambulance" in organisation.name:
            kinds = ["Ambulance Headquarters"]
        for at, kind in enumerate(kinds, 1):
            sites.append(official_line(
                f"{organisation.code}{at:02}", f"{organisation.town} {kind}", organisation,
                postcode(organisation, number, at)))
            if known:
                moved = (c + (seeded.random() - 0.5) * 0.03 for c in organisation.place)
                coordinates.append([f"{organisation.code}{at:02}", *(f"{c:.3f}" for c in moved)])
    return {
        "register-source/etr.csv": quoted(trusts), "register-source/sites.csv": quoted(sites),
        "register-source/coordinates.csv": as_csv(coordinates),
        **make_tables(successors, "make-2016-data-collection.py"),
    }


def make_tables(successors, script):
    """What people keep beside the source files, and the regions."""
    table = [["code", "successor", "date", "source"]]
    table += [[old, new, f"{day[:4]}-{day[4:6]}-{day[6:]}", source] for old, new, day, source in sorted(successors)]
    sources = [
        ["id", "title", "publisher", "vintage", "licence", "attribution"],
        ["synthetic", "SYNTHETIC: invented organisations", "trustcheck", "invented for the sample", "that of trustcheck",
         "SYNTHETIC: every organisation of this register is invented."],
    ]
    return {
        "register-source/successors.csv": as_csv(table), "register-source/regions.csv": as_csv(REGION_NAMES),
        "register-source/sources.csv": as_csv(sources),
    }


# The regions of 2016 by their codes.
REGION_NAMES = [
    ["NHS_ENGLAND_REGION_CODE", "NHS_ENGLAND_REGION_NAME"], ["Y54", "North of England"], ["Y55", "Midlands and East"],
    ["Y56", "London"], ["Y57", "South of England"],
]

def verify(folder, organisations):
    """Problems, in words: a code, the first three characters of a code, a name or a town that is real."""
    cells = set()
    for path in sorted(folder.rglob("*.csv")):
        text = io.StringIO(path.read_text(encoding="utf-8-sig", errors="replace"), newline="")
        cells |= {cell.upper().strip() for line in csv.reader(text) for cell in line}
    prefixes = {cell[:3] for cell in cells if re.fullmatch(r"[A-Z0-9]{3,9}", cell)}
    words = {word for cell in cells for word in re.findall(r"[A-Z']+", cell)}
    for o in organisations:
        if o.code in prefixes:
            yield f"code {o.code} begins a real code"
        if o.name.upper() in cells:
            yield f"name {o.name} is real"
        if any(o.town.upper() in cell for cell in cells):
            yield f"the place {o.town} of {o.code} is real"
        for place in re.findall(r"[A-Z']+", o.name.upper()):
            if place in words and any(place.startswith(stem.upper()) and len(place) > len(stem) for stem in STEMS):
                yield f"the place {place} of {o.code} is real"
