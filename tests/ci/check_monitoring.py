#!/usr/bin/env python3
"""The examples that look at production every night: a window of predictions against the reference, charts over all nights, the history
on a branch of its own, an issue as the alert, and training started by a chart that rings."""
import concurrent.futures
import json
import re

from fake_github import GitHub
from scene import BINARY, ROOT, Case, Repository, Runner, clean_environment, main, run

TEMPLATES = ROOT / "ci-templates"
WORKFLOW = ".github/workflows/monitor.yml"
TITLE = "metricgate: production is not what it was"


def window(wrong=100, shift=0.0, night=1):
    """1,000 predictions of production, so many of them wrong, the scores moved by the shift."""
    rows = [f"{night}-{i},{i % 2},{i % 2 if i >= wrong else 1 - i % 2},{i * 7 % 1000 / 1000 + shift:.3f}" for i in range(1000)]
    return "id,label,prediction,score\n" + "\n".join(rows) + "\n"


def nights(values):
    """A history of JSON lines with these accuracies, one a night."""
    lines = []
    for i, accuracy in enumerate(values, 1):
        for metric, value in (("accuracy", accuracy), ("score-psi", round(0.01 + 0.002 * (i % 3), 4))):
            lines.append(json.dumps({"schema": "metricgate.history/1", "metric": metric, "value": value, "time": f"2026-01-{i:02d}T03:17:00Z",
                                     "metadata": {"window": f"night {i}"}, "call": i}, separators=(",", ":")))
    return "".join(f"{line}\n" for line in lines)


STEADY = [round(0.9 + 0.004 * (i * 5 % 7 - 3) / 3, 4) for i in range(24)]
# Each of these nights is within the margin of 0.05.
DECLINING = [*STEADY, 0.896, 0.894, 0.892, 0.891]
# name: (the nights before, what scripts/export-window does; None writes nothing)
SCENES = {
    "green": (STEADY, window()),
    "declined": (DECLINING, window(wrong=111)),
    "drifted": (STEADY, window(shift=0.4)),
    "missing": (STEADY, None),
    "empty": (STEADY, ""),
    "young": (STEADY[:5], window()),
    "first": ([], window()),
}


