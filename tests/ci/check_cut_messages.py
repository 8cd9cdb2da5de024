#!/usr/bin/env python3
"""A long message is cut between two characters: half of one would be no UTF-8, and pages show it as damage."""
from scene import ROOT, Case, clean_environment, main, run

MARK = "\n[cut here; the log has all of it]\n"


class Cut(Case):
    def beginning(self, text, size):
        path = self.scratch / "messages.txt"
        path.write_text(text)
        done = run(["bash", "-euo", "pipefail", "-c", '. "$1/action/words.sh"; beginning "$2" "$3" >"$4"', "bash", ROOT, path, size, self.scratch / "cut"],
                   self.scratch, clean_environment(self.scratch))
        self.assertEqual(done.stdout, "")
        return (self.scratch / "cut").read_bytes().decode()

    def test_at_every_byte_of_characters_of_every_length(self):
        text = "aß€😀z"
        for size in range(len(text.encode()) + 2):
            whole = text.encode()[:size].decode(errors="ignore")
            self.assertEqual(self.beginning(text, size), text if size >= len(text.encode()) else whole + MARK)

    def test_the_annotation_and_the_report_of_a_run_that_could_not_judge(self):
        messages = self.scratch / "reports"
        messages.mkdir()
        program = self.scratch / "program"
        program.write_text("#!/bin/sh\ncat \"$MESSAGES\" >&2\nexit 2\n")
        program.chmod(0o755)
        for offset in ("", "x", "xx"):
            (messages / "messages.txt").write_text(offset + "€" * 5000)
            done = run(["bash", ROOT / "action" / "annotate.sh"], self.scratch, clean_environment(self.scratch, REPORTS=str(messages)))
            self.assertTrue(done.stdout.startswith(f"::error title=metricgate could not judge::{offset}€€€"), done.stdout[:80])
            self.assertIn("€%0A[cut here", done.stdout)
            outputs = self.scratch / "outputs"
            outputs.write_text("")
            run(["bash", ROOT / "action" / "gate.sh"], self.scratch, clean_environment(
                self.scratch, BINARY=str(program), MESSAGES=str(messages / "messages.txt"), GITHUB_OUTPUT=str(outputs), RUNNER_TEMP=str(self.scratch),
                INPUT_BASELINE_REVISION="none", INPUT_POLICY_REVISION="worktree"))
            values = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
            self.assertEqual((values["verdict"], values["exit-code"]), ("could_not_judge", "2"))
            with open(values["report-path"], encoding="utf-8") as report:
                self.assertIn("    [cut here; the log has all of it]", report.read())


if __name__ == "__main__":
    main()
