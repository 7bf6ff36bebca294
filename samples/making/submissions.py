"""Which file carries whose answer, and in what shape."""
import datetime

from making.answers import CASES, SILENT, answer
from making.request import NOTICE, SENT
from making.shapes import HEADINGS, OPTIONAL, STATUS_WORDS, as_csv, as_json, as_xlsx, padded, table, totals

TITLES = [[NOTICE], ["Reply to a Freedom of Information request on secondary breast cancer"], []]
NORTH_COLUMNS = dict(zip(HEADINGS["north"], HEADINGS["names"]))
SHAPES = ["plain", "short", "bom", "windows", "titled", "xlsx", "json", "folded"]
ALONE = {"same-twice", "two-answers", "by-hospital", "misspelt", "cost-yes", "extrapolated-p"}


def shaped(shape, rows):
    """The name ending and the bytes of one trust's own file."""
    if shape == "json":
        return ".json", as_json(table(rows, "names"))
    if shape == "xlsx":
        return ".xlsx", as_xlsx([("Reply", False, TITLES + table(rows, "foi", ("date",)))])
    if shape == "bom":
        return ".csv", as_csv(table(rows, "foi"), ";", "\r\n", "utf-8-sig")
    if shape == "windows":
        body = table(rows, "foi")
        titles = [[NOTICE], ["The Trust\u2019s reply \u2013 secondary breast cancer"], []]
        return ".csv", as_csv(padded(titles, len(body[0])) + body, ",", "\r\n", "cp1252")
    if shape == "titled" and rows[0].get("code") and rows[0].get("name"):
        body = table(rows, "plain", ("date",))
        return ".csv", as_csv(TITLES + body + [totals(body)])
    if shape == "folded":
        rows = [dict(r, words=r["words"].replace(". ", ".\n").replace("; ", ";\n")) for r in rows]
        return ".csv", as_csv(table(rows, "plain"), ",", "\r\n")
    if shape == "short":
        return ".csv", as_csv(table(rows, "short"), ",", "\r\n")
    return ".csv", as_csv(table(rows, "plain"))


def as_written(name, style):
    """A trust's name in the ways people write it. None but the misspelt one leaves any doubt."""
    if style == "upper":
        return name.upper()
    if style == "bare":
        return name.replace(" NHS Foundation Trust", "").replace(" NHS Trust", "")
    if style == "and":
        return name.replace(" & ", " and ") if " & " in name else name.replace(" and ", " & ")
    if style == "spaces":
        return f" {name} ".replace(" NHS ", "\u00a0NHS  ")
    if style == "saint":
        return name.replace("St ", "Saint ")
    if style == "misspelt":
        at = next(i for i in range(3, len(name)) if name[i] != name[i + 1] and name[i : i + 2].isalpha())
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name


