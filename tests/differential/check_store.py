#!/usr/bin/env python3
"""Stores of `metricgate log` against Python's sqlite3 and json: what they hold, many loggers at once, kills, merges by git, and files
that a stranger made. `--large` is the size that ctest has no time for: 64 loggers and 200 kills."""
import argparse
import contextlib
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

passed, failed = 0, []


def check(name, good, detail=""):
    global passed
    if good:
        passed += 1
    else:
        failed.append(f"{name}: {detail}")


class Program:
    def __init__(self, binary, folder):
        self.binary, self.folder = str(binary), folder

    def start(self, *arguments, cwd=None):
        return subprocess.Popen([self.binary, "log", *map(str, arguments)], cwd=cwd or self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, env={"PATH": os.environ["PATH"], "LC_ALL": "C"})

    def log(self, *arguments, cwd=None):
        process = self.start(*arguments, cwd=cwd)
        out, error = process.communicate(timeout=120)
        return process.returncode, out + error


POINTS = """SELECT m.name, p.value, p.standard_error, p.n, p.step, p.time, r.commit_id, r.run, r.attempt, c.data_digest, c.metadata, m.unit
            FROM points p JOIN metrics m ON m.id = p.metric JOIN runs r ON r.id = p.run JOIN circumstances c ON c.id = p.circumstances
            ORDER BY m.name, p.time, p.id"""


def rows_of(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return database.execute(POINTS).fetchall()


def pairs_of(path):
    """(step, value) of the metrics a and b."""
    found = {"a": [], "b": []}
    if path.suffix == ".jsonl":
        for line in path.read_text().splitlines():
            point = json.loads(line)
            found[point["metric"]].append((point["step"], point["value"]))
    else:
        for row in rows_of(path):
            found[row[0]].append((row[4], row[1]))
    return sorted(found["a"]), sorted(found["b"])


def check_content(program):
    code, said = program.log("accuracy=0.30000000000000004", "loss=-1e-300", "--step", 3, "--time", "2026-03-01T12:00:00Z", "--tag", "note=\"é\"",
                             "--model-version", "v7", "--run", "nightly", "--attempt", 2, "--data-digest", "d1", "--commit", "a" * 40)
    check("recorded", code == 0 and "recorded 2 values in metricgate.db" in said, said)
    path = program.folder / "metricgate.db"
    told = json.dumps({"model_version": "v7", "note": "\"é\""}, ensure_ascii=False, separators=(",", ":"))
    common = (None, None, 3, 1772366400, "a" * 40, "nightly", "2", "d1", told, "")
    check("rows", rows_of(path) == [("accuracy", 0.1 + 0.2, *common), ("loss", -1e-300, *common)], rows_of(path))
    with contextlib.closing(sqlite3.connect(path)) as database:
        marks = [database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version", "journal_mode")]
    check("marks", marks == [0x6d676174, 1, "wal"], marks)
    check("nothing beside it", sorted(p.name for p in program.folder.iterdir()) == ["metricgate.db"], list(program.folder.iterdir()))


def check_loggers(program, store, loggers, calls):
    """Every call of every process is there, whole."""
    path = program.folder / store
    started = []
    for logger in range(loggers):
        script = "".join(f"'{program.binary}' log a={logger}.{call} b={logger}.{call} --step {call} --run r{logger} --store '{path}' || exit 1\n"
                         for call in range(1, calls + 1))
        started.append(subprocess.Popen(["sh", "-c", script], cwd=program.folder, stderr=subprocess.PIPE, text=True))
    for process in started:
        error = process.communicate(timeout=600)[1]
        check(f"{store}: a logger", process.returncode == 0, error)
    wanted = sorted((call, float(f"{logger}.{call}")) for logger in range(loggers) for call in range(1, calls + 1))
    check(f"{store}: nothing is lost", pairs_of(path) == (wanted, wanted), f"{len(pairs_of(path)[0])} of {len(wanted)}")


def check_kills(program, store, kills, seed):
    """A killed call is there whole or not at all, and the next one works."""
    path = program.folder / store
    draw = random.Random(seed)
    told = 0
    for kill in range(1, kills + 1):
        process = program.start(f"a={kill}", f"b={kill}", "--step", kill, "--store", path)
        time.sleep(draw.random() * 0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        told += process.returncode == 0
    code, said = program.log("a=0.5", "b=0.5", "--step", kills + 1, "--store", path)
    check(f"{store}: a call after {kills} kills", code == 0, said)
    first, second = pairs_of(path)
    check(f"{store}: calls are whole", first == second and len(first) >= told + 1, f"{first} {second} {told}")
    litter = sorted(p.name for p in program.folder.iterdir() if p.name.startswith((".metricgate", store + "-")))
    check(f"{store}: no litter", not litter, litter)


def git(folder, *arguments):
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "t"), ("EMAIL", "t@example.org"))}
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True, env={**os.environ, **who})


