"""Every file of sql/ is read as DuckDB's SQL, written as Spark's, and read again as Spark's.

In: the folder. Out: one line per file, or what could not be read, written or carried over, and exit code 1. A function that no dialect knows passes a
parser as a call like any other, so the calls that stay unknown are listed too and must be those in KNOWN.
"""

import pathlib
import sys

import sqlglot
from sqlglot import exp

# Functions that sqlglot has no type for and that Spark has under the same name.
KNOWN = {"make_date"}
# Units that Spark truncates to; a unit taken from a column would be carried over as its name.
UNITS = {"WEEK", "MONTH", "QUARTER", "YEAR"}


def problems(text: str) -> list[str]:
    try:
        statements = sqlglot.transpile(text, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE, pretty=True)
        if len(statements) != 1:
            return [f"holds {len(statements)} statements, expected 1"]
        parsed = sqlglot.parse_one(statements[0], read="spark")
    except sqlglot.errors.SqlglotError as error:
        return [str(error)]
    found = {f"calls `{call.name.lower()}`, which Spark may not have" for call in parsed.find_all(exp.Anonymous) if call.name.lower() not in KNOWN}
    for trunc in parsed.find_all(exp.TimestampTrunc, exp.DateTrunc):
        if trunc.unit.name.upper() not in UNITS:
            found.add(f"truncates to `{trunc.unit.name}`, which is no unit of Spark")
    for explode in parsed.find_all(exp.Explode):
        if not isinstance(explode.parent, (exp.Alias, exp.Select)):
            found.add("unnests inside an expression, which Spark does not")
    return sorted(found)


def main(folder: pathlib.Path) -> int:
    files = sorted(folder.glob("**/*.sql"))
    if not files:
        print(f"no .sql file in {folder}")
        return 1
    failed = 0
    for file in files:
        found = problems(file.read_text(encoding="utf-8"))
        failed += bool(found)
        print(f"{'✗' if found else '✓'} {file.name}", *found, sep="\n    ")
    print(f"{len(files) - failed} of {len(files)} files are Spark's SQL too")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
