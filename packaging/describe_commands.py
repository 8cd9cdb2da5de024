#!/usr/bin/env python3
"""Writes the man page and the shell completions from what the program's --help says: one source, so that they cannot drift.

    describe_commands.py --binary metricgate --out FOLDER      metricgate.1, metricgate.bash, _metricgate, metricgate.fish
"""
import argparse
import pathlib
import re
import subprocess
import textwrap
from dataclasses import dataclass, field

FILE_OPTIONS = {"--policy", "--candidate", "--baseline"}


@dataclass
class Option:
    names: list[str]  # "-p", "--policy"
    takes_value: bool
    text: str


@dataclass
class Command:
    name: str
    summary: str
    usage: str = ""
    positionals: list[tuple[str, str]] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    epilogue: list[str] = field(default_factory=list)
    subcommands: list[tuple[str, str]] = field(default_factory=list)


def entries(lines):
    """(left, right) of an indented two-column list; a long left part has its text on the next line."""
    found = []
    for line in lines:
        match = re.match(r"  (\S.*?)(?:  +(\S.*))?$", line)
        if match and not line.startswith("   "):
            found.append([match[1], match[2] or ""])
        elif found:
            found[-1][1] = (found[-1][1] + " " + line.strip()).strip()
    return found


def read_help(binary, name):
    text = subprocess.run([binary, *([name] if name else []), "--help"], capture_output=True, text=True, check=True).stdout
    sections = {"": []}
    section = ""
    for line in text.splitlines():
        if line and not line.startswith(" ") and line.endswith(":"):
            section = line[:-1]
            sections[section] = []
        elif line and not line.startswith(" ") and section:
            section = "epilogue"
            sections.setdefault(section, []).append(line)
        elif line:
            sections[section].append(line)
    command = Command(name, "")
    for line in sections[""]:
        if line.startswith("Usage: "):
            command.usage = line.removeprefix("Usage: ")
        else:
            command.summary = (command.summary + " " + line).strip()
    command.positionals = [(left.split()[0], right) for left, right in entries(sections.get("Positionals", []))]
    for left, right in entries(sections.get("Options", [])):
        names, *value = left.split(" ")
        command.options.append(Option(names.split(","), bool(value), right))
    command.subcommands = [tuple(entry) for entry in entries(sections.get("Subcommands", []))]
    command.epilogue = sections.get("epilogue", [])
    if not command.options:
        raise SystemExit(f"{binary} {name} --help: no options were found, wanted a list of them")
    return command


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    # No line of a page is longer than 80 bytes, and none starts with what roff takes for a request.
    wrapped = textwrap.wrap(text, 78, break_long_words=False, break_on_hyphens=False)
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in wrapped)


def man_page(version, top, commands):
    name = top.summary.split(": ", 1)[-1]
    lines = [f'.TH METRICGATE 1 "" "metricgate {version}" "User Commands"', ".SH NAME", f"metricgate \\- {roff(name)}", ".SH SYNOPSIS"]
    for number, command in enumerate(commands):
        lines += [".br"] if number else []
        lines += [".B " + roff(f"metricgate {command.name}"), roff(command.usage.split(command.name, 1)[-1].strip())]
    lines += [
        ".SH DESCRIPTION",
        roff("Reads the metric files of a candidate and of a baseline and a policy in YAML, compares them with paired statistics,"),
        roff("writes a report and ends with a nonzero status when the candidate is worse than the policy allows."),
        ".SH COMMANDS",
    ]
    for command in commands:
        lines += [f".SS {roff(command.name)}", roff(command.summary) + "."]
        for left, text in command.positionals:
            lines += [".TP", f".I {roff(left)}", roff(text)]
        for option in command.options:
            names = ", ".join(f"\\fB{roff(each)}\\fR" for each in option.names)
            lines += [".TP", names + (" \\fIvalue\\fR" if option.takes_value else ""), roff(option.text)]
        for line in command.epilogue:
            lines += [".PP", roff(line)]
    lines += [".SH EXIT STATUS"]
    for number, line in enumerate(top.epilogue):
        lines += [*([".br"] if number else []), roff(line)]
    lines += [".SH FILES", ".TP", ".I .metricgate.yaml", "the policy, in the current folder or above it"]
    return "\n".join(lines) + "\n"


