#!/usr/bin/env python3
"""The comment on a pull request: one, kept up to date, never anybody else's, and never the reason of a red or green job.
The script runs with the real curl and jq against a server here that answers as GitHub's API does."""
from fake_github import GitHub
from scene import ROOT, Case, clean_environment, main, run

MARKER = "<!-- metricgate:gate -->"
SHA = "0123456789abcdef0123456789abcdef01234567"


class Comment(Case):
    def setUp(self):
        super().setUp()
        self.github = GitHub(self.scratch)
        self.addCleanup(self.github.close)
        self.report("# metricgate: FAIL\n")

    def report(self, text):
        (self.scratch / "report.md").write_text(text)

    def comment(self, **environment):
        given = {"REPORTS": str(self.scratch), "COMMENT_ID": "gate", "PULL_REQUEST": "7", "TOKEN": "ghs_secret", "GITHUB_RUN_ID": "99",
                 **self.github.environment(), **environment}
        done = run(["bash", ROOT / "action" / "comment.sh"], self.scratch, clean_environment(self.scratch, **given))
        self.assertNotIn("ghs_secret", done.stdout)
        return done.stdout

    def bodies(self):
        return [one["body"] for one in self.github.comments]

    def test_the_first_run_writes_a_comment_and_the_next_one_changes_it(self):
        self.comment()
        self.report("# metricgate: PASS\n")
        self.comment()
        self.assertEqual(len(self.bodies()), 1)
        self.assertTrue(self.bodies()[0].startswith(f"{MARKER}\n# metricgate: PASS\n"))
        self.assertIn("/team/model/actions/runs/99", self.bodies()[0])
        self.assertTrue(all(token == "Bearer ghs_secret" for _, _, token in self.github.requests))

    def test_two_gates_have_a_comment_each(self):
        self.comment()
        self.comment(COMMENT_ID="latency")
        self.assertEqual(len(self.bodies()), 2)

    def test_the_comment_of_somebody_else_is_left_alone_though_it_has_the_mark(self):
        self.github.comments.append({"id": 1, "user": {"login": "mallory"}, "body": f"{MARKER}\nmine"})
        self.comment()
        self.assertEqual(len(self.bodies()), 2)
        self.assertEqual(self.bodies()[0], f"{MARKER}\nmine")

    def test_a_comment_on_a_later_page_is_found(self):
        for number in range(1, 131):
            self.github.comments.append({"id": number, "user": {"login": "somebody"}, "body": "talk"})
        self.comment()
        self.comment()
        self.assertEqual(len(self.bodies()), 131)

    def test_a_long_report_is_cut_below_what_github_takes(self):
        limit = 60 * 1024
        line = "x" * 79 + "\n"
        self.report(line * (limit // 80))
        self.comment()
        self.assertNotIn("longer than a comment", self.bodies()[0])
        self.report(line * (limit // 80 + 1))
        self.comment()
        self.assertIn("longer than a comment", self.bodies()[0])
        self.assertLess(len(self.bodies()[0]), 65536)

    def test_the_form_that_was_made_for_comments_is_preferred(self):
        (self.scratch / "comment.md").write_text("# metricgate: FAIL, in short\n")
        self.comment()
        self.assertIn("in short", self.bodies()[0])

    def test_without_permission_it_says_what_is_missing_and_the_job_goes_on(self):
        self.github.status = 403
        self.assertIn("pull-requests: write", self.comment())
        self.assertIn("::warning", self.comment())

    def test_outside_a_pull_request_it_says_so(self):
        self.assertIn("no pull request", self.comment(PULL_REQUEST=""))
        self.assertIn("no pull request", self.comment(PULL_REQUEST="7/../8"))
        self.assertEqual(self.github.requests, [])

    def test_a_token_cannot_carry_options_for_curl(self):
        self.assertIn("::warning", self.comment(TOKEN='x"\noutput = "INJECTED'))
        self.assertFalse((self.scratch / "INJECTED").exists())

    def fork(self, sha=SHA, state="open", label="mallory:change"):
        self.github.pulls = [{"number": 7, "state": state, "head": {"sha": sha, "label": label}}]
        return self.comment(PULL_REQUEST="", HEAD_SHA=SHA, HEAD_OWNER="mallory", HEAD_BRANCH="change")

    def test_the_pull_request_of_a_fork_is_looked_up_by_the_commit_that_was_judged(self):
        self.fork()
        self.assertEqual(len(self.bodies()), 1)

    def test_a_pull_request_that_moved_on_or_was_closed_gets_no_comment(self):
        self.assertIn("no open pull request", self.fork(sha=SHA[::-1]))
        self.assertIn("no open pull request", self.fork(state="closed"))
        self.assertEqual(self.bodies(), [])


if __name__ == "__main__":
    main()
