"""Sends naughty strings through every intake and looks for them in every output.

    naughty-strings.py STRINGS.json PROGRAM FOLDER

Prints a line for each string that is not the same at the other end.
"""
import csv
import functools
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree
import zipfile
from xml.sax.saxutils import escape

HEADINGS = ["Organisation code", "Organisation name", "Routinely collecting"]
# Strings of our own. Readers go by code points: what acts still acts with an accent on it (U+0301).
OWN = [
    "x\"\u0301,=HYPERLINK(\"https://evil.example\")", "one,\u0301two", "\u3000=1+1", "\uff1d1+1",
    "a|\u0301b", "*\u0301bold*\u0301 `\u0301code`\u0301", "<\u0301b>", "]]>", "<![CDATA[x]]>", "&#x3c;b&#x3e;", "-->",
    "[click](https://evil.example)", "back\\](https://evil.example)", "{0} {{1}} {name}", "@team #12 www.evil.example",
    "   # heading", "1. list", "100%25 %0A::error::x", "a:\u0301:\u0301b,\u0301line=3", "\u202edeeps\u202c", "long " * 2000,
]
# What the intake takes for space around a value.
SPACES = "".join(chr(c) for c in range(33)) + "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff\u0085\u1680\u2028\u2029"


def cell(text):
    """A text of a workbook: what XML cannot hold is written as _xHHHH_ (ECMA-376 part 1, 22.9.2.19)."""
    out = []
    for index, character in enumerate(text):
        code = ord(character)
        isEscape = text[index:index + 2] == "_x" and text[index + 6:index + 7] == "_"
        if (code < 32 and character not in "\t\n") or code in (0xFFFE, 0xFFFF) or isEscape:
            out.append(f"_x{code:04X}_")
        else:
            out.append(escape(character))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{"".join(out)}</t></is></c>'


