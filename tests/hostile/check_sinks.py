#!/usr/bin/env python3
"""Hostile names in every place of every output stay names.

The names are the big list of naughty strings and ours (OWN below): as names of metrics, columns, slices, examples, runs and files, as units,
metadata, reasons and owners of waivers. Each scene runs once with them and once with harmless names in the same order; a parser of each format
(shapes.py) must find the same parts in both, names that are two must not look like one, and no byte may reach a terminal or a CI log that these
would obey."""
import argparse
import codecs
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import shapes

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
                    "\ufff9-\ufffb\U000e0000-\U000e007f]")
OWN = ["acc|uracy", "a\nb", "a\\x0ab", "a##b", "a#\\x23b", "\\|", "\\x5c|", "::error file=a::x", "\u3000::error file=a::x", "\\x3a:error file=a::x", "\n::set-output name=verdict::pass",
       "##[error]x", "##vso[task.complete result=Succeeded;]done", "\x1b[2J\x1b[32mPASS", "\x9b31mPASS", "\x1b]8;;http://evil.example\x07x\x1b]8;;\x07",
       "\u202egnirts", "\\u{202e}gnirts", "zero\u200bwidth", "zerowidth", "two  blanks", "two blanks", " two blanks", "two blanks ", "two\u00a0blanks",
       "e\u0301", "\u00e9", "(no name)", "@octocat", "[x](javascript:alert(1))", "![p](https://evil.example/p.png)", "[ref]: https://evil.example",
       "[^1]: note", "[ ] todo", "- [x] done", "# PASS", "> quote", "---", "|---|---|", "```", "~~~", "`` `x` ", "<!-- x", "--> x", "<details>",
       "</details><h1>PASS</h1>", "</code></td></tr><script>alert(1)</script>", "]]>", "<![CDATA[x", "&lt;b&gt; &amp;", "=HYPERLINK(\"http://evil.example\")",
       "'=HYPERLINK(\"http://evil.example\")", "a;=1+1", "\uff1d1+1", "x\r\n=1", "${{ github.token }}", "$x^2$ and $y$", "https://evil.example www.evil.example a@evil.example",
       "#1 owner/repo#2 GH-3 !4 %5 &6", ":tada: :100:", "~~s~~ *e* _e_ **b** __b__", "/close", "/approve", "x # TODO y", "ok 1 - x", "x\n...\nok 2",
       "metricgate: pass (exit 0)", "\uffff", "\ufffe", "\U0001f468\u200d\U0001f469", "x" * 300 + "1", "x" * 300 + "2", "y" * 70000]
# For what takes a run a name.
WORST = [name for name in OWN if re.search(r"acc|^a\n|::e|##\[|\[2J|\]8|gnirts|octocat|x\]\(|</code|=HYPER|\r|@evil|tada|uff|^/close|^`` |\(exit", name)]
FORMS = ["text", *shapes.SHAPES]


def hostile_names():
    listed = json.loads((ROOT / "tests/data/hostile/third_party/blns/blns-subset.json").read_text())
    # Names with zeros end policies and metric files as errors.
    return sorted({name for name in [*listed, *OWN] if name and "\0" not in name}, key=lambda name: name.encode())


def yaml(text):
    """A text in double quotes, with all that is not ASCII as an escape."""
    def escape(char):
        code = ord(char)
        return char if " " <= char <= "~" and char not in "\"\\" else f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    return '"' + "".join(map(escape, text)) + '"'


