"""What the comparisons with other parsers share."""
import argparse
import csv
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
CORPORA = HERE.parent / "data" / "hostile" / "third_party"


def binary():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    return str(pathlib.Path(parser.parse_known_args()[0].binary).resolve())


def convert(program, folder, name, data, form):
    """Exit code, the written metric file and what was said."""
    (folder / name).write_bytes(data)
    done = subprocess.run([program, "convert", name, "--format", form], cwd=folder, capture_output=True, timeout=60)
    said = [line for line in done.stderr.decode(errors="replace").splitlines() if not line.startswith("metricgate: ")]
    return done.returncode, done.stdout, said


def differences(suite):
    """The listed differences of a suite: file -> why."""
    with open(HERE / "DIFFERENCES.tsv", newline="") as file:
        return {row["file"]: row["why"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["suite"] == suite}


def numbers(node, path=""):
    """Numbers by name, nested names joined with dots, as the reader joins them."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from numbers(value, f"{path}.{key}" if path else key)
    elif isinstance(node, (int, float)) and not isinstance(node, bool):
        yield path, node