def write(folder, rows):
    with open(os.path.join(folder, "strings.csv"), "w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([HEADINGS] + rows)
    json.dump([dict(zip(HEADINGS, row)) for row in rows], open(os.path.join(folder, "strings.json"), "w"))
    with open(os.path.join(folder, "strings.jsonl"), "w") as file:
        for row in rows:
            file.write(json.dumps(dict(zip(HEADINGS, row))) + "\n")
    body = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in [HEADINGS] + rows)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    with zipfile.ZipFile(os.path.join(folder, "strings.xlsx"), "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", head + '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", head + '<Relationships><Relationship Id="rId1" '
                      'Type="t/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
        book.writestr("xl/worksheets/sheet1.xml", f"{head}<worksheet><sheetData>{body}</sheetData></worksheet>")


@functools.cache
def pieces(text):
    """The runs of a text that can be seen."""
    runs = [""]
    for character in text:
        if unicodedata.category(character)[0] in "LMNPS" and unicodedata.category(character) != "Cf":
            runs[-1] += character
        elif runs[-1]:
            runs.append("")
    return [run for run in runs if run]


def holds(shown, text):
    """True when all that can be seen of a text is there, in its order."""
    at = 0
    for piece in pieces(text):
        at = shown.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def is_number(text):
    try:
        return float(text) is not None
    except ValueError:
        return False


def main():
    strings = [s for s in json.load(open(sys.argv[1])) + OWN if s.strip(SPACES)]
    program, folder = sys.argv[2:]
    rows = [[f"QZ{number:03}", text, "yes"] for number, text in enumerate(strings)]
    write(folder, rows)
    expected = {row[0]: row[1].strip(SPACES) for row in rows}
    for name in ("strings.csv", "strings.json", "strings.jsonl", "strings.xlsx"):
        run = subprocess.run(
            [program, "check", name, "--rules", "data-collection", "--fail-on", "never", "--limit", "1000", "--format", "json",
             "--output", "report.json", "--format", "statuses", "--output", "statuses.csv", "--format", "text",
             "--output", "report.txt", "--format", "sarif", "--output", "report.sarif", "--format", "junit", "--output",
             "report.xml", "--format", "github", "--output", "report.github", "--format", "markdown", "--output",
             "report.md", "--format", "findings-csv", "--output", "findings.csv"], cwd=folder, capture_output=True)
        if run.returncode != 0:
            print(name, "exit", run.returncode, run.stderr.decode()[:500])
            continue
        report = json.load(open(os.path.join(folder, "report.json"), encoding="utf-8"))
        found = {item["code"]: item["name"].strip(SPACES) for item in report["unmatched"]}
        for code, text in expected.items():
            if found.get(code) != text:
                print(name, "JSON", ascii(text), "became", ascii(found.get(code)))
        table = list(csv.reader(io.StringIO(open(os.path.join(folder, "statuses.csv"), encoding="utf-8", newline="").read())))
        if len({len(row) for row in table}) != 1:
            print(name, "CSV has rows of", sorted({len(row) for row in table}))
        names = [row[1] for row in table[1:]]
        for text in expected.values():
            # A formula gets an apostrophe in front, and what cannot be seen is made visible.
            if not any(holds(cell, text) for cell in names):
                print(name, "CSV", ascii(text), "is not there")
        for cell in names:
            if cell[:1] in ("=", "+", "-", "@") and not is_number(cell):
                print(name, "CSV", ascii(cell), "is a formula")
        shown = open(os.path.join(folder, "report.txt"), encoding="utf-8", newline="").read()
        for character in set(shown) - {"\n"}:
            if unicodedata.category(character) == "Cc" or character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
                print(name, "text holds", ascii(character))
        joined = "".join(shown.split())
        for text in expected.values():
            plain = "".join(text.split())
            if all(unicodedata.category(c)[0] in "LNPS" for c in plain) and plain not in joined:
                print(name, "text", ascii(text), "is not there")
        forms(name, folder, expected)
        if name.endswith((".csv", ".xlsx")):
            workbook(name, program, folder, expected)


def read(folder, name):
    return open(os.path.join(folder, name), encoding="utf-8", newline="").read()


def forms(name, folder, expected):
    """What the forms for programs and review pages make of the strings."""
    messages = [unescaped(name, r["message"]["text"]) for r in json.loads(read(folder, "report.sarif"))["runs"][0]["results"]]
    suites = xml.etree.ElementTree.fromstring(read(folder, "report.xml").encode())
    listed = "\n".join("".join(case.itertext()) for case in suites.iter("testcase"))
    cells = [row for row in csv.reader(io.StringIO(read(folder, "findings.csv")))]
    for text in expected.values():
        if not any(holds(message, text) for message in messages):
            print(name, "SARIF", ascii(text), "is not there")
        if not any(holds(row[11], text) for row in cells):
            print(name, "findings CSV", ascii(text), "is not there")
    for row in cells:
        if len(row) != len(cells[0]):
            print(name, "findings CSV has a row of", len(row), ascii(row[11]))
        for cell in row:
            if cell.strip()[:1] in tuple("=+-@＝＋－＠") and not is_number(cell):
                print(name, "findings CSV", ascii(cell), "is a formula")
    if "more" not in listed:
        print(name, "JUnit lists everything")
    for line in read(folder, "report.github").split("\n")[:-1]:
        command = re.fullmatch(r"::(error|warning|notice) ([^\r]*?)::([^\r]+)", line)
        if command:
            keys = [pair.partition("=")[0] for pair in command[2].split(",")]
            if keys not in (["title"], ["file", "title"], ["file", "line", "title"]):
                print(name, "GitHub gets", keys)
        elif not re.match("[0-9]", line):
            print(name, "GitHub gets", ascii(line[:60]))
    markdown = re.sub(r"</?(br|sub|details|summary)>|<!-- -->", "", read(folder, "report.md"))
    if "<" in markdown:
        print(name, "Markdown holds markup")
    for line in markdown.split("\n"):
        if line.startswith("| ") and len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) not in (3, 6):
            print(name, "Markdown has a row of other cells", ascii(line[:80]))
    for form in ("report.sarif", "report.xml", "report.github", "report.md", "findings.csv"):
        odd = {c for c in read(folder, form) if unicodedata.category(c) in ("Cc", "Cf") and c not in "\r\n\t"}
        if odd:
            print(name, form, "holds", sorted(map(ascii, odd))[:5])


def unescaped(name, text):
    """A message of SARIF 2.1.0 as its viewers show it (3.11.5 and 3.11.6)."""
    if re.search(r"(?<!\{)(?:\{\{)*\{(?!\{)|(?<!\})(?:\}\})*\}(?!\})", text):
        print(name, "SARIF has an argument in", ascii(text[:80]))
    if re.search(r"(?<!\\)(?:\\\\)*\[(?:[^\[\]\\]|\\.)*\]\(", text):
        print(name, "SARIF has a link in", ascii(text[:80]))
    text = text.replace("{{", "{").replace("}}", "}")
    return re.sub(r"\\([\[\]\\])", r"\1", text) if "\\](" in text else text


def workbook(name, program, folder, expected):
    """The feedback workbook repeats the file: every name is a text, and none a formula or a link."""
    run = subprocess.run([program, "feedback", "report.json", "--file", name, "--output", "feedback.xlsx"],
                         cwd=folder, capture_output=True)
    if run.returncode != 0:
        print(name, "feedback exit", run.returncode, run.stderr.decode()[:500])
        return
    try:
        import openpyxl
    except ImportError:
        return
    book = openpyxl.load_workbook(os.path.join(folder, "feedback.xlsx"))
    shown = []
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" or cell.hyperlink:
                    print(name, "the workbook acts on", ascii(cell.value))
                if cell.value is not None:
                    shown.append(str(cell.value))
    for text in expected.values():
        if not any(holds(cell, text) for cell in shown):
            print(name, "workbook", ascii(text), "is not there")


if __name__ == "__main__":
    main()
