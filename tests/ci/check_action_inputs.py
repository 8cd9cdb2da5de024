#!/usr/bin/env python3
"""Whatever an input of the action holds, none of it is run, and a candidate that regresses stays red."""
import json

from scene import PULL_REQUEST, RED, Case, Repository, Runner, main, predictions

HOSTILE = {
    "substitution": "$(touch INJECTED)",
    "backticks": "`touch INJECTED`",
    "double-quote": '"; touch INJECTED; exit 0 #',
    "single-quote": "'; touch INJECTED; exit 0 #",
    "line": "x\ntouch INJECTED\nexit 0",
    "output": "x\nexit-code=0\nverdict=pass",
    "command": "x\n::set-output name=exit-code::0",
    "option": "--no-fail",
    "curl": 'x"\noutput = "INJECTED',
}
INPUTS = ["policy", "candidate", "baseline", "baseline-revision", "policy-revision", "report", "strict", "version", "binary", "comment", "comment-id",
          "github-token"]


def step(name, inputs):
    return {"id": name, "uses": "OWNER/metricgate@v1", "continue-on-error": True, "with": inputs}


class HostileInputs(Case):
    def test_no_input_is_run_and_none_makes_a_regression_green(self):
        steps = [{"uses": "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd"}]
        for name in INPUTS:
            for kind, text in HOSTILE.items():
                # The token is looked at only where a comment is asked for.
                steps.append(step(f"{name}-{kind}", {name: text, **({"comment": "true"} if name == "github-token" else {})}))
        steps.append(step("harmless", {}))
        steps.append({"if": "always()", "shell": "bash", "env": {"STEPS": "${{ toJSON(steps) }}"},
                      "run": "printf '%s' \"$STEPS\" >\"$UPLOADS/steps.json\"\nls -A >\"$UPLOADS/files\"\n"})
        workflow = {"on": "pull_request", "jobs": {"gate": {"runs-on": "ubuntu-latest", "steps": steps}}}
        repository = Repository(self.scratch / "repository", {".github/workflows/metricgate.yml": json.dumps(workflow)})
        repository.pull_request({"predictions.csv": predictions(*RED)})
        runner = Runner(self.scratch / "runner")
        log = runner.run(repository, "pull_request", PULL_REQUEST)

        outcomes = json.loads((runner.uploads / "steps.json").read_text())
        self.assertEqual(outcomes["harmless"]["outputs"]["verdict"], "fail", log.text)
        for name in INPUTS:
            for kind in HOSTILE:
                with self.subTest(f"{name}: {kind}"):
                    found = outcomes[f"{name}-{kind}"]
                    self.assertEqual(found["outcome"], "failure")
                    self.assertNotEqual((found["outputs"]["exit-code"], found["outputs"]["verdict"]), ("0", "pass"))
        self.assertEqual([path for path in self.scratch.rglob("INJECTED")], [])
        self.assertNotIn("INJECTED", (runner.uploads / "files").read_text().split("\n"))


if __name__ == "__main__":
    main()
