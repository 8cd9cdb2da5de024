#!/usr/bin/env python3
"""Every link of the project's Markdown files to a file or a heading of the project leads somewhere."""
import argparse
import pathlib
import re
import subprocess
import sys

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"(?m)^( *)```.*?^\1```", re.S)
CODE = re.compile(r"`[^`\n]*`")


def slug(heading):
    """As GitHub makes anchors of headings."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.strip()).replace("`", "")
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def anchors(path):
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    return {slug(line.lstrip("#")) for line in text.splitlines() if re.match(r"#{1,6} ", line)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True, type=pathlib.Path)
    root = parser.parse_known_args()[0].root.resolve()
    listed = subprocess.run(["git", "-C", root, "ls-files", "*.md"], capture_output=True, text=True, check=False).stdout.split()
    pages = [root / name for name in listed] or [root / "README.md", *sorted((root / "docs").glob("*.md"))]
    problems = []
    count = 0
    for page in pages:
        if "tests" in page.relative_to(root).parts:  # goldens, and notes on data
            continue
        text = CODE.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))
        for link in LINK.findall(text):
            if re.match(r"[a-z]+:", link):
                continue
            count += 1
            name, _, anchor = link.partition("#")
            target = (page.parent / name).resolve() if name else page
            if not target.exists():
                problems.append(f"{page.relative_to(root)}: {link}: there is no such file")
            elif anchor and target.suffix == ".md" and anchor not in anchors(target):
                problems.append(f"{page.relative_to(root)}: {link}: there is no such heading")
    # SECURITY.md names a test for each of its promises.
    for name in re.findall(r"`(tests/[^`]+)`", (root / "SECURITY.md").read_text(encoding="utf-8")):
        count += 1
        if not (root / name).exists():
            problems.append(f"SECURITY.md: {name}: there is no such test")
    print("\n".join(problems) or f"{count} links lead somewhere")
    sys.exit(1 if problems or count < 10 else 0)


main()
