#!/usr/bin/env python3
"""The pre-push hook by a real `git push` into a bare repository, by itself and through the real pre-commit."""
import shutil

from scene import BINARY, GREEN, LOOSE_POLICY, RED, ROOT, UNDECIDED, Case, Repository, main, predictions, run

HOOK = ROOT / "ci-templates" / "hooks" / "pre-push"


class Pushed(Case):
    def setUp(self):
        super().setUp()
        tools = self.scratch / "on-path"
        tools.mkdir()
        (tools / "metricgate").symlink_to(BINARY)
        self.repository = Repository(self.scratch / "model", self.files())
        self.repository.environment["PATH"] = f"{tools}:{self.repository.environment['PATH']}"
        self.repository.git("init", "-q", "--bare", self.scratch / "origin.git")
        self.repository.git("remote", "add", "origin", self.scratch / "origin.git")
        self.repository.git("push", "-q", "origin", "main")
        self.install()

    def files(self):
        return {}

    def install(self):
        shutil.copy(HOOK, self.repository.folder / ".git" / "hooks" / "pre-push")

    def push(self, *arguments):
        return run(["git", "push", "origin", *arguments], self.repository.folder, self.repository.environment, check=False)

    def branch(self, name, files):
        self.repository.git("checkout", "-q", "-b", name, "main")
        return self.repository.commit(name, files)

    def arrived(self, branch):
        # A commit's id may hold "bad" as well.
        return f"refs/heads/{branch}\n" in self.repository.git("ls-remote", "--heads", "origin") + "\n"

    def test_a_model_that_holds_is_pushed(self):
        self.branch("good", {"predictions.csv": predictions(*GREEN)})
        done = self.push("good")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertTrue(self.arrived("good"))

    def test_a_regression_stays_here(self):
        self.branch("bad", {"predictions.csv": predictions(*RED)})
        done = self.push("bad")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("regressed", done.stdout)
        self.assertFalse(self.arrived("bad"))

    def test_an_undecided_model_stays_here_and_so_does_one_that_cannot_be_judged(self):
        self.branch("open", {"predictions.csv": predictions(*UNDECIDED)})
        self.assertNotEqual(self.push("open").returncode, 0)
        self.branch("broken", {"predictions.csv": "id,label,prediction\n1,1,NaN\n"})
        self.assertNotEqual(self.push("broken").returncode, 0)
        self.assertFalse(self.arrived("open") or self.arrived("broken"))

    def test_a_looser_policy_in_the_same_push_does_not_help(self):
        self.branch("loose", {"predictions.csv": predictions(*RED), ".metricgate.yaml": LOOSE_POLICY})
        self.assertNotEqual(self.push("loose").returncode, 0)
        self.assertFalse(self.arrived("loose"))

    def test_what_is_pushed_is_judged_and_not_what_lies_in_the_work_tree(self):
        self.branch("bad", {"predictions.csv": predictions(*RED)})
        self.repository.git("checkout", "-q", "main")
        (self.repository.folder / "predictions.csv").write_text(predictions(*GREEN))
        self.assertNotEqual(self.push("bad").returncode, 0)
        self.assertFalse(self.arrived("bad"))
        self.assertEqual((self.repository.folder / "predictions.csv").read_text(), predictions(*GREEN), "the work tree is left alone")
        self.assertEqual(self.repository.git("worktree", "list").count("\n"), 0, "no checkout is left behind")

    def test_a_long_commit_message_is_no_first_commit(self):
        """Longer than a pipe holds, so that a reader that leaves early kills the writer."""
        self.repository.git("checkout", "-q", "-b", "long", "main")
        (self.repository.folder / "predictions.csv").write_text(predictions(*RED))
        message = self.scratch / "message"
        message.write_text("subject\n\n" + "a line of the message\n" * 10_000)
        self.repository.git("commit", "-q", "--all", "--file", message)
        done = self.push("long")
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertIn("regressed", done.stdout)
        self.assertFalse(self.arrived("long"))

    def test_nothing_to_push_is_no_error(self):
        done = self.push("main")
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_the_first_push_of_a_repository_with_a_past_is_judged(self):
        self.repository.commit("worse", {"predictions.csv": predictions(*RED)})
        self.repository.git("init", "-q", "--bare", self.scratch / "empty.git")
        self.repository.git("remote", "set-url", "origin", self.scratch / "empty.git")
        self.repository.git("update-ref", "-d", "refs/remotes/origin/main")
        done = self.push("main")
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertFalse(self.arrived("main"))

    def test_main_itself_is_judged_against_what_the_remote_has(self):
        self.repository.commit("worse", {"predictions.csv": predictions(*RED)})
        self.repository.commit("later", {"notes.txt": "the loss is one commit back"})
        self.assertNotEqual(self.push("main").returncode, 0)


