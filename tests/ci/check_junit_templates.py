#!/usr/bin/env python3
"""Jenkins and Azure cannot be had here; the shell script that each template gives them is run as they would run it."""
import re
import xml.etree.ElementTree

import yaml

from scene import BINARY, GREEN, RED, ROOT, Case, Repository, main, predictions, run


def azure():
    steps = yaml.safe_load((ROOT / "ci-templates" / "azure-pipelines.yml").read_text())["steps"]
    return next(step["bash"] for step in steps if "bash" in step)


def jenkins():
    """What stands between the triple quotes is a file of its own, whose first line names the interpreter."""
    text = re.search(r"sh '''(.*?)'''", (ROOT / "ci-templates" / "Jenkinsfile").read_text(), re.S).group(1)
    assert text.startswith("#!/usr/bin/env bash\n") and "\\\\" not in text
    return text


class JUnitTemplates(Case):
    def judge(self, name, script, change):
        repository = Repository(self.scratch / name, {})
        repository.pull_request({"predictions.csv": predictions(*change)})
        tools = self.scratch / "on-path"
        tools.mkdir(exist_ok=True)
        if not (tools / "metricgate").exists():
            (tools / "metricgate").symlink_to(BINARY)
        environment = {**repository.environment, "PATH": f"{tools}:{repository.environment['PATH']}"}
        done = run(["bash", "-c", script], repository.folder, environment, check=False)
        suite = xml.etree.ElementTree.parse(repository.folder / "metricgate.xml").getroot()
        bad = len(list(suite.iter("failure"))) + len(list(suite.iter("error")))
        return done.returncode, bad

    def test_the_step_ends_with_the_gates_exit_code_and_leaves_its_test_report(self):
        for name, script in (("azure", azure()), ("jenkins", jenkins())):
            with self.subTest(name):
                self.assertEqual(self.judge(f"{name}-green", script, GREEN), (0, 0))
                code, bad = self.judge(f"{name}-red", script, RED)
                self.assertEqual(code, 1)
                self.assertGreaterEqual(bad, 1)


if __name__ == "__main__":
    main()
