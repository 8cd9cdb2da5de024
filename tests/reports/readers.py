"""Readers of what our reports are written for, as others wrote them or as their documentation says."""
import json
import re
import subprocess

COMMAND = re.compile(r"::(?P<name>[a-z-]+)(?: (?P<properties>[^:]*(?::(?!:)[^:]*)*))?::(?P<message>.*)", re.S)
TAP_READER = r"""
use TAP::Parser; use JSON::PP;
my $parser = TAP::Parser->new({source => $ARGV[0]});
my (@points, @blocks, @others);
while (my $each = $parser->next) {
    if ($each->is_test) { push @points, {ok => $each->is_actual_ok ? 1 : 0, counts => $each->is_ok ? 1 : 0, todo => $each->has_todo ? 1 : 0,
                                         skip => $each->has_skip ? 1 : 0, description => $each->description}; }
    elsif ($each->is_yaml) { push @blocks, [scalar @points, $each->raw]; }
    elsif (!$each->is_plan && !$each->is_version) { push @others, $each->as_string; }
}
print encode_json({points => \@points, blocks => \@blocks, others => \@others, errors => [$parser->parse_errors],
                   planned => $parser->tests_planned, passes => $parser->has_problems ? 0 : 1});
"""
# Where a spreadsheet starts a formula: at a cell's start, by commas and quotes or by any other separator.
FORMULA = re.compile("(?:^|[;\t])[=+\\-@\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"-?[0-9.]+(e[+-]?[0-9]+)?")


def workflow_command(line):
    """(name, properties, message) of a line that a GitHub runner obeys: `%25 %0D %0A` in all values, `%3A %2C` in properties."""
    match = COMMAND.fullmatch(line)
    if match is None:
        raise ValueError(f"no command: {line!r}")
    properties = {}
    for pair in filter(None, (match["properties"] or "").split(",")):
        key, _, value = pair.partition("=")
        properties[key] = unescaped(value, {"25": "%", "0D": "\r", "0A": "\n", "3A": ":", "2C": ","})
    return match["name"], properties, unescaped(match["message"], {"25": "%", "0D": "\r", "0A": "\n"})


def unescaped(text, escapes):
    return re.sub("%([0-9A-F]{2})", lambda match: escapes[match.group(1)], text)  # an unknown escape ends the test


def tap(path):
    """What Perl's TAP::Parser reads."""
    done = subprocess.run(["perl", "-e", TAP_READER, str(path)], capture_output=True, check=True)
    return json.loads(done.stdout)


def is_formula(cell):
    return FORMULA.search(cell) is not None and not NUMBER.fullmatch(cell)
