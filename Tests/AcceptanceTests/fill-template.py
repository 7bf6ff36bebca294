"""Fills in the sheets that `round template` wrote, and looks at what they offer.

    fill-template.py SHEET.xlsx ONE.xlsx FOLDER
"""
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
sheet = book["Answers"]
headings = [cell.value for cell in sheet[1]]
offers = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}


def column(heading):
    return headings.index(heading) + 1


def offer(heading):
    letter = openpyxl.utils.get_column_letter(column(heading))
    return next((formula for places, formula in offers.items() if places.startswith(letter)), "")


if "yes" not in offer("answer to the first question") or "partly" not in offer("answer to the first question"):
    print("no drop-down for the first question")
if "Asked" not in offer("organisation code"):
    print("no drop-down for the organisation")
if [c.value for c in book["Asked"]["A"]][1:] != ["X1A", "X1B", "X1K"]:
    print("the sheet Asked does not list who was asked")
if not any("routinely collecting" in str(c.value) for c in book["Question"]["A"]):
    print("the question is not there")
for row, values in enumerate([
    {"organisation code": "X1A", "answer to the first question": "yes", "total diagnosed": 43,
     "diagnosed at first presentation": "<5", "progressed and spread": 40, "period of the counts": "April 2015 to March 2016",
     "words to quote": "=not a formula", "sites covered": "whole", "date received": "20/09/2016"},
    {"organisation code": "X1B", "answer to the first question": "no", "answer in words": "We do not routinely collect this."},
], 2):
    for heading, value in values.items():
        cell = sheet.cell(row, column(heading))
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
book.save(f"{sys.argv[3]}/filled.xlsx")

book = openpyxl.load_workbook(sys.argv[2])
sheet = book["Answers"]
if [sheet.cell(2, 1).value, sheet.cell(2, 2).value] != ["X1K", "Tarnelbridge Hospitals"]:
    print("the sheet for one organisation does not name it")
sheet.cell(2, 3).value = "partly"
book.save(f"{sys.argv[3]}/one.xlsx")
