"""The shapes that files come in: CSV, JSON and XLSX, always the same bytes for the same rows."""
import csv
import datetime
import io
import json
import zipfile

from making.request import QUESTION

FIELDS = [
    "code", "name", "collecting", "total", "first", "progressed", "period", "words", "coverage", "method", "refusal",
    "status", "date", "reference", "quoted",
]
HEADINGS = {
    "names": [
        "organisation_code", "organisation_name", "collecting", "total", "first_presentation", "progressed", "period",
        "answer_words", "coverage", "method", "refusal", "declared_status", "date_received", "reference",
        "quoted_words",
    ],
    "short": [
        "Code", "Trust", "Q1", "Q2 total", "Q2a", "Q2b", "Period", "Words", "Coverage", "Method", "Refusal", "Status",
        "Received", "Ref", "Quote",
    ],
    "foi": [
        "ODS code", "Name of Trust", QUESTION[0][4:], "Total diagnosed in the last twelve months",
        "(a) first presentation", "(b) progressed and spread", "Time period", "Trust's own words", "Sites covered",
        "How counted", "Exemption", "Map status", "Date received", "FOI reference",
        "Words to quote",
    ],
    "north": [
        "Provider", "Provider name", "Q.1 answer", "Q.2", "Q.2 (a)", "Q.2 (b)", "Months covered", "Their words",
        "Sites", "Counted how", "Exempt", "On the map as", "Came in", "Our ref",
        "Words to quote",
    ],
    "plain": [
        "Organisation code", "Organisation name", "Routinely collecting", "Total", "First presentation", "Progressed",
        "Time period", "Answer in words", "Coverage", "Method", "Refusal", "Declared status", "Date received",
        "FOI reference", "Words to quote",
    ],
}
ANSWERED, OPTIONAL = FIELDS[2:7], FIELDS[7:]
STATUS_WORDS = {
    "collecting": "Hospital Trust is collecting data",
    "partially-collecting": "Hospital Trust is partially collecting data",
    "not-collecting": "Hospital Trust is not collecting data",
}


def table(rows, headings, always=()):
    """A header row and a row for each answer, with the columns that are in use."""
    used = [f for f in FIELDS if f in ANSWERED or f in always or any(r.get(f) for r in rows)]
    return [[HEADINGS[headings][FIELDS.index(f)] for f in used]] + [[r.get(f) or "" for f in used] for r in rows]


def totals(rows):
    """A closing row: the sums of the plain numbers in the three count columns of a table with code and name."""
    sums = ["Total"] + [""] * (len(rows[0]) - 1)
    for column in range(3, 6):
        numbers = [int(r[column]) for r in rows[1:] if r[column].isdigit()]
        sums[column] = str(sum(numbers)) if numbers else ""
    return sums


def padded(titles, width):
    """Title rows with as many cells as the table, as spreadsheets save them."""
    return [row + [""] * (width - len(row)) for row in titles]


def as_csv(rows, delimiter=",", end="\n", encoding="utf-8"):
    text = io.StringIO()
    plain = [[c.strftime("%d/%m/%Y") if isinstance(c, datetime.date) else c for c in row] for row in rows]
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(plain)
    return text.getvalue().encode(encoding)


def as_json(rows):
    header, *records = rows
    whole = {HEADINGS["names"][FIELDS.index(f)] for f in ("total", "first", "progressed")}

    def value(heading, cell):
        if isinstance(cell, datetime.date):
            return cell.isoformat()
        return int(cell) if heading in whole and cell.isdigit() else cell or None

    return (json.dumps([{h: value(h, c) for h, c in zip(header, r)} for r in records], indent=2) + "\n").encode()


def as_xlsx(sheets):
    """A workbook of (name, hidden, rows): text as shared strings, whole numbers as numbers, dates as date cells."""
    strings, head = {}, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def escape(text):
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

    def cell(row, column, value):
        place = f'{"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]}{row}'
        if isinstance(value, datetime.date):
            return f'<c r="{place}" s="1"><v>{(value - datetime.date(1899, 12, 30)).days}</v></c>'
        if value.isdigit():
            return f'<c r="{place}"><v>{value}</v></c>'
        return f'<c r="{place}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'

    parts, sheet_list, relations, types = {}, "", "", ""
    for number, (name, hidden, rows) in enumerate(sheets, 1):
        body = ""
        for at, row in enumerate(rows, 1):
            cells = "".join(cell(at, column, value) for column, value in enumerate(row) if value != "")
            body += f'<row r="{at}">{cells}</row>'
        body = f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
        parts[f"xl/worksheets/sheet{number}.xml"] = body
        state = ' state="hidden"' if hidden else ""
        sheet_list += f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="rId{number}"/>'
        relations += f'<Relationship Id="rId{number}" Type="{office}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        types += (
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        )
    for number, part in enumerate(("sharedStrings", "styles"), len(sheets) + 1):
        relations += f'<Relationship Id="rId{number}" Type="{office}/{part}" Target="{part}.xml"/>'
        types += (
            f'<Override PartName="/xl/{part}.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{part}+xml"/>'
        )
    items = "".join(f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in strings)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}" uniqueCount="{len(strings)}">{items}</sst>'
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{main}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )
    parts["xl/workbook.xml"] = f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{sheet_list}</sheets></workbook>'
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>'
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{types}</Types>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in ("[Content_Types].xml", *(n for n in parts if n != "[Content_Types].xml")):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            archive.writestr(entry, head + parts[name])
    return file.getvalue()