class Nights(Case):
    def setUp(self):
        super().setUp()
        self.github = GitHub(self.scratch)
        self.addCleanup(self.github.close)

    def scene(self, name, files, host="github.com"):
        """A repository that a CI cloned from a server, which has the history on its branch."""
        before, exported = SCENES[name.removeprefix("gitlab-")]
        export = "#!/bin/sh\n" + ("cp exported.csv window.csv\n" if exported is not None else "")
        monitoring = {f"monitoring/{path.name}": path.read_text() for path in (TEMPLATES / "monitoring").iterdir()}
        repository = Repository(self.scratch / name, {**files, **monitoring, "monitoring/reference.csv": window(night=0), "scripts/export-window": export,
                                                      "exported.csv": exported or ""})
        self.serve(repository, host)
        repository.git("checkout", "-q", "--orphan", "metricgate-history")
        repository.git("rm", "-r", "-q", "-f", ".")
        repository.commit("Start", {"nights.jsonl": nights(before)})
        repository.git("push", "-q", "origin", "metricgate-history")
        repository.git("checkout", "-q", "main")
        repository.git("branch", "-q", "-D", "metricgate-history")
        return repository

    def serve(self, repository, host):
        """The address is one of a server; the ssh of this repository answers from a folder here."""
        server = self.scratch / f"{repository.folder.name}.git"
        repository.git("init", "-q", "--bare", server)
        ssh = self.scratch / f"ssh-{repository.folder.name}"
        ssh.write_text(f"#!/bin/sh\nfor last; do :; done\nexec ${{last%% *}} '{server}'\n")
        ssh.chmod(0o755)
        repository.git("config", "core.sshCommand", ssh)
        repository.git("config", "ssh.variant", "simple")
        repository.git("remote", "add", "origin", f"git@{host}:team/model.git")

    def recorded(self, name):
        """The values that the branch has beyond those of before; those must stand there as they were."""
        text = run(["git", "-C", self.scratch / f"{name}.git", "show", "metricgate-history:nights.jsonl"], self.scratch,
                   clean_environment(self.scratch)).stdout
        before = nights(SCENES[name.removeprefix("gitlab-")][0])
        self.assertTrue(text.startswith(before), text)
        return {point["metric"]: point["value"] for point in map(json.loads, text[len(before):].splitlines())}

    def on_github(self, name):
        repository = self.scene(name, {WORKFLOW: (TEMPLATES / "github" / "monitor.yml").read_text()})
        runner = Runner(self.scratch / f"runner-{name}")
        tools = runner.folder / "on-path"
        tools.mkdir()
        # One issue is open already in the scene of a decline; somebody else has one of that title in all.
        issues = [{"number": 3, "title": TITLE, "author": {"login": "somebody", "is_bot": False}}]
        if name == "declined":
            issues.append({"number": 8, "title": TITLE, "author": {"login": "app/github-actions", "is_bot": True}})
        (runner.folder / "issues.json").write_text(json.dumps(issues))
        # act itself asks `gh auth` for a token, too.
        (tools / "gh").write_text(f'#!/bin/sh\ncase "$1 $2" in\nauth*) ;;\n"issue list") cat "{runner.folder}/issues.json" ;;\n'
                                  f'*) echo "gh $*" >>"{runner.uploads}/done" ;;\nesac\n')
        (tools / "gh").chmod(0o755)
        log = runner.run(repository, "schedule", {}, workflow=WORKFLOW, PATH=f"{tools}:{repository.environment['PATH']}")
        done = runner.uploads / "done"
        jobs = {job: log.outcome(job) for job in ("watch", "keep", "retrain", "alert") if re.search(rf"/{job}\s*\] 🏁", log.text)}
        return jobs, done.read_text().splitlines() if done.exists() else [], log

    def test_on_github(self):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            runs = {name: pool.submit(self.on_github, name) for name in SCENES if name != "first"}
        with self.subTest("a night like those before is recorded, and nobody hears of it"):
            jobs, done, log = runs["green"].result()
            self.assertEqual((jobs, done, log.green), ({"watch": "green", "keep": "green"}, [], True), log.text)
            self.assertEqual(self.recorded("green"), {"accuracy": 0.9, "score-psi": 0})
        with self.subTest("a decline that no single night shows rings: training starts, and the open issue is told"):
            jobs, done, log = runs["declined"].result()
            self.assertEqual(jobs, {"watch": "red", "keep": "green", "retrain": "green", "alert": "green"}, log.text)
            self.assertEqual(done[0] if done[0].startswith("gh workflow") else done[1],
                             "gh workflow run retrain.yml --ref main --raw-field reason=accuracy-decline", log.text)
            told = next(line for line in done if line.startswith("gh issue"))
            self.assertTrue(told.startswith("gh issue comment 8 "), done)
            self.assertIn("The window: `pass`. The trend: `fail`; charts that ring: `accuracy-decline`. History kept: `success`", told)
            self.assertEqual(self.recorded("declined")["accuracy"], 0.889)
        with self.subTest("a window that drifted is red and recorded; no model is trained for it"):
            jobs, done, log = runs["drifted"].result()
            self.assertEqual(jobs, {"watch": "red", "keep": "green", "alert": "green"}, log.text)
            self.assertGreater(self.recorded("drifted")["score-psi"], 0.2)
            self.assertEqual(len(done), 1)
            self.assertTrue(done[0].startswith(f"gh issue create --title {TITLE} "), done)
            self.assertIn("The window: `fail`. The trend: `pass`; charts that ring: `none`", done[0])
        for name in ("missing", "empty"):
            with self.subTest(f"a window that is {name} is no night"):
                jobs, done, log = runs[name].result()
                self.assertEqual(jobs, {"watch": "red", "alert": "green"}, log.text)
                self.assertEqual(self.recorded(name), {})
                self.assertEqual(len(done), 1, done)
                self.assertIn("The window: `could_not_judge`. The trend: `could_not_judge`", done[0])
        with self.subTest("charts that have too few nights are undecided, and no model is trained for that"):
            jobs, done, log = runs["young"].result()
            self.assertEqual(jobs, {"watch": "red", "keep": "green", "alert": "green"}, log.text)
            self.assertIn("The window: `pass`. The trend: `undecided`", done[0])

    def on_gitlab(self, name):
        """The result of each job, and what was posted to the server."""
        repository = self.scene(f"gitlab-{name}", {".gitlab-ci.yml": (TEMPLATES / "gitlab" / "monitor.gitlab-ci.yml").read_text()},
                                "gitlab.example.org")
        environment = {**repository.environment, "PATH": f"{self.tools}:{repository.environment['PATH']}", "CURL_CA_BUNDLE": str(self.github.certificate)}
        done = run(["gitlab-ci-local", "--force-shell-executor", "--no-color", "--variable=CI_PIPELINE_SOURCE=schedule",
                    f"--variable=CI_API_V4_URL={self.github.address}/{name}", "--variable=METRICGATE_GITLAB_TOKEN=t", "--variable=CI_JOB_TOKEN=j"],
                   repository.folder, environment, check=False)
        text = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
        results = dict((job, result) for result, job in re.findall(r"^\s*(PASS|WARN|FAIL)\s+(watch|keep|retrain|alert)", text, re.M))
        return results, {path.rsplit("/", 1)[1]: body for path, body in self.github.posts if path.startswith(f"/{name}/")}, text

    def test_on_gitlab(self):
        self.tools = self.scratch / "on-path"
        self.tools.mkdir()
        (self.tools / "metricgate").symlink_to(BINARY)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            runs = {name: pool.submit(self.on_gitlab, name) for name in SCENES if name not in ("young", "first")}
        with self.subTest("a night like those before"):
            jobs, posts, log = runs["green"].result()
            self.assertEqual((jobs, posts), ({"watch": "PASS", "keep": "PASS"}, {}), log)
            self.assertEqual(self.recorded("gitlab-green"), {"accuracy": 0.9, "score-psi": 0})
        with self.subTest("a decline"):
            jobs, posts, log = runs["declined"].result()
            self.assertEqual(jobs, {"watch": "FAIL", "keep": "PASS", "retrain": "PASS", "alert": "PASS"}, log)
            self.assertRegex(posts["pipeline"], r'name="variables\[RETRAIN_REASON\]"\s+accuracy-decline\s')
            self.assertIn("The window: `pass`. The trend: `fail`; charts that ring: `accuracy-decline`.", posts["issues"])
            self.assertEqual(self.recorded("gitlab-declined")["accuracy"], 0.889)
        with self.subTest("drift"):
            jobs, posts, log = runs["drifted"].result()
            self.assertEqual((jobs["watch"], jobs["keep"], list(posts)), ("FAIL", "PASS", ["issues"]), log)
            self.assertIn("The window: `fail`", posts["issues"])
        for name in ("missing", "empty"):
            with self.subTest(f"a window that is {name}"):
                jobs, posts, log = runs[name].result()
                self.assertEqual((jobs["watch"], list(posts)), ("FAIL", ["issues"]), log)
                self.assertIn("The window: `could_not_judge`. The trend: `could_not_judge`", posts["issues"])
                self.assertEqual(self.recorded(f"gitlab-{name}"), {})


