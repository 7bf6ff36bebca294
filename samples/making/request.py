"""What the invented round asked, and when."""
import datetime

NOTICE = "SYNTHETIC: invented organisations, invented answers"
SENT, CUT_OFF = datetime.date(2016, 7, 4), datetime.date(2016, 8, 31)
QUESTION = [
    "(1) Is the Trust routinely collecting data on secondary (metastatic) breast cancer?",
    "(2) If so, how many people were diagnosed with the disease within the Trust in the last twelve months (or for "
    "the latest period available)? These should include (a) those who were diagnosed with secondary breast cancer at "
    "their first presentation; and (b) those for whom their primary breast cancer has progressed and spread. Please "
    "also include the time period this data refers to.",
]