class Scene:
    """A folder with files that hold these names, and the commands to run in it."""

    def __init__(self, folder, names):
        self.folder, self.names = folder, names
        folder.mkdir()

    def write(self, name, text):
        (self.folder / name).write_text(text, newline="")

    def recorded_metrics(self):
        """Every name is a metric, its unit, a key and a value of the metadata, and who and why of a waiver. Every eighth has the same status."""
        candidate, baseline, checks, waivers = {}, {}, [], []
        for i, name in enumerate(self.names):
            baseline[name], candidate[name] = 0.9, [0.9, 0.5, None, 0.9, "text", 0.5, 0.5, 0.9][i % 8]
            more = {3: ", max: 0.1", 6: ", level: warn", 7: ", when: {" + yaml(name) + ": " + yaml(name + "!") + "}"}.get(i % 8, "")
            if i % 8 == 2:
                del candidate[name]
            checks.append(f"  - {{id: c{i}, metric: {{name: {yaml(name)}, direction: higher, unit: {yaml(name)}}}, margin: {{abs: 0.05}}{more}}}\n")
            if i % 8 == 5:
                waivers.append(f"  - {{check: c{i}, reason: {yaml(name)}, owner: {yaml(name)}, expires: 2026-12-01}}\n")
        # Some names look like others, of which a report warns.
        candidate["steady"], baseline["steady"], candidate["st\u0435ady"] = 1, 1, 1
        checks.append("  - {id: steady, metric: {name: steady, direction: higher}, margin: {abs: 0.05}}\n")
        metadata = {name: name for name in self.names}
        self.write("candidate.json", json.dumps({"metadata": metadata, **candidate}))
        self.write("baseline.json", json.dumps({"metadata": metadata, **baseline}))
        self.write("policy.yaml", "version: 1\ninputs: {run: {kind: metrics}}\nchecks:\n" + "".join(checks) + "waivers:\n" + "".join(waivers))
        return ["candidate.json", "--baseline", "baseline.json", "-p", "policy.yaml"]

    def sliced_predictions(self):
        """Every name is a slice and in it an id; a third of the slices got worse."""
        column = "a|`b`<i>@x\u202e##[c]" if len(max(self.names, key=len)) > 5 else "column"
        lines = {"candidate": [], "baseline": []}
        for i, name in enumerate(self.names):
            quoted = '"' + name.replace('"', '""') + '"'
            for j in range(12):
                for side, rows in lines.items():
                    wrong = side == "candidate" and j < 9 and i % 3 == 0
                    rows.append(f'{quoted if j == 0 else f"id{i}.{j}"},{j % 2},{(j + wrong) % 2},{quoted}\n')
        for side, rows in lines.items():
            only = "".join('"{} {}",1,1,{}\n'.format(side, name.replace('"', '""'), quoted) for name in self.names[:5] + self.names[-5:])
            self.write(f"{side}.csv", 'id,label,prediction,"' + column.replace('"', '""') + '"\n' + "".join(rows) + only)
        self.write("policy.yaml", "version: 1\ninputs:\n  eval:\n    columns: {id: id, label: label, prediction: prediction}\n"
                   "    on_partial_overlap: intersect\n    min_overlap: 0.5\nchecks:\n"
                   "  - {id: whole, metric: accuracy, margin: {abs: 0.05}}\n"
                   "  - {id: acc, metric: accuracy, margin: {abs: 0.05}, slices: {by: " + yaml(column) + ", min_examples: 5}}\n")
        return ["candidate.csv", "--baseline", "baseline.csv", "-p", "policy.yaml"]

    def history_table(self):
        """Every name is a metric, and each fifth names a measurement; a fifth of the metrics end badly."""
        keys = self.names[::5]
        rows = [["build", *self.names]]
        for i, key in enumerate(keys):
            late = i >= len(keys) - 3
            rows.append([key, *(0.9 + (7 * i + 3 * j) % 5 / 1000 - (0.2 if late and j % 5 == 0 else 0) for j in range(len(self.names)))])
        with open(self.folder / "builds.csv", "w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        return ["--from", "file", "--path", "builds.csv", "--key", "build"]


def run(binary, folder, arguments):
    done = subprocess.run([binary, *arguments], cwd=folder, capture_output=True, timeout=60)
    return done


def looks_of(what, raw, forms_of_commands=False):
    """What a terminal or a CI log would obey."""
    if raw.startswith(b"<!DOCTYPE html>"):
        raw = re.sub(rb"<(script|style)>.*?</(script|style)>", b"", raw, flags=re.DOTALL)  # ours, and the same in every page
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return [f"{what}: not UTF-8: {error}"]
    problems = []
    if HIDDEN.search(text):
        at = HIDDEN.search(text).start()
        problems.append(f"{what}: a hidden character or one that is obeyed: {text[max(0, at - 30):at + 30]!r}")
    for line in text.split("\n"):
        if (line.lstrip().startswith("::") and not forms_of_commands) or re.search(r"##[a-z0-9]*\[", line, re.IGNORECASE):
            problems.append(f"{what}: a workflow command: {line[:80]!r}")
        if raw.startswith(b"# metricgate") and re.match(r"/[a-z]", line):
            problems.append(f"{what}: a line that GitLab takes for an order: {line[:80]!r}")
    return problems


class Check:
    def __init__(self, binary, folder):
        self.binary, self.folder, self.problems = binary, folder, []
        self.names = hostile_names()
        # As slices 1.00 and 1 are one value.
        self.texts = [name for name in self.names if not re.fullmatch(r"-?[0-9.]+(E-?[0-9]+)?|[0-9.]+e-[0-9]+", name)]
        self.few = [name for i, name in enumerate(self.texts) if i % 4 == 0 or name in WORST]  # enough where a name takes a reader long
        self.plain = [f"n{i:04}" for i in range(len(self.names))]

    def expect(self, holds, problem):
        if not holds:
            self.problems.append(problem)

    def both(self, scene, command, forms, *more):
        """Reports of one command with hostile and with harmless names: two maps from format to bytes."""
        found = []
        names = {"recorded_metrics": self.names, "history_table": self.few}.get(scene, self.texts)
        for kind, names in (("hostile", names), ("harmless", self.plain[:len(names)])):
            place = Scene(self.folder / f"{scene}-{command}-{kind}", names)
            arguments = getattr(place, scene)()
            written = [f"--report={form}=report.{i}" for i, form in enumerate(forms)]
            done = run(self.binary, place.folder, [*command.split(), *arguments, *more, *written])
            reports = {"exit": str(done.returncode).encode(), "stderr": done.stderr, "stdout": done.stdout}
            for i, form in enumerate(forms):
                path = place.folder / f"report.{i}"
                reports[form] = path.read_bytes() if path.exists() else b""
            found.append(reports)
        hostile, harmless = found
        what = f"{scene}, {command}"
        self.expect(hostile["exit"] == harmless["exit"] in (b"0", b"1"), f"{what}: exits {hostile['exit']} and {harmless['exit']}: {hostile['stderr'][:300]}")
        for form, raw in hostile.items():
            self.problems += looks_of(f"{what}, {form}", raw, form == "github")
            self.expect(raw or form in ("stdout",), f"{what}: no {form}")
        for form in forms:
            if form in shapes.SHAPES:
                self.same_shape(f"{what}, {form}", shapes.SHAPES[form], hostile[form], harmless[form])
        return hostile

    def same_shape(self, what, shape, hostile, harmless):
        try:
            ours, theirs = shape(hostile), shape(harmless)
        except Exception as error:  # whatever a parser makes of it
            self.problems.append(f"{what}: cannot be read: {type(error).__name__}: {str(error)[:300]}")
            return
        if ours != theirs:
            at = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
            self.problems.append(f"{what}: other parts than with harmless names, at {at} of {len(ours)} and {len(theirs)}: "
                                 f"{str(ours[at:at + 1])[:300]} instead of {str(theirs[at:at + 1])[:300]}")

    def distinct(self, what, texts, count=None, see=shapes.seen):
        """As many as there are names, and no two alike."""
        count = count or len(self.names)
        known = {}
        for text in texts:
            known.setdefault(see(text), []).append(text)
        self.expect(len(texts) == count, f"{what}: {len(texts)} names, wanted {count}")
        for same in known.values():
            self.expect(len(same) == 1, f"{what}: {len(same)} names look alike: {ascii(same)[:200]}")

    def metrics(self):
        told = self.both("recorded_metrics", "check", FORMS, "--now", "2026-11-26")
        names = {check["metric"] for check in json.loads(told["json"])["checks"]}
        self.expect(names == {*self.names, "steady"}, "json: not the names themselves")
        self.distinct("markdown", [text for text in shapes.cells_of_markdown(told["markdown"], "Metric") if text != "steady"])
        self.distinct("html", [metric for check, metric in shapes.rows_of_html(told["html"]) if re.fullmatch(r"c\d+", check)])
        table = shapes.csv.DictReader(shapes.io.StringIO(told["csv"].decode(), newline=""))
        self.distinct("csv", [row["metric"] for row in table if row["check"].startswith("c")], see=str)
        families = shapes.openmetrics.text_string_to_metric_families(told["openmetrics"].decode())
        self.distinct("openmetrics", [sample.labels["metric"] for family in families for sample in family.samples
                                      if sample.name == "metricgate_check_blocks" and sample.labels["check"].startswith("c")], see=str)

    def slices(self):
        told = self.both("sliced_predictions", "check", FORMS)
        slices = [check["slice"] for check in json.loads(told["json"])["checks"] if check["slice"]]
        self.expect(set(self.texts) <= {value for each in slices for value in each.values()}, "json: not the slices themselves")
        for form, texts in {
                "markdown": [text for text in shapes.cells_of_markdown(told["markdown"], "Check")],
                "html": [check for check, _ in shapes.rows_of_html(told["html"])],
                "tap": [point["description"] for point in tap_points(told["tap"])],
                "junit": [case.get("name") for case in shapes.xml.etree.ElementTree.fromstring(told["junit"]).iter("testcase")]}.items():
            mine = [text for text in texts if re.match(r"(?:- )?acc \[", text)]
            # A page lists them a second time by size; in Markdown the worst stand above all of them.
            mine = mine[-len(slices):] if form == "markdown" else mine[:len(slices)]
            self.distinct(f"slices, {form}", mine, len(slices))

    def other_commands(self):
        others = ["text", "markdown", "json"]
        self.both("sliced_predictions", "power", others)
        self.both("recorded_metrics", "selftest", others)
        told = self.both("sliced_predictions", "explain whole", others, "--examples", "5000")
        listed = {each["id"] for each in json.loads(told["json"])["examples"]}
        changed = {name for i, name in enumerate(self.texts) if i % 3 == 0}
        self.expect(changed <= listed, f"explain: not all examples that changed, or not by their names: {sorted(changed - listed)[:5]}")

    def in_colour(self):
        """On a terminal the colours are ours, and nothing else is obeyed."""
        for scene, commands in (("recorded_metrics", ["check", "selftest"]), ("sliced_predictions", ["check", "power", "explain whole"])):
            place = Scene(self.folder / f"{scene}-colour", self.names if scene == "recorded_metrics" else self.texts)
            arguments = getattr(place, scene)()
            for command in commands:
                done = run(self.binary, place.folder, [*command.split(), *arguments, "--report=text", *(["--color=always"] if command == "check" else [])])
                plain = re.sub(rb"\x1b\[[0-9;]*m", b"", done.stdout)
                self.expect((command == "check") == (plain != done.stdout), f"{command}, {scene}: colours")
                self.problems += looks_of(f"{command}, {scene}, in colour", plain) + looks_of(f"{command}, stderr", done.stderr)

    def over_time(self):
        told = self.both("history_table", "history", ["text", "markdown", "json", "openmetrics"])
        self.expect({each["metric"] for each in json.loads(told["json"])["metrics"]} == set(self.few), "history: not the metrics themselves")
        self.distinct("history, markdown", shapes.cells_of_markdown(told["markdown"], "Metric")[:len(self.few)], len(self.few))
        told = self.both("history_table", "calibrate", ["text", "markdown", "json"])
        self.expect({each["metric"] for each in json.loads(told["json"])["metrics"]} == set(self.few), "calibrate: not the metrics themselves")

    def logged(self):
        """What a store takes comes back as it was, and what is refused or told is told as a name."""
        place = Scene(self.folder / "logged", [name for name in self.names if len(name.encode()) <= 500 and not re.search("[\x00-\x1f\x7f]", name)])
        place.write("metrics.json", json.dumps({name: 0.9 for name in place.names}))
        place.write("all.json", json.dumps({name: 0.9 for name in self.names}))
        record = ["log", "--commit=none", "--time=2026-01-01T00:00:00Z"]
        commands = [[*record, "metrics.json", "--store=kept.jsonl"], [*record, "metrics.json", "--json", "--store=kept.jsonl"], [*record, "all.json"], [*record, *(f"{name}=1" for name in place.names[:5]), "--store=few.jsonl"]]
        for i, name in enumerate(WORST):
            commands += [[*record, f"{name}=1", "--store=w.jsonl"], [*record, "a=1", f"--store={name.replace('/', '')[:200]}"],
                         [*record, "a=1", f"--store={name.replace('/', '')[:200]}.jsonl", "--json"],
                         [*record, f"a={name}"], [*record, "a=1", "--store=t.jsonl", f"--run={name}", f"--tag={name}={name}"], [*record, name], ["history", "--store=few.jsonl", name], ["history", f"--path={name}"],
                         ["calibrate", "--store=few.jsonl", name], ["init", name]]
            # One each of what loads libraries.
            commands.append([[*record, "a=1", f"--commit={name}"], [*record, "a=1", f"--store=mlflow:experiments/{name}"], ["doctor", f"--baseline={name}"]][i % 3])
        for command in commands:
            self.told(place, command)
        told = run(self.binary, place.folder, ["history", "--store=kept.jsonl", "--report=json"])
        self.expect({each["metric"] for each in json.loads(told.stdout)["metrics"]} == set(place.names), "log: not the names themselves")

    def told(self, place, command):
        done = run(self.binary, place.folder, command)
        what = f"metricgate {ascii(command)[:100]}"
        self.problems += looks_of(f"{what}, stdout", done.stdout) + looks_of(f"{what}, stderr", done.stderr)
        self.expect(done.returncode in (0, 1, 2, 3), f"{what}: exits {done.returncode}")
        return done

    def repositories(self):
        """`init` and `doctor` where evidence, CI files, their commands, waivers and owners have such names."""
        ends = set()
        for i, name in enumerate(["name", *WORST]):
            file = name.replace("/", "\u2215")
            place = Scene(self.folder / f"repository-{i}", self.names[:16])
            words = place.recorded_metrics()
            subprocess.run(["git", "init", "-q", str(place.folder)], check=True, capture_output=True)
            (place.folder / ".github/workflows").mkdir(parents=True)
            place.write(".github/CODEOWNERS", f"{name} {name}\n")
            place.write(f".github/workflows/{file}.yml", f"# {name}\non: [pull_request]\njobs:\n  {yaml(name)}:\n    steps:\n      - run: {yaml(f'metricgate check {name} || true')}\n")
            place.write(".gitlab-ci.yml", f"{yaml(name)}:\n  allow_failure: true\n  script:\n    - {yaml(f'metricgate check {name} || true')}\n")
            place.write(f"{file}.csv", "id,label,prediction\n" + "".join(f"{j},{j % 2},{j % 2 if j % 9 else 0}\n" for j in range(400)))
            ends.add(("doctor", self.told(place, ["doctor", *words, "--now=2027-01-01"]).returncode))
            ends.add(("init", self.told(place, ["init", "--ci=none", "--force", f"./{file}.csv"]).returncode))
        self.expect(ends == {("doctor", 1), ("init", 0), ("init", 2)}, f"init and doctor end as {ends}")

    def converted(self):
        place = Scene(self.folder / "convert", self.names)
        place.recorded_metrics()
        done = run(self.binary, place.folder, ["convert", "baseline.json"])
        self.problems += looks_of("convert", done.stdout) + looks_of("convert, stderr", done.stderr)
        try:
            text = json.dumps(json.loads(done.stdout))
            self.expect(all(json.dumps(name) in text for name in self.names), "convert: a name is lost")
        except ValueError as error:
            self.problems.append(f"convert: {error} {done.stderr[:200]}")

    def messages(self):
        """Refusals that repeat what was said: on the command line, in policies, in tables."""
        place = Scene(self.folder / "messages", self.names)
        words = place.recorded_metrics()
        lines = "".join(f"{yaml(name)}: {yaml(name)}\n" for name in self.names)
        place.write("keys.yaml", lines)
        place.write("metrics.yaml", "version: 1\nchecks:\n" + "".join(f"  - {{id: {yaml(name)}, metric: {yaml(name)}, margin: {yaml(name)}}}\n" for name in self.names))
        place.write("bad.csv", "id,label,prediction\n" + "".join('%d,1,"%s"\n' % (i, name.replace('"', '""')) for i, name in enumerate(self.names)))
        commands = [["validate", "keys.yaml"], ["validate", "metrics.yaml"], ["check", "bad.csv", "--baseline", "bad.csv"], ["waivers", "-p", "policy.yaml"],
                    ["convert", "bad.csv"]]
        for name in WORST:
            commands += [["check", f"./{name}", *words[1:]], ["check", *words[1:], f"--candidate={name}"], ["check", *words, f"--select={name}"], [name], ["check", *words, f"--report={name}"],
                         ["explain", "--baseline=baseline.json", "-p", "policy.yaml", "--", name, "candidate.json"], ["list", f"--{name}"],
                         ["check", "candidate.json", f"--baseline-rev={name}"], ["convert", "candidate.json", f"--metric={name}"]]
        few = Scene(place.folder / "few", self.names[:8])  # enough for what takes a run a name
        few.recorded_metrics()
        for command in commands:
            done = run(self.binary, place.folder if command in commands[:5] else few.folder, command)
            what = f"metricgate {ascii(command)[:100]}"
            self.problems += looks_of(f"{what}, stdout", done.stdout) + looks_of(f"{what}, stderr", done.stderr)
            self.expect(done.returncode in (0, 1, 2, 3), f"{what}: exits {done.returncode}")
            wide = [line for line in done.stderr.split(b"\n") if len(line) > 1000]
            self.expect(not wide, f"{what}: a message of {len(wide and wide[0])} bytes")
            if command[0] in ("check", "validate") and len(done.stderr) > 1:
                last = done.stderr.decode(errors="replace").rstrip("\n").split("\n")[-1]
                self.expect(command[0] != "check" or re.fullmatch(r"metricgate: [a-z_]+ \(exit [0-3]\)", last), f"{what}: the last line is {last!r}")

    def file_names(self):
        """Files of the evidence and of the policy that have such names."""
        forms = ["text", *shapes.SHAPES]
        plain = None
        for i, name in enumerate(["name", *WORST]):
            name = name.replace("/", "\u2215")
            place = Scene(self.folder / f"file-{i}", [f"m{j}" for j in range(8)])
            place.recorded_metrics()
            (place.folder / "candidate.json").rename(place.folder / f"{name}.json")
            (place.folder / "policy.yaml").rename(place.folder / f"{name}.yaml")
            done = run(self.binary, place.folder, ["check", f"./{name}.json", "--baseline", "baseline.json", "-p", f"./{name}.yaml",
                                                   *(f"--report={form}=report.{j}" for j, form in enumerate(forms))])
            what = f"file {name!a}"
            self.expect(done.returncode == 1, f"{what}: exits {done.returncode}: {done.stderr[:200]}")
            self.problems += looks_of(f"{what}, stderr", done.stderr)
            reports = {form: (place.folder / f"report.{j}").read_bytes() if done.returncode == 1 else b"" for j, form in enumerate(forms)}
            plain = plain or reports
            for form, raw in reports.items():
                self.problems += looks_of(f"{what}, {form}", raw, form == "github")
                # A page takes a parser long, and shows a file's name as it shows others.
                if form in shapes.SHAPES and (form != "html" or i == 1):
                    self.same_shape(f"{what}, {form}", shapes.SHAPES[form], raw, plain[form])

    def the_action(self):
        """action/gate.sh and the steps behind it, as the runner reads what they print and write."""
        place = Scene(self.folder / "action", self.names)
        place.recorded_metrics()
        broken = "version: 1\nchecks:\n" + "".join(f"  - {{id: {yaml(name)}, metric: 1}}\n" for name in self.names)
        place.write("broken.yaml", broken)
        for policy, verdict in (("policy.yaml", "fail"), ("broken.yaml", "could_not_judge")):
            outputs, summary = place.folder / f"{policy}.outputs", place.folder / f"{policy}.summary"
            env = {"PATH": os.environ["PATH"], "HOME": str(place.folder), "RUNNER_TEMP": str(place.folder), "GITHUB_OUTPUT": str(outputs), "BINARY": self.binary,
                   "GITHUB_STEP_SUMMARY": str(summary), "INPUT_POLICY": policy, "INPUT_CANDIDATE": "candidate.json", "INPUT_BASELINE": "baseline.json",
                   "INPUT_BASELINE_REVISION": "auto", "INPUT_POLICY_REVISION": "worktree"}
            log = subprocess.run([str(ROOT / "action/gate.sh")], cwd=place.folder, env=env, capture_output=True, timeout=60)
            self.expect(log.returncode == 0, f"gate.sh: {log.stdout[-300:]}{log.stderr[-300:]}")
            told = [line.partition("=") for line in outputs.read_text().splitlines()]
            self.expect([name for name, _, _ in told][:4] == ["verdict", "exit-code", "counts", "folder"] and len(told) <= 6, f"gate.sh: outputs {told}")
            outcome = {name: value for name, _, value in told}
            self.expect(outcome["verdict"] == verdict and json.loads(outcome["counts"]) is not None, f"gate.sh: {outcome}")
            self.expect(re.fullmatch(r'\{("[a-z_]+":[0-9]+,?)*\}', outcome["counts"]), f"gate.sh: counts {outcome['counts']}")
            obeyed(self, f"gate.sh with {policy}", log.stdout.decode())
            env["REPORTS"] = outcome["folder"]
            for step in ("summary", "annotate"):
                done = subprocess.run([str(ROOT / f"action/{step}.sh")], cwd=place.folder, env=env, capture_output=True, timeout=60)
                self.expect(done.returncode == 0, f"{step}.sh: {done.stderr}")
                self.problems += looks_of(f"{step}.sh with {policy}", done.stdout, True)
                try:
                    commands = [shapes.readers.workflow_command(line) for line in done.stdout.decode().splitlines()]
                    self.expect({name for name, _, _ in commands} <= {"error", "warning", "notice"}, f"{step}.sh: {commands}")
                except ValueError as error:
                    self.problems.append(f"{step}.sh with {policy}: {error}")
            text = summary.read_bytes()
            self.problems += looks_of(f"the summary with {policy}", text)
            kinds = {shapes.kind(node) for node in shapes.markdown_tree(text).iter()}
            self.expect(not kinds & {"link", "image", "html_inline", "emph", "strikethrough"}, f"the summary with {policy}: {kinds}")
            self.expect(text.startswith(b"# metricgate: "), f"the summary with {policy} starts with {text[:50]}")


def obeyed(check, what, text):
    """A runner obeys nothing between stop-commands and its token."""
    stopped = None
    for line in text.split("\n"):
        command = re.match(r"\s*::(.*?)::(.*)$", line)
        if stopped is None and command and command.group(1) == "stop-commands":
            stopped = command.group(2)
        elif stopped is not None:
            stopped = None if line.strip() == f"::{stopped}::" else stopped
        elif command or "##[" in line:
            check.problems.append(f"{what}: the runner would obey {line[:100]!r}")


def tap_points(raw):
    with tempfile.NamedTemporaryFile(suffix=".tap") as file:
        file.write(raw)
        file.flush()
        return shapes.readers.tap(file.name)["points"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--root")
    options = parser.parse_known_args()[0]
    with tempfile.TemporaryDirectory() as scratch:
        check = Check(str(pathlib.Path(options.binary).resolve()), pathlib.Path(scratch))
        for part in (check.metrics, check.slices, check.other_commands, check.in_colour, check.over_time, check.logged, check.repositories, check.converted, check.messages, check.file_names, check.the_action):
            try:
                part()
            except Exception as error:  # a report that no parser reads, for example
                check.problems.append(f"{part.__name__}: {type(error).__name__}: {error}")
    if check.problems:
        print("\n".join(check.problems[:60]).encode(errors="backslashreplace").decode())
        sys.exit(f"{len(check.problems)} problems")
    print(f"{len(check.names)} hostile names: in every report, message and step they are names and nothing else")


if __name__ == "__main__":
    main()
