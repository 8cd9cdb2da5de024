#!/usr/bin/env python3
# tools: columns
"""Tables of columns, written by pyarrow, DuckDB, numpy and SQLite in the shapes that they have, hold what the same table as CSV holds: the program's report
of each, and of two of different formats, is that of the CSV files. What DuckDB, which has a Parquet reader of its own, counts in them is what the
program reports."""
import csv
import decimal
import sqlite3
import sys
from contextlib import closing

import duckdb
import numpy
import pyarrow
import pyarrow.dataset
import pyarrow.feather
import pyarrow.parquet

from columns_common import Interop, load

ROWS = 3000
POLICY = """version: 1
inputs:
  eval:
    columns: {id: id, label: label, score: score}
    threshold: 0.5
checks:
  - {id: accuracy, metric: accuracy, margin: {abs: 0.2}, slices: {by: lang}}
  - {id: auc, metric: roc_auc, margin: {abs: 0.2}}
  - {id: brier, metric: brier_score, margin: {abs: 0.2}}
"""


def columns(seed):
    random = numpy.random.default_rng(seed)
    label = numpy.random.default_rng(1).integers(0, 2, ROWS)
    score = numpy.clip(label * 0.3 + random.random(ROWS) * 0.7, 0, 1).astype("f4")
    return {"id": numpy.array([f"ex-é{i}" for i in range(ROWS)]), "label": label, "score": score,
            "price": numpy.array([decimal.Decimal(int(n)) / 100 for n in random.integers(-10**9, 10**9, ROWS)], dtype=object),
            "lang": numpy.array(["de", "en", "日本"])[numpy.arange(ROWS) % 3]}


def write_csv(path, table):
    names = ["id", "label", "score", "lang"]
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        # numpy prints a float32 as its shortest decimal.
        writer.writerows(zip(*[[str(cell) for cell in table[name]] for name in names]))


def arrow_table(table):
    columns = {name: pyarrow.array(table[name]) for name in ("id", "label", "score")}
    columns["price"] = pyarrow.array(list(table["price"]), pyarrow.decimal128(20, 2))
    columns["lang"] = pyarrow.array(table["lang"]).dictionary_encode()
    columns["when"] = pyarrow.array([0] * ROWS, pyarrow.timestamp("us"))  # unused, and of a type that is not read
    return pyarrow.table(columns)


def write_parquet(folder, name, table):
    """{what: path} for each way of writing."""
    arrow = arrow_table(table)
    made = {}

    def parquet(what, table=arrow, **options):
        made[what] = folder / f"{name}-{what}.parquet"
        pyarrow.parquet.write_table(table, made[what], **options)

    parquet("plain", compression="none", use_dictionary=False)
    for codec in ("snappy", "gzip", "zstd", "brotli", "lz4"):
        parquet(codec, compression=codec, row_group_size=700)
    parquet("v2", version="2.6", data_page_version="2.0", data_page_size=512)
    parquet("split", use_dictionary=False, column_encoding={"score": "BYTE_STREAM_SPLIT", "label": "DELTA_BINARY_PACKED", "id": "DELTA_BYTE_ARRAY"})
    parquet("checked", write_page_checksum=True, store_schema=False)
    wide = arrow.set_column(0, "id", arrow["id"].cast(pyarrow.large_string())).set_column(1, "label", arrow["label"].cast(pyarrow.uint8()))
    parquet("wide", wide)
    for compression in ("uncompressed", "lz4", "zstd"):
        made[f"feather-{compression}"] = folder / f"{name}-{compression}.feather"
        pyarrow.feather.write_feather(arrow, made[f"feather-{compression}"], compression=compression, chunksize=500)
    views = folder / f"{name}-views.arrow"
    other = pyarrow.table({"id": arrow["id"].cast(pyarrow.string_view()), "label": arrow["label"].cast(pyarrow.int16()), "score": arrow["score"],
                           "lang": arrow["lang"].cast(pyarrow.string())})
    with pyarrow.ipc.new_file(views, other.schema) as writer:
        writer.write_table(other, max_chunksize=300)
    made["views"] = views
    made["parts"] = folder / f"{name}-parts"
    pyarrow.dataset.write_dataset(arrow, made["parts"], format="parquet", partitioning=["lang"], partitioning_flavor="hive", max_rows_per_file=400,
                                  max_rows_per_group=400)
    made["duck"] = folder / f"{name}-duck.parquet"
    made["duck-parts"] = folder / f"{name}-duck-parts"
    made["duck-threads"] = folder / f"{name}-duck-threads"
    plain = arrow.drop_columns(["when"])
    connection = duckdb.connect()
    connection.register("plain", plain)
    connection.execute(f"COPY plain TO '{made['duck']}' (FORMAT parquet, ROW_GROUP_SIZE 1000, COMPRESSION zstd)")
    connection.execute(f"COPY plain TO '{made['duck-parts']}' (FORMAT parquet, PARTITION_BY (lang))")
    connection.execute(f"COPY plain TO '{made['duck-threads']}' (FORMAT parquet, PER_THREAD_OUTPUT true)")
    return made


def write_numpy(folder, name, table):
    names = ["id", "label", "score", "lang"]
    made = {"npz": folder / f"{name}.npz", "npz-compressed": folder / f"{name}-compressed.npz", "npy": folder / f"{name}.npy"}
    numpy.savez(made["npz"], **{column: table[column] for column in names})
    numpy.savez_compressed(made["npz-compressed"], **{column: table[column].astype(table[column].dtype.newbyteorder(">")) for column in names})
    rows = numpy.empty(ROWS, dtype=[(column, table[column].dtype) for column in names])
    for column in names:
        rows[column] = table[column]
    numpy.save(made["npy"], rows)
    return made