def bash(top, commands):
    cases = []
    for command in commands:
        words = " ".join(name for option in command.options for name in option.names)
        cases.append(f"    {command.name}) words='{words}' ;;")
    files = "|".join(sorted(FILE_OPTIONS | {"-p"}))
    values = sorted({name for command in commands for option in command.options if option.takes_value for name in option.names} - FILE_OPTIONS - {"-p"})
    return f"""# bash completion of metricgate
_metricgate() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} words=
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    mapfile -t COMPREPLY < <(compgen -W '{" ".join(command.name for command in commands)} --help --version' -- "$current")
    return
  fi
  case $previous in
    {files}) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --report) mapfile -t COMPREPLY < <(compgen -W "$(metricgate list reports 2>/dev/null | cut -d' ' -f1)" -- "$current"); return ;;
    {"|".join(value for value in values if value != "--report")}) return ;;
  esac
  case ${{COMP_WORDS[1]}} in
{chr(10).join(cases)}
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  elif [[ ${{COMP_WORDS[1]}} == list ]]; then
    mapfile -t COMPREPLY < <(compgen -W 'metrics methods formats reports gates' -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}}
complete -o filenames -F _metricgate metricgate
"""


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def zsh(top, commands):
    lines = ["#compdef metricgate", "_metricgate() {", "  if (( CURRENT == 2 )); then", "    local -a commands=("]
    lines += [f"      {quoted(command.name + ':' + command.summary)}" for command in commands]
    lines += ["    )", "    _describe command commands", "    return", "  fi", "  local command=$words[2]", "  shift words; (( CURRENT-- ))", "  case $command in"]
    for command in commands:
        lines += [f"    {command.name})", "      _arguments \\"]
        for option in command.options:
            text = re.sub(r"([\[\]:])", r"\\\1", option.text)
            for name in option.names:
                value = (":file:_files" if name in FILE_OPTIONS | {"-p"} else ":value:") if option.takes_value else ""
                lines.append(f"        {quoted(f'*{name}[{text}]{value}')} \\")
        what = "'*:what:(metrics methods formats reports gates)'" if command.name == "list" else "'*:file:_files'"
        lines += [f"        {what}", "      ;;"]
    lines += ["  esac", "}", '_metricgate "$@"']
    return "\n".join(lines) + "\n"


def fish(top, commands):
    lines = ["# fish completion of metricgate"]
    for command in commands:
        lines.append(f"complete -c metricgate -n __fish_use_subcommand -f -a {command.name} -d {quoted(command.summary)}")
        for option in command.options:
            line = f"complete -c metricgate -n '__fish_seen_subcommand_from {command.name}'"
            for name in option.names:
                line += f" -l {name[2:]}" if name.startswith("--") else f" -s {name[1:]}"
            lines.append(line + (" -r" if option.takes_value else "") + f" -d {quoted(option.text)}")
    lines.append("complete -c metricgate -n '__fish_seen_subcommand_from list' -f -a 'metrics methods formats reports gates'")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--version", required=True)
    arguments = parser.parse_args()
    top = read_help(arguments.binary, "")
    commands = [read_help(arguments.binary, name) for name, _ in top.subcommands]
    arguments.out.mkdir(parents=True, exist_ok=True)
    texts = {
        "metricgate.1": man_page(arguments.version, top, commands),
        "metricgate.bash": bash(top, commands),
        "_metricgate": zsh(top, commands),
        "metricgate.fish": fish(top, commands),
    }
    for name, text in texts.items():
        (arguments.out / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
