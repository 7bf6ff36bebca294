"""Writes files that no reader should choke on, into the folder named, and runs a program on one of them.

    bad-inputs.py FOLDER                    writes them
    bad-inputs.py FOLDER NAME PROGRAM …     runs the program and says: exit code, peak memory in MiB, seconds
"""
import os
import resource
import subprocess
import sys
import time
import zipfile

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
HEADINGS = "".join(
    f'<c t="str"><v>{h}</v></c>' for h in ("Organisation code", "Routinely collecting", "Total", "First presentation"))
HEADER = f'<row r="1">{HEADINGS}</row>'


def book(path, sheet):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", HEAD + '<workbook xmlns:r="r"><sheets>'
                         '<sheet name="Answer" sheetId="1" r:id="rId1"/></sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", HEAD + '<Relationships><Relationship Id="rId1" '
                         'Type="t/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for piece in sheet:
                part.write(piece if isinstance(piece, bytes) else piece.encode())


def rows(count):
    yield HEAD + "<worksheet><sheetData>"
    for number in range(1, count + 1):
        yield f'<row r="{number}" spans="1:3" ht="15"/>'
    yield "</sheetData></worksheet>"


def write(folder):
    def at(name):
        return os.path.join(folder, name)

    book(at("zip-bomb.xlsx"), [HEAD, "<worksheet><sheetData>", HEADER] + [b" " * 10_000_000] * 200)
    book(at("entity-bomb.xlsx"), ['<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'])
    book(at("external-entity.xlsx"), ['<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row>'
                                      '<c t="str"><v>&a;</v></c></row></sheetData></worksheet>'])
    book(at("million-empty-rows.xlsx"), rows(1_048_576))
    cells = "".join(f'<c t="str"><v>h{n}</v></c>' for n in range(16_384))
    book(at("16384-columns.xlsx"), [HEAD, f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>"])
    book(at("cyclic-merges.xlsx"), [HEAD, f'<worksheet><sheetData>{HEADER}</sheetData><mergeCells><mergeCell ref="A1:B2"/>'
                                    '<mergeCell ref="B2:C3"/></mergeCells></worksheet>'])
    book(at("whole.xlsx"), [HEAD, f"<worksheet><sheetData>{HEADER}</sheetData></worksheet>"])
    whole = open(at("whole.xlsx"), "rb").read()
    os.remove(at("whole.xlsx"))
    open(at("truncated.xlsx"), "wb").write(whole[:len(whole) // 2])
    # The bit that says that an entry is encrypted, in both places where entries are described.
    locked = bytearray(whole)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := locked.find(mark, start)) >= 0:
            locked[start + offset] |= 1
            start += 4
    open(at("encrypted-entries.xlsx"), "wb").write(locked)
    compound = bytes([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) + bytes(600)
    open(at("password.xlsx"), "wb").write(compound)
    open(at("paper.xlsx"), "wb").write(b"%PDF-1.7\n")
    open(at("claims-utf16.xml"), "w").write('<?xml version="1.0" encoding="UTF-16"?><COSD><COSDRecord/></COSD>')
    open(at("entity-bomb.xml"), "w").write('<!DOCTYPE l [<!ENTITY a "aaaa">]><COSD><COSDRecord>&a;</COSDRecord></COSD>')
    open(at("utf16-without-mark.csv"), "wb").write("Organisation code,Total\nX1A,3\n".encode("utf-16-le"))
    open(at("turns-binary.csv"), "wb").write(
        b"Organisation code,NHS number,Date of diagnosis\n" + b"X1A,9990000018,2016-04-02\n" * 1000 + bytes(range(256)) * 200)
    os.mkdir(at("folder.csv"))
    os.mkfifo(at("pipe.csv"))
    open(at("good.csv"), "w").write("Provider code,NHS number,Date of diagnosis\nX1A,9990000018,2016-04-02\n")


def run(folder, name, program, arguments):
    start = time.monotonic()
    process = subprocess.run(
        [program, "check", name, "good.csv"] + arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        timeout=240)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(process.returncode, peak, round(time.monotonic() - start))
    print(process.stderr.decode(), end="")
    print("audited" if b"on 1 record" in process.stdout or b" records from " in process.stdout else "not audited")


if __name__ == "__main__":
    if len(sys.argv) == 2:
        write(sys.argv[1])
    else:
        run(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
