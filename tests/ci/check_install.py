#!/usr/bin/env python3
"""Where the action takes metricgate from: a release only with the SHA-256 that is listed, else its own sources, once."""
import hashlib
import io
import pathlib
import platform
import shutil
import tarfile

from fake_github import GitHub
from scene import BINARY, ROOT, Case, action_folder, clean_environment, main, run

VERSION = (ROOT / "VERSION").read_text().strip()
PATH = "/team/metricgate/releases/download/v{version}/{name}"


def archive():
    """As CPack packs it: one folder, with bin/metricgate in it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        tar.add(BINARY, "metricgate-Linux/bin/metricgate")
    return packed.getvalue()


class Install(Case):
    def setUp(self):
        super().setUp()
        self.action = action_folder(self.scratch / "action")
        self.github = GitHub(self.scratch)
        self.addCleanup(self.github.close)
        self.inputs = {"INPUT_" + name: value for name, value in {
            "POLICY": "", "CANDIDATE": "", "BASELINE_REVISION": "auto", "POLICY_REVISION": "auto", "REPORT": "", "STRICT": "false", "VERSION": "", "BINARY": "",
            "COMMENT": "false", "COMMENT_ID": "gate"}.items()}

    def publish(self, data, listed=None, version=VERSION):
        name = f"metricgate-{version}-Linux.tar.gz"
        self.github.files[PATH.format(version=version, name=name)] = data
        sum_ = hashlib.sha256(listed if listed is not None else data).hexdigest()
        with (self.action / "action" / "releases.txt").open("a") as table:
            table.write(f"{sum_}  {version}  {platform.system()}-{platform.machine()}  {name}\n")

    def step(self, script, **environment):
        """A step's output variables, log and exit code."""
        outputs = self.scratch / f"outputs-{script}"
        outputs.write_text("")
        given = {"GITHUB_OUTPUT": str(outputs), "RUNNER_TEMP": str(self.scratch / "temp"), "ACTION_REPOSITORY": "team/metricgate",
                 **self.github.environment(), **self.inputs, **environment}
        done = run(["bash", self.action / "action" / script], self.scratch, clean_environment(self.scratch, **given), check=False)
        values = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
        return values, done.stdout, done.returncode

    def install(self, **inputs):
        self.inputs.update({f"INPUT_{name}": value for name, value in inputs.items()})
        plan, log, code = self.step("plan.sh")
        if code != 0:
            return plan, {}, log, code
        installed, log, code = self.step("install.sh", HOW=plan["how"], FOLDER=plan["folder"], VERSION=plan["version"])
        return plan, installed, log, code

    def test_the_release_of_the_actions_own_version_is_fetched_and_checked(self):
        self.publish(archive())
        plan, installed, log, code = self.install()
        self.assertEqual((plan["how"], code), ("release", 0), log)
        self.assertIn(VERSION, run([installed["binary"], "--version"], self.scratch, clean_environment(self.scratch)).stdout)

    def test_a_release_that_is_not_the_listed_one_is_refused_and_not_unpacked(self):
        self.publish(archive() + b"\0", listed=archive())
        _, installed, log, code = self.install()
        self.assertEqual(code, 2)
        self.assertIn("SHA-256", log)
        self.assertEqual(installed, {})
        self.assertEqual([path for path in (self.scratch / "temp").rglob("*") if path.name == "metricgate" and path.is_file()], [])

    def test_a_release_that_cannot_be_fetched_is_an_error(self):
        self.publish(archive())
        self.github.files.clear()
        _, _, log, code = self.install()
        self.assertEqual(code, 2)
        self.assertIn("could not be fetched", log)

    def test_a_version_that_is_not_listed_is_an_error(self):
        plan, _, log, code = self.install(VERSION="9.9.9")
        self.assertEqual((plan, code), ({}, 2))
        self.assertIn("9.9.9", log)

    def test_without_a_release_the_sources_are_built_and_a_kept_build_is_used_again(self):
        plan, installed, log, code = self.install()
        self.assertEqual((plan["how"], code), ("build", 0), log)
        self.assertIn("Build metricgate", log)
        _, again, log, code = self.install()
        self.assertEqual((again, code), (installed, 0))
        self.assertNotIn("Build metricgate", log)

    def test_whatever_goes_into_the_build_changes_the_key(self):
        before, *_ = self.install()
        for part in ("src/main.cpp", "web/page.css", "web/page.bundle.js", "ci-templates/hooks/pre-push", "cmake/embed_page.cmake", "VERSION"):
            with self.subTest(part):
                text = (self.action / part).read_text()
                (self.action / part).write_text(text + "\n")
                after, log, code = self.step("plan.sh")
                self.assertEqual(code, 0, log)
                self.assertNotEqual(before["key"], after["key"])
                self.assertNotEqual(before["folder"], after["folder"])
                (self.action / part).write_text(text)

    def test_two_versions_of_the_action_in_one_job_have_a_program_each(self):
        _, first, log, code = self.install()
        self.assertEqual(code, 0, log)
        source = self.action / "src" / "main.cpp"
        source.write_text(source.read_text() + "\n")
        _, second, log, code = self.install()
        self.assertEqual(code, 0, log)
        self.assertIn("Build metricgate", log)
        self.publish(archive())
        _, third, log, code = self.install()
        self.assertEqual(code, 0, log)
        self.assertEqual(len({first["binary"], second["binary"], third["binary"]}), 3)

    def test_a_program_that_lies_where_no_build_put_it_is_not_taken(self):
        stray = self.scratch / "temp" / "metricgate" / "metricgate"
        stray.parent.mkdir(parents=True)
        stray.write_text("#!/bin/sh\nexit 0\n")
        stray.chmod(0o755)
        _, installed, log, code = self.install()
        self.assertEqual(code, 0, log)
        self.assertNotEqual(installed["binary"], str(stray))
        self.assertIn("Build metricgate", log)

    def test_a_kept_build_that_does_not_start_is_built_again(self):
        plan, *_ = self.step("plan.sh")
        kept = pathlib.Path(plan["folder"]) / "metricgate"
        kept.parent.mkdir(parents=True)
        kept.write_text("#!/bin/sh\nexit 127\n")
        kept.chmod(0o755)
        _, _, log, code = self.install()
        self.assertEqual(code, 0, log)
        self.assertIn("Build metricgate", log)

    def test_a_program_of_the_callers_is_taken_as_it_is(self):
        shutil.copy(BINARY, self.scratch / "mine")
        plan, installed, log, code = self.install(BINARY="mine")
        self.assertEqual((plan["how"], installed["binary"], code), ("binary", str(self.scratch / "mine"), 0), log)
        _, _, log, code = self.install(BINARY="not-there")
        self.assertEqual(code, 2)
        self.assertIn("not-there", log)


if __name__ == "__main__":
    main()
