#!/usr/bin/env python3
"""What files cost in memory. Small hostile ones (blanks and zeros that pack a thousand times) are refused, or read, below 512 MiB, as are documents of
nothing but values. With --large MIB, which is not part of the suite: logs of evaluations of that size are read in less than 8 times their size."""
import argparse
import gzip
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

MIB = 1 << 20
LIMIT = 512
HEADER = json.dumps({"version": 2, "status": "success", "eval": {"task": "t", "model": "m", "dataset": {}, "config": {}}, "results": {"scores": []}})
POLICY = """version: 1
inputs: {p: {kind: predictions, columns: {id: id, label: label, prediction: score}}}
checks: [{id: a, metric: mae, max: 0.1}]
"""
ANY = """version: 1
inputs: {p: {kind: metrics}}
checks: [{id: a, metric: {name: acc, direction: higher}, min: 0.1}]
"""


def packed(path, members):
    """A zip archive; a member is its name, its beginning, and a byte that is repeated."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, start, byte, count in members:
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(start)
                while count > 0:
                    member.write(byte * min(count, MIB))
                    count -= MIB


def array(kind, rows):
    text = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': ({rows},), }}\n".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


def hostile(folder):
    """(file, policy) of files of at most 17 MiB."""
    def evaluation(name, samples, blanks=0):
        header = [("header.json", HEADER.encode(), b" ", blanks), ("summaries.json", b"[]", b" ", 0)]
        packed(folder / name, header + samples)
        return folder / name, POLICY

    def arrays(name, kind, rows, size):
        packed(folder / name, [(f"{column}.npy", array(kind, rows), b"\0", rows * size) for column in ("id", "label", "score")])
        return folder / name, POLICY

    yield evaluation("blank-header.eval", [], 600 * MIB)
    yield evaluation("blank-sample.eval", [("samples/1_epoch_1.json", b"{}", b" ", 400 * MIB)])
    yield evaluation("blank-samples.eval", [(f"samples/{i}_epoch_1.json", b"{}", b" ", 60 * MIB) for i in range(2)])
    yield evaluation("values.eval", [("samples/1_epoch_1.json", b'{"metadata": [' + b"0," * (3 << 20) + b"0]}", b" ", 0)])
    yield arrays("zeros.npz", "<f8", 60 * MIB // 8, 8)
    yield arrays("bytes.npz", "|u1", 10 * MIB, 1)
    yield arrays("text.npz", "<U1", 2 * MIB, 4)
    for name, start, piece, times, policy in (("blanks.csv.gz", b"id,label,score\n", b" " * MIB, 400, POLICY),
                                              ("numbers.csv.gz", b"id,label,score\n", b"1,1,1\n" * (1 << 17), 80, POLICY),
                                              ("blanks.json.gz", b"{}", b" " * MIB, 60, ANY)):
        with gzip.open(folder / name, "wb", 6) as file:  # in pieces: what this process holds counts for its children
            file.write(start)
            for _ in range(times):
                file.write(piece)
        yield folder / name, policy
    names = [f"a{i}" for i in range(1000)]  # of columns, and of periods
    with gzip.open(folder / "names.csv.gz", "wt", compresslevel=6) as file:
        file.write("chunk_key,chunk_index,chunk_period," + ",".join(f"{name}_value" for name in names) + "\n")
        file.writelines(f"k,0,{name}" + ",1" * 1000 + "\n" for name in names)
    yield folder / "names.csv.gz", ANY
    with gzip.open(folder / "features.pb.gz", "wb", 6) as file:  # a DatasetFeatureStatistics of empty features
        count = 12 * MIB
        size = bytes([2 * count >> shift & 0x7f | 0x80 for shift in (0, 7, 14)]) + bytes([2 * count >> 21])
        file.write(b"\x0a" + size)
        for _ in range(count // MIB):
            file.write(b"\x1a\x00" * MIB)
    yield folder / "features.pb.gz", ANY
    (folder / "list.json").write_bytes(b'{"acc": [' + b"0," * (7 << 20) + b"0]}")
    yield folder / "list.json", ANY
    (folder / "deep.json").write_bytes(b"[" * (16 * MIB - 1))
    yield folder / "deep.json", ANY


def words(random_numbers, count):
    return " ".join(f"w{random_numbers.getrandbits(16):x}" for _ in range(count))


def large_logs(folder, root, mib):
    """(file, policy) of logs in the shape of the tools' own."""
    data = root / "tests/data/llm_tools"
    numbers = random.Random(1)

    def fill(name, head, one, tail):
        path = folder / name
        with path.open("w") as log:
            size = log.write(head)
            count = 0
            while size < mib * MIB:
                size += log.write(("," if count else "") + json.dumps(one(count)))
                count += 1
            log.write(tail)
        return path

    document = json.loads((data / "promptfoo_echo.json").read_text())
    row = document["results"].pop("results")[0]
    head, tail = json.dumps(document).split('"results": {', 1)

    def promptfoo(i):
        answer = {"output": words(numbers, 200), "cached": False}
        return {**row, "testIdx": i, "vars": {"q": f"question {i}"}, "response": answer, "prompt": {**row["prompt"], "raw": words(numbers, 100)}}
    yield fill("promptfoo.json", head + '"results": {"results": [', promptfoo, "], " + tail), "score"

    document = json.loads((data / "inspect_log_1.json").read_text())
    sample = document.pop("samples")[0]

    def inspect(i):
        return {**sample, "id": i, "messages": [{"role": "user", "content": words(numbers, 400)}], "events": [{"input": words(numbers, 200)}] * 3}
    yield fill("inspect.json", json.dumps(document)[:-1] + ', "samples": [', inspect, "]}"), next(iter(sample["scores"]))

    head = (data / "lm_eval_results_1.json").read_text().rstrip()[:-1]
    yield fill("lm_eval.json", head + ', "samples": {"t": [', lambda i: {
        "doc_id": i, "doc": {"q": words(numbers, 50)}, "resps": [[[-numbers.random(), False]]] * 4, "acc": 1.0}, "]}}"), ""
    document = json.loads((data / "evidently_report_0.6.7.json").read_text())
    metrics = json.dumps(document.pop("metrics"))[:-1]
    raw = ', {"metric": "Raw", "result": {"n": 1, "current": {"y": ['
    yield fill("evidently.json", json.dumps(document)[:-1] + ', "metrics": ' + metrics + raw, lambda i: numbers.random(), "]}}}]}"), ""