def check_merge(program):
    """Two branches log, and git joins their lines."""
    folder = program.folder / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main", ".")
    (folder / ".gitattributes").write_text("*.jsonl merge=union\n")
    program.log("a=1", "--store", "history.jsonl", "--commit", "none", cwd=folder)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    for branch, value in (("left", 2), ("right", 3)):
        git(folder, "checkout", "-q", "-b", branch, "main")
        code, said = program.log(f"a={value}", "--store", "history.jsonl", cwd=folder)
        check(f"{branch}: recorded", code == 0, said)
        git(folder, "commit", "-qam", branch)
    git(folder, "merge", "-q", "left", "-m", "merge")
    code, said = program.log("a=4", "--store", "history.jsonl", cwd=folder)
    check("the union of two branches is a store", code == 0, said)
    points = [json.loads(line) for line in (folder / "history.jsonl").read_text().splitlines()]
    check("with all lines", sorted(point["value"] for point in points) == [1, 2, 3, 4], points)
    check("and one more call", points[-1]["call"] == 3, points)
    ids = [git(folder, "rev-parse", name).stdout.strip() for name in ("main", "HEAD")]
    check("HEAD is the commit", points[-1]["commit"] == ids[1] and "commit" not in points[0], points)


def check_schemas(program, root):
    """Lines of stores, and what `--json` prints, fit their schemas."""
    import jsonschema

    def fits(name, document, schema):
        try:
            jsonschema.validate(document, json.loads((root / "schemas" / f"{schema}.schema.json").read_text()), cls=jsonschema.Draft202012Validator)
            check(name, True)
        except jsonschema.ValidationError as error:
            check(name, False, str(error)[:500])

    for path in sorted((root / "tests" / "cases" / "log").glob("*/expected/*.jsonl")):
        lines = path.read_text().splitlines()
        if path.parent.parent.name != "cut-store" and lines != ["(not written)"]:
            for number, line in enumerate(lines, 1):
                fits(f"{path}:{number}", json.loads(line), "history")
    process = program.start("a=1", "--json", "--commit", "a" * 40)
    fits("--json", json.loads(process.communicate(timeout=60)[0]), "log")


def check_strangers(program, root):
    """Files that nobody has to trust, of another program, or of a later version."""
    path = program.folder / "stranger.db"
    made = program.folder / "made.db"
    program.log("a=1", "--store", made)

    def refused(name, change, wanted):
        shutil.copy(made, path)
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
            change(database)
        before = path.read_bytes()
        code, said = program.log("a=2", "--store", path)
        check(name, code == 2 and wanted in said, f"{code} {said}")
        check(f"{name}: untouched", path.read_bytes() == before)
        for beside in ("-wal", "-shm"):
            pathlib.Path(f"{path}{beside}").unlink(missing_ok=True)

    refused("a later version", lambda d: d.execute("PRAGMA user_version=2"), "the store has version 2, written by a later metricgate")
    refused("another program's", lambda d: d.execute("PRAGMA application_id=7"), "is a database of another program")
    refused("a trigger", lambda d: d.execute("CREATE TRIGGER t AFTER INSERT ON points BEGIN DELETE FROM points; END"), "'t' in it is not what version 1")
    refused("an index", lambda d: d.execute("CREATE INDEX i ON points (abs(value))"), "'i' in it is not what version 1")
    refused("a table that is lacking", lambda d: d.execute("DROP TABLE runs"), "lacks tables")

    def as_view(database):
        database.execute("ALTER TABLE runs RENAME TO held")
        database.execute("CREATE VIEW runs AS SELECT * FROM held")

    refused("a view in a table's place", as_view, "'held' in it is not")
    refused("a virtual table", lambda d: d.execute("CREATE VIRTUAL TABLE f USING fts5(x)"), "virtual table")
    path.write_bytes(made.read_bytes()[:3000])
    code, said = program.log("a=2", "--store", path)
    check("a cut file", code == 2, said)
    path.write_bytes(b"no database at all, but longer than a header of SQLite" * 20)
    code, said = program.log("a=2", "--store", path)
    check("no database", code == 2 and "damaged" in said, said)

    # The first version, as it was released: whatever comes later must go on from it.
    shutil.copy(root / "tests" / "data" / "history" / "store-1.db", path)
    code, said = program.log("accuracy=0.97", "--time", "2026-03-02T12:00:00Z", "--store", path)
    found = [(row[0], row[1]) for row in rows_of(path)]
    check("a store of version 1", code == 0 and found == [("accuracy", 0.95), ("accuracy", 0.97), ("loss", 0.12)], f"{said} {found}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--large", action="store_true")
    options = parser.parse_known_args()[0]
    loggers, calls, kills = (64, 20, 200) if options.large else (12, 2, 15)
    with tempfile.TemporaryDirectory(prefix="metricgate-store-") as name:
        for step, test in enumerate((check_content, check_merge, lambda p: check_schemas(p, options.root.resolve()),
                                     lambda p: check_strangers(p, options.root.resolve()),
                                     lambda p: check_loggers(p, "new.db", loggers, calls), lambda p: check_loggers(p, "new.jsonl", loggers, calls),
                                     lambda p: check_kills(p, "killed.db", kills, 1), lambda p: check_kills(p, "killed.jsonl", kills, 2))):
            folder = pathlib.Path(name) / str(step)
            folder.mkdir()
            test(Program(options.binary.resolve(), folder))
    for problem in failed:
        print(problem[:1000])
    print(f"{passed} passed, {len(failed)} failed")
    sys.exit(1 if failed or passed < 40 else 0)


main()