class Scripts(Nights):
    """What the runners have no scene for."""
    test_on_github = test_on_gitlab = None

    def step(self, repository, *command):
        done = run(command, repository.folder, {**repository.environment, "METRICGATE": str(BINARY)}, check=False)
        return done.returncode, done.stdout

    def test_what_cannot_be_recorded_leaves_the_history_as_it_was(self):
        repository = self.scene("green", {})
        history = repository.folder / "nights.jsonl"
        history.write_text(nights(STEADY))
        (repository.folder / "window.csv").write_text(window())
        check = [BINARY, "check", "-p", "monitoring/window.yaml", "--candidate", "window.csv", "--baseline", "monitoring/reference.csv", "--report", "json=v.json"]
        self.assertEqual(self.step(repository, *check)[0], 0)
        record = ("monitoring/record", "window.csv", "v.json", "nights.jsonl")
        verdict = (repository.folder / "v.json").read_text()
        undefined = json.loads(verdict)
        undefined["checks"][0]["candidate"] = None
        both = ["accuracy", "score-psi"]
        for text, given, message in ((verdict, [*both, "acuracy"], "check acuracy has no value"),
                                     (json.dumps(undefined), ["score-psi", "accuracy"], "check accuracy has no value"),
                                     (verdict[:200], both, "nothing was recorded"), ("", both, "there is no verdict"),
                                     (verdict, ["accuracy"], "it holds score-psi, which would have no value tonight"), (verdict, [], "wanted WINDOW")):
            (repository.folder / "v.json").write_text(text)
            code, log = self.step(repository, *record, *given)
            self.assertEqual(code, 2, log)
            self.assertIn(message, log)
            self.assertEqual(history.read_text(), nights(STEADY))
        (repository.folder / "v.json").write_text(verdict)
        self.assertEqual(self.step(repository, *record, *both)[0], 0)
        after = history.read_text()
        code, log = self.step(repository, *record, *both)
        self.assertEqual((code, history.read_text()), (2, after), "the same window a second time is an export that stands still")
        self.assertIn("nothing new was exported", log)
        history.unlink()
        code, log = self.step(repository, *record, *both)
        self.assertEqual((code, history.exists()), (2, False), "a lost history does not begin anew by itself")

    def test_the_first_night_goes_on_from_an_empty_history(self):
        repository = self.scene("first", {})
        (repository.folder / "new.jsonl").write_text("")
        (repository.folder / "window.csv").write_text(window())
        (repository.folder / "v.json").write_text(json.dumps({"checks": [{"id": "accuracy", "slice": {}, "candidate": 0.9}]}))
        code, log = self.step(repository, "monitoring/record", "window.csv", "v.json", "new.jsonl", "accuracy")
        self.assertEqual(code, 0, log)
        code, log = self.step(repository, "monitoring/keep", "new.jsonl")
        self.assertEqual((code, self.recorded("first")), (0, {"accuracy": 0.9}), log)

    def test_a_history_that_changes_a_night_or_lost_one_is_not_pushed(self):
        repository = self.scene("green", {})
        good = nights(STEADY)
        for name, text in (("changed", good.replace("0.9", "0.99", 1)), ("lost", "".join(good.splitlines(True)[2:])), ("empty", ""),
                           ("other order", "".join(reversed(good.splitlines(True))))):
            with self.subTest(name):
                (repository.folder / "new.jsonl").write_text(text)
                self.assertEqual(self.step(repository, "monitoring/keep", "new.jsonl")[0], 2)
                self.assertEqual(self.recorded("green"), {})
        (repository.folder / "new.jsonl").write_text(nights([*STEADY, 0.91]))
        code, log = self.step(repository, "monitoring/keep", "new.jsonl")
        self.assertEqual((code, self.recorded("green")["accuracy"]), (0, 0.91), log)
        self.assertEqual(repository.git("worktree", "list").count("\n"), 0, "nothing is left behind")


if __name__ == "__main__":
    main()