def measured(command, folder):
    """(exit code, MiB, seconds, standard error)."""
    began = time.monotonic()
    with open(folder / "stderr", "wb") as errors:
        process = subprocess.Popen([str(word) for word in command], cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024, time.monotonic() - began, (folder / "stderr").read_text(errors="replace")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True, type=pathlib.Path)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("--compiler")
    parser.add_argument("--large", type=int, metavar="MIB")
    arguments = parser.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        binary = arguments.binary.resolve()

        def judge(path, what, code, wanted, most, seconds, errors):
            nonlocal failures
            size = path.stat().st_size / MIB
            good = code in wanted and what < most
            failures += not good
            print(f"{'ok' if good else 'NOT OK'}: {path.name}, {size:.2f} MiB: {what} MiB, {seconds:.1f} s, exit code {code}")
            if not good:
                print(f"  wanted less than {most:.0f} MiB and exit code {wanted}; {errors.strip()[:300]}")
            path.unlink()

        if arguments.large is None:
            for path, policy in hostile(folder):
                (folder / "policy.yaml").write_text(policy)
                code, mib, seconds, errors = measured([binary, "check", path, "-p", "policy.yaml"], folder)
                judge(path, mib, code, (2,), LIMIT, seconds, errors)
        else:
            for path, score in large_logs(folder, arguments.root, arguments.large):
                policy = ANY if not score else ("version: 1\ninputs: {p: {kind: predictions, columns: {id: id}}}\nchecks: [{id: a, metric: {name: "
                                                f"{score}, stat: mean, direction: higher}}, min: 0}}]\n")
                (folder / "policy.yaml").write_text(policy)
                command = [binary, "check", path, "-p", "policy.yaml"] if score else [binary, "convert", path, "-o", "out.json"]
                code, mib, seconds, errors = measured(command, folder)
                judge(path, mib, code, (0, 3), 8 * arguments.large, seconds, errors)
    return 1 if failures else 0


sys.exit(main())