def write_sqlite(folder, name, table):
    """With types, without any, as text, in a table without rowid and in UTF-16."""
    names = ["id", "label", "score", "lang"]
    rows = list(zip([str(cell) for cell in table["id"]], [int(cell) for cell in table["label"]], [float(str(cell)) for cell in table["score"]],
                    [str(cell) for cell in table["lang"]]))
    made = {}

    def sqlite(what, columns, before="PRAGMA page_size=4096", after=""):
        made[what] = folder / f"{name}-{what}.db"
        made[what].unlink(missing_ok=True)
        with closing(sqlite3.connect(made[what])) as database:
            database.execute(before)
            database.execute(f"CREATE TABLE eval ({columns}){after}")
            database.execute("CREATE TABLE other (id TEXT, lang TEXT)")
            database.executemany("INSERT INTO eval VALUES (?, ?, ?, ?)", rows)
            database.commit()

    sqlite("sqlite", "id TEXT PRIMARY KEY, label INTEGER, score REAL, lang TEXT")
    sqlite("sqlite-untyped", ", ".join(names), before="PRAGMA page_size=65536")
    sqlite("sqlite-text", ", ".join(f"{column} TEXT" for column in names), before="PRAGMA encoding='UTF-16'")
    sqlite("sqlite-key", "id TEXT PRIMARY KEY, label, score, lang", after=" WITHOUT ROWID")
    return made


def checks_of(run, candidate, baseline):
    report = run.folder / "report.json"
    report.unlink(missing_ok=True)
    done = run.program("check", candidate, "--baseline", baseline, "-p", "policy.yaml", "--report", f"json={report}")
    return load(report)["checks"] if report.exists() else done.stderr


def refused(run, what, path, said):
    done = run.program("check", path, "--baseline", "baseline.csv", "-p", "policy.yaml", code=2)
    run.check(what, said in done.stdout + done.stderr, done.stdout[:500] + done.stderr)


def main():
    run = Interop()
    (run.folder / "policy.yaml").write_text(POLICY)
    sides = {"candidate": columns(2), "baseline": columns(3)}
    made = {}
    for name, table in sides.items():
        write_csv(run.folder / f"{name}.csv", table)
        made[name] = {**write_parquet(run.folder, name, table), **write_numpy(run.folder, name, table),
                      **write_sqlite(run.folder, name, table)}
    wanted = checks_of(run, "candidate.csv", "baseline.csv")
    if isinstance(wanted, str):
        sys.exit(wanted)
    run.check("the CSV files are judged", len(wanted) >= 3 and all(row["status"] in ("pass", "regressed", "inconclusive") for row in wanted), wanted)
    for what in made["candidate"]:
        run.equal(what, checks_of(run, made["candidate"][what], made["baseline"][what]), wanted)
    run.equal("npz against parts", checks_of(run, made["candidate"]["npz"], made["baseline"]["duck-parts"]), wanted)
    run.equal("feather against csv", checks_of(run, made["candidate"]["feather-lz4"], "baseline.csv"), wanted)

    brier = next(row for row in wanted if row["id"] == "brier")["candidate"]
    for what in ("snappy", "duck", "checked"):
        path = made["candidate"][what]
        right = duckdb.sql(f"SELECT avg((score::double - label) ** 2) FROM '{path}'").fetchall()[0][0]
        run.check(f"{what}: the Brier score as DuckDB counts it", abs(brier - right) < 1e-8, f"{brier}, wanted {right}")

    with closing(sqlite3.connect(made["candidate"]["sqlite"])) as database:
        right = database.execute("SELECT avg((score - label) * (score - label)) FROM eval").fetchone()[0]
    run.check("the Brier score as SQLite counts it", abs(brier - right) < 1e-8, f"{brier}, wanted {right}")

    arrow = arrow_table(sides["candidate"])
    twice = run.folder / "twice.parquet"
    pyarrow.parquet.write_table(pyarrow.concat_tables([arrow, arrow.slice(7, 1)]), twice)
    refused(run, "a repeated id", twice, f"'ex-é7' (rows 8 and {ROWS + 1})")
    holes = run.folder / "holes.parquet"
    score = sides["candidate"]["score"].astype(object)
    score[4] = None
    pyarrow.parquet.write_table(arrow.set_column(2, "score", pyarrow.array(list(score), pyarrow.float32())), holes)
    refused(run, "a null", holes, "holes.parquet:5")
    nan = run.folder / "nan.parquet"
    score[4] = float("nan")
    pyarrow.parquet.write_table(arrow.set_column(2, "score", pyarrow.array([float(x) for x in score], pyarrow.float32())), nan)
    refused(run, "a NaN", nan, "nan.parquet:5")
    with closing(sqlite3.connect(made["candidate"]["sqlite-untyped"])) as database:
        database.execute("PRAGMA journal_mode=WAL")
    refused(run, "a database in WAL mode", made["candidate"]["sqlite-untyped"], "WAL mode")
    objects = run.folder / "objects.npz"
    numpy.savez(objects, id=numpy.array([{"a": 1}], dtype=object))
    refused(run, "a pickle", objects, "a pickle")
    busy = run.folder / "busy"
    (busy / "_temporary" / "0").mkdir(parents=True)
    pyarrow.parquet.write_table(arrow, busy / "part-0.parquet")
    (busy / "_temporary" / "0" / "part-1.parquet").write_bytes(b"")
    done = run.program("check", busy, "--baseline", "baseline.csv", "-p", "policy.yaml", "--format", "parquet")
    run.check("a job that is not done", done.returncode == 2 and "_temporary" in done.stdout + done.stderr, done.stderr)
    run.finish()


main()
