#!/usr/bin/env python3
"""Every recipe of docs/RECIPES.md is run as it stands there: its policy is written down, its command run by bash, and what it prints and how it
exits is what the recipe shows. With --write these are put in."""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from recipe_data import FILES

RECIPE = re.compile(r"(?m)^## (.+)\n")
POLICY = re.compile(r"```yaml\n# (\S+)\n(.*?)```", re.S)
COMMAND = re.compile(r"```sh\n(.*?)```\n\n(.*?)<!-- end -->", re.S)


def shown(command, files, binary):
    """What stands below the command: its exit code and all that it prints."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "bin").mkdir()
        (folder / "bin/metricgate").symlink_to(binary)
        work = folder / "work"
        work.mkdir()
        for name, text in files.items():
            (work / name).write_text(text)
        environment = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "LC_ALL": "C"}
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=work, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return f"Exits with {done.returncode}, after:\n\n```\n{done.stdout}```\n\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("--binary", required=True, type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_known_args()[0]
    path = options.root / "docs/RECIPES.md"
    head, *parts = RECIPE.split(path.read_text(encoding="utf-8"))
    problems = []
    written = head
    titles = parts[::2]
    for title, text in zip(titles, parts[1::2]):
        policies, commands = POLICY.findall(text), COMMAND.findall(text)
        if title not in FILES or len(policies) != 1 or len(commands) != 1:
            sys.exit(f"docs/RECIPES.md: '{title}' has {len(policies)} policies and {len(commands)} commands, wanted one each, and files in recipe_data.py")
        wanted = shown(commands[0][0], {**FILES[title](), **dict(policies)}, options.binary.resolve())
        if wanted != commands[0][1]:
            problems.append(f"docs/RECIPES.md: '{title}' shows\n{commands[0][1]}but the command {wanted}")
        written += f"## {title}\n" + COMMAND.sub(lambda match: f"```sh\n{match.group(1)}```\n\n{wanted}<!-- end -->", text)
    problems += [f"recipe_data.py: no recipe '{title}' in docs/RECIPES.md" for title in FILES if title not in titles]
    if options.write:
        path.write_text(written, encoding="utf-8")
        problems = []
    print("\n".join(problems) or f"{len(titles)} recipes do what they say")
    sys.exit(1 if problems else 0)


main()