def make_submissions(chosen, merged, old, seeded):
    """Files by path below the round's folder, the entries of round.json, and rows by trust."""
    files, answers, north, midlands, london, entries = {}, {}, [], [], [], [{"path": "answers"}]
    styles = iter(["upper", "bare", "and", "spaces"] * 6)
    oddities = iter(["31/06/2016", "2061-07-28", "05/07/2016", "unmapped", "single", "single"])
    shape_at = 0

    def put(organisation, rows, shape, suffix=""):
        ending, data = shaped(shape, rows)
        files[f"answers/{organisation.code.lower()}-{organisation.town.lower()}{suffix}{ending}"] = data

    for number, (organisation, (case, *_)) in enumerate(chosen.items()):
        if case in {c for _, c, *_ in SILENT} and case != "misspelt":
            continue
        row = answer("full" if case in ("same-twice", "two-answers", "by-hospital", "misspelt") else case, seeded)
        received = SENT + datetime.timedelta(days=seeded.between(3, 50))
        row.update(code=organisation.code, name=organisation.name, date=received)
        row["reference"] = f"FOI/2016/{seeded.between(100, 899)}" if number % 3 == 0 else ""
        if row["method"] == "counted" and number % 2:
            row["method"] = ""
            # Most leave out what goes without saying; that only some sites are covered does not.
            row["coverage"] = row["coverage"].replace("whole", "")
        answers[organisation] = row
        shape, shape_at = SHAPES[shape_at % len(SHAPES)], shape_at + 1
        if organisation in merged.values():
            before = old[organisation]
            if organisation is merged["code"]:
                row.update(code=before.code, name=before.name)
            elif organisation is merged["name"]:
                row.update(code="", name=before.name)
            else:
                row["words"] = f"This answer is also for {before.name}, which joined us on 1 August 2016."
            put(organisation, [row], "plain")
        elif case == "by-hospital":
            for hospital in ("General Hospital", "Infirmary"):
                part = dict(answer("full", seeded), code=row["code"], date=received)
                london.append(dict(part, name=f"{organisation.name} ({organisation.town} {hospital})"))
        elif case == "same-twice":
            put(organisation, [row], "plain")
            put(organisation, [row], "xlsx", "-again")
        elif case == "two-answers":
            put(organisation, [dict(row, first="", progressed="", total="19")], "plain")
            put(organisation, [row], "plain", "-corrected")
        elif case == "misspelt":
            put(organisation, [dict(row, code="", name=as_written(organisation.name, "misspelt"))], "plain")
        elif case == "extrapolated-p":
            put(organisation, [dict(row, total="31", first="14", progressed="17")], "windows")
        elif organisation.name.startswith("St "):
            put(organisation, [dict(row, name=as_written(organisation.name, "saint"))], shape)
        elif case == "only-first" and not any(path.endswith("-ragged.csv") for path in files):
            row["words"] = "Only first presentation is recorded, progression is not."
            ragged = as_csv(table([dict(row, coverage="", method="", reference="", date="")], "plain"))
            files[f"answers/{organisation.code.lower()}-ragged.csv"] = ragged.replace(b'"', b"")
        elif case not in ALONE and organisation.region in "ABD" and len(north) < 30:
            north.append(row)
        elif case not in ALONE and organisation.region in "EFG" and len(midlands) < 20:
            midlands.append(dict(row, name=organisation.name.upper()))
        elif case not in ALONE and organisation.region == "H" and len(london) < 12:
            london.append(row)
        elif case == "full" and (oddity := next(oddities, None)):
            if oddity == "single":
                path = f"single/{organisation.code.lower()}.csv"
                files[path] = as_csv(table([dict(row, code="", name="")], "short"))
                entries.append({"path": path, "organisation": organisation.code})
            elif oddity == "unmapped":
                body = table([row], "plain")
                files[f"answers/{organisation.code.lower()}-{organisation.town.lower()}.csv"] = as_csv(
                    [body[0] + ["Local comment"], body[1] + ["Seen by the lead nurse"]])
            else:
                put(organisation, [dict(row, date=oddity)], "plain")
        elif case in ("full", "no", "total-only", "no-period") and shape != "titled" and (style := next(styles, "")):
            put(organisation, [dict(row, code="", name=as_written(organisation.name, style))], shape)
        else:
            put(organisation, [row], shape)

    files["answers/breast-care-unit.csv"] = as_csv(
        table([dict(answer("full", seeded), name="Breast Care Unit, Level 2")], "plain"))
    for row in north:
        case = next(c[0] for o, c in chosen.items() if o.code == row["code"])
        told = "collecting" if case in ("total-only", "only-first") else next(
            c[2] for c in CASES if c[1] == case)
        row["status"] = STATUS_WORDS.get(told, "")
        row["quoted"] = row["words"]
    body = table(north, "north", OPTIONAL)
    files["collated/north.csv"] = as_csv(
        padded([[NOTICE], ["Regional office, North: replies received"]], len(body[0])) + body + [totals(body)],
        ",", "\r\n")
    midlands = [dict(row, quoted=row["words"]) for row in midlands]
    body = table(midlands, "plain", ("date", "words"))
    lists = [["Codes used"], ["Yes"], ["No"], ["Partly"]]
    files["collated/midlands.xlsx"] = as_xlsx(
        [("Lists", True, lists), ("Replies", False, TITLES[:1] + [["Midlands and East"]] + body + [totals(body)])])
    files["collated/london.csv"] = as_csv(table(london, "foi", ("date", "words")), ";", "\n", "utf-8-sig")
    entries += [
        {"path": "collated/north.csv", "columns": NORTH_COLUMNS},
        {"path": "collated/midlands.xlsx"},
        {"path": "collated/london.csv"},
    ]
    return files, entries, answers
