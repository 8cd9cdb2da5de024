"""Writes the databases of tests/cases/formats/sqlite: the candidate with Python's sqlite3, beside a table of another kind, the baseline with pandas.

Needs pandas (2.3.3 wrote what is kept).
"""

import pathlib
import random
import sqlite3
from contextlib import closing

import pandas

FOLDER = pathlib.Path(__file__).resolve().parent.parent.parent / "cases/formats/sqlite"


def predictions(seed: int) -> list[tuple[str, str, float, str]]:
    """The same examples for each seed, with other scores."""
    labels = random.Random(0)
    scores = random.Random(seed)
    rows = []
    for i in range(120):
        label = labels.random() < 0.4
        score = min(max(scores.gauss(0.7 if label else 0.3, 0.2), 0.0), 1.0)
        rows.append((f"q{i:03}", "yes" if label else "no", round(score, 3), "de" if i % 2 else "en"))
    return rows


def main() -> None:
    """Writes both anew."""
    for name in ("baseline.db", "candidate.db"):
        (FOLDER / name).unlink(missing_ok=True)
    with closing(sqlite3.connect(FOLDER / "candidate.db")) as database:
        database.execute("PRAGMA page_size=1024")
        database.execute("CREATE TABLE predictions (id TEXT PRIMARY KEY, label TEXT NOT NULL, score REAL NOT NULL, lang TEXT)")
        database.executemany("INSERT INTO predictions VALUES (?, ?, ?, ?)", reversed(predictions(2)))
        database.execute("CREATE TABLE runs (id INTEGER PRIMARY KEY, model TEXT, weights BLOB)")
        database.execute("INSERT INTO runs VALUES (1, 'tree-2', x'00ff')")
        database.execute("CREATE VIEW by_language AS SELECT lang, avg(score) FROM predictions GROUP BY lang")
        database.commit()
    with closing(sqlite3.connect(FOLDER / "baseline.db")) as database:
        database.execute("PRAGMA page_size=1024")
        frame = pandas.DataFrame(predictions(1), columns=["id", "label", "score", "lang"])
        frame.to_sql("eval", database)
        database.commit()


if __name__ == "__main__":
    main()
