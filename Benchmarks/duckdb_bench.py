#!/usr/bin/env python3
"""The checks of the pack `bench` in DuckDB, as fast as honest SQL makes them: for comparison with trustcheck.

    python3 Benchmarks/duckdb_bench.py ROWS.csv [--threads 2] [--repeats 5]

Columns are given as text and nothing is sniffed. One scan counts every rule that looks at a row alone with filtered
aggregates; uniqueness, reference and fill rate scan the few columns they need. Keeping the rows in memory between the
scans, distinct counts within the first scan, and check digits by text were tried and are slower.
Prints a JSON object: the version, how many fail each rule, the best wall time of the query in seconds, and the peak
memory of this process in bytes.
"""
import argparse
import json
import resource
import time

import duckdb

COLUMNS = (
    "organisation_code record_id nhs_number birth_date diagnosis_date treatment_date postcode sex metastatic_type "
    "metastatic_site cns_code nodes_examined nodes_positive previous_record note"
).split()

CHECK_SUM = " + ".join(f"digits // {10 ** power} % 10 * {power + 1}" for power in range(9, 0, -1))

# Rule: when a row fails it. A comparison with a missing or unreadable value is null and does not count.
ROW_RULES = {
    "record-id-missing": "record_id IS NULL",
    "nhs-number-missing": "nhs_number IS NULL",
    "birth-date-missing": "birth_date IS NULL",
    "diagnosis-date-missing": "diagnosis_date IS NULL",
    "record-id-pattern": "NOT regexp_full_match(record_id, 'B[0-9]{9}')",
    "postcode-pattern": "NOT regexp_full_match(postcode, '[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}')",
    "sex-not-in-list": "sex NOT IN ('0', '1', '2', '9')",
    "metastatic-type-not-in-list": "metastatic_type NOT IN ('01', '02', '03')",
    "metastatic-site-not-in-list":
        "metastatic_site NOT IN ('02', '03', '04', '07', '08', '09', '10', '11', '12', '97', '98')",
    "cns-code-not-in-list": "cns_code NOT IN ('Y1', 'Y3', 'Y4', 'Y5', 'NI', 'NN', '99')",
    "nhs-number-check-digit":
        "length(nhs_number) <> 10 OR NOT regexp_full_match(nhs_number, '[0-9]{10}') "
        f"OR (11 - ({CHECK_SUM}) % 11) % 11 <> digits % 10",
    "birth-date-not-a-date": "birth_date IS NOT NULL AND born IS NULL",
    "diagnosis-date-not-a-date": "diagnosis_date IS NOT NULL AND diagnosed IS NULL",
    "diagnosis-before-birth": "diagnosed < born",
    "treatment-before-diagnosis": "treated < diagnosed",
    "site-missing-when-distant": "metastatic_type = '03' AND metastatic_site IS NULL",
    "note-missing-when-other-site": "metastatic_site = '98' AND note IS NULL",
    "more-nodes-positive-than-examined": "positive > examined",
}

COUNTS = ",\n    ".join(f'count(*) FILTER (WHERE {when}) AS "{rule}"' for rule, when in ROW_RULES.items())

QUERY = f"""
WITH given AS NOT MATERIALIZED (
  SELECT * FROM read_csv($path, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
    nullstr = '', columns = {{{", ".join(f"'{c}': 'VARCHAR'" for c in COLUMNS)}}})
), typed AS (
  SELECT *, try_cast(birth_date AS DATE) AS born, try_cast(diagnosis_date AS DATE) AS diagnosed,
    try_cast(treatment_date AS DATE) AS treated, try_cast(nhs_number AS BIGINT) AS digits,
    try_cast(nodes_examined AS INTEGER) AS examined, try_cast(nodes_positive AS INTEGER) AS positive
  FROM given
), rows_alone AS (
  SELECT
    {COUNTS}
  FROM typed
), repeated AS (
  SELECT count(record_id) - count(DISTINCT record_id) AS "record-id-repeated" FROM given
), unknown AS (
  SELECT count(*) AS "previous-record-unknown" FROM given a
  WHERE previous_record IS NOT NULL AND NOT EXISTS (SELECT 1 FROM given b WHERE b.record_id = a.previous_record)
), poor AS (
  SELECT count(*) AS "cns-code-fill-rate" FROM
    (SELECT 1 FROM given GROUP BY organisation_code HAVING count(cns_code) < 0.9 * count(*))
)
SELECT * FROM rows_alone, repeated, unknown, poor
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("path")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--repeats", type=int, default=5)
    options = arguments.parse_args()
    connection = duckdb.connect(config={"threads": options.threads})
    best, counts = None, None
    for _ in range(options.repeats):
        start = time.perf_counter()
        answer = connection.execute(QUERY, {"path": options.path})
        row = answer.fetchone()
        seconds = time.perf_counter() - start
        best = seconds if best is None else min(best, seconds)
        counts = dict(zip((column[0] for column in answer.description), row))
    print(json.dumps({
        "version": duckdb.__version__,
        "failed": dict(sorted(counts.items())),
        "seconds": best,
        "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }, indent=2))


if __name__ == "__main__":
    main()