class PushedThroughPreCommit(Pushed):
    """The same promises with the hook as pre-commit installs it from this repository's .pre-commit-hooks.yaml."""

    def files(self):
        hooks = Repository(self.scratch / "metricgate", {".pre-commit-hooks.yaml": (ROOT / ".pre-commit-hooks.yaml").read_text(),
                                                         "ci-templates/hooks/pre-push": HOOK.read_text()})
        revision = hooks.git("rev-parse", "HEAD")
        return {".pre-commit-config.yaml": f"repos:\n- repo: {hooks.folder}\n  rev: {revision}\n  hooks: [{{id: metricgate}}]\n"}

    def install(self):
        run(["pre-commit", "install", "--hook-type", "pre-push"], self.repository.folder, self.repository.environment)


class PushedByThePlainHook(Pushed):
    def test_the_first_commit_of_all_can_be_pushed(self):
        fresh = Repository(self.scratch / "fresh", {})
        fresh.environment = self.repository.environment
        shutil.copy(HOOK, fresh.folder / ".git" / "hooks" / "pre-push")
        fresh.git("init", "-q", "--bare", self.scratch / "fresh.git")
        done = run(["git", "push", self.scratch / "fresh.git", "main"], fresh.folder, fresh.environment)
        self.assertIn("not judged", done.stdout)

    def test_a_shallow_clone_is_no_first_commit(self):
        shallow = self.scratch / "shallow"
        self.repository.commit("second", {"notes.txt": "x"})
        run(["git", "push", "--no-verify", "origin", "main"], self.repository.folder, self.repository.environment)
        run(["git", "clone", "-q", "--depth", "1", "--branch", "main", f"file://{self.scratch / 'origin.git'}", shallow], self.scratch, self.repository.environment)
        shutil.copy(HOOK, shallow / ".git" / "hooks" / "pre-push")
        run(["git", "branch", "new"], shallow, self.repository.environment)
        done = run(["git", "push", "origin", "new"], shallow, self.repository.environment, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("shallow", done.stdout)

    def test_a_branch_can_be_deleted_and_a_tag_pushed(self):
        self.branch("good", {"predictions.csv": predictions(*GREEN)})
        self.push("good")
        self.repository.git("tag", "v1")
        self.assertEqual(self.push("v1").returncode, 0)
        self.assertEqual(self.push("--delete", "good").returncode, 0)

    def test_the_worst_of_several_branches_decides(self):
        self.branch("bad", {"predictions.csv": predictions(*RED)})
        self.branch("good", {"predictions.csv": predictions(*GREEN)})
        self.assertNotEqual(self.push("bad", "good").returncode, 0)
        self.assertFalse(self.arrived("good"))

    def test_a_message_makes_no_parent(self):
        fresh = Repository(self.scratch / "fresh", {})
        fresh.environment = self.repository.environment
        fresh.git("commit", "-q", "--amend", "-m", "subject\n\nparent 0123456789012345678901234567890123456789")
        shutil.copy(HOOK, fresh.folder / ".git" / "hooks" / "pre-push")
        fresh.git("init", "-q", "--bare", self.scratch / "fresh.git")
        self.assertIn("first commit", run(["git", "push", self.scratch / "fresh.git", "main"], fresh.folder, fresh.environment).stdout)

    def hook(self, text, **environment):
        return run([HOOK], self.repository.folder, {**self.repository.environment, **environment}, check=False, input=text)

    def test_a_commit_that_is_not_there_cannot_be_judged(self):
        absent = "0123456789" * 4
        self.assertEqual(self.hook(f"refs/heads/a {absent} refs/heads/a {'0' * 40}\n").returncode, 2)
        self.assertEqual(self.hook("", PRE_COMMIT="1", PRE_COMMIT_TO_REF="nonsense").returncode, 2)
        self.assertEqual(self.hook("", PRE_COMMIT="1", PRE_COMMIT_LOCAL_BRANCH="refs/heads/nonsense").returncode, 2)

    def test_pre_commit_that_names_no_commit_has_the_branch_judged_or_what_is_checked_out(self):
        self.branch("bad", {"predictions.csv": predictions(*RED)})
        self.assertEqual(self.hook("", PRE_COMMIT="1").returncode, 1)
        self.repository.git("checkout", "-q", "main")
        self.assertEqual(self.hook("", PRE_COMMIT="1", PRE_COMMIT_LOCAL_BRANCH="refs/heads/bad").returncode, 1)

    def test_lines_that_another_hook_has_read_stop_the_push(self):
        self.branch("bad", {"predictions.csv": predictions(*RED)})
        done = self.hook("")
        self.assertEqual(done.returncode, 2)
        self.assertIn("standard input", done.stdout)

    def test_without_metricgate_the_push_stops(self):
        self.repository.environment["METRICGATE"] = "no-such-metricgate"
        self.branch("good", {"predictions.csv": predictions(*GREEN)})
        done = self.push("good")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("METRICGATE", done.stdout)


del Pushed  # its tests are those of the two ways to install it

if __name__ == "__main__":
    main()
