"""What a parser makes of a report when the texts are taken out: the same for hostile names as for harmless ones, or a name was more than a name.

`SHAPES[format](bytes)` is a list of plain values; `shown[format](bytes)` the names that a reader sees, one for each row."""
import csv
import functools
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree

import html5lib
import jsonschema
from prometheus_client import parser as classic
from prometheus_client.openmetrics import parser as openmetrics

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "reports"))
import readers  # noqa: E402

GFM = ["cmark-gfm", "--to", "xml", "--validate-utf8"]
for each in ("table", "strikethrough", "autolink", "tagfilter", "tasklist", "footnotes"):
    GFM += ["-e", each]
SARIF = jsonschema.Draft4Validator(json.loads((TESTS / "reports/schemas/sarif-2.1.0-rtm.5.json").read_text()))
INLINE = {"text", "code", "softbreak"}
# Attributes whose values are texts for people.
HTML_TEXTS = {"title", "aria-label"}
XML_TEXTS = {"message", "name", "classname"}


def markdown_tree(raw):
    return xml.etree.ElementTree.fromstring(subprocess.run(GFM, input=raw, capture_output=True, check=True).stdout)


def kind(node):
    return node.tag.split("}")[-1]


def markdown(raw):
    """The tree in order: what is text, or code within a sentence, is one thing; raw HTML stands as it is."""
    def walk(node, depth):
        if kind(node) in INLINE:
            return
        attributes = {key.split("}")[-1]: value for key, value in node.attrib.items() if not key.endswith("space")}
        yield depth, kind(node), sorted(attributes.items()), node.text if kind(node).startswith("html") else None
        for child in node:
            yield from walk(child, depth + 1)
    return list(walk(markdown_tree(raw), 0))


def markdown_parts(raw):
    """The kinds of parts of a report that is cut to a size, of which long names leave less."""
    return sorted({(each[1], str(each[2]), re.sub("[0-9,]+|All|Worst| of [0-9,]+", "", each[3] or "")) for each in markdown(raw)})


def cells_of_markdown(raw, heading):
    """The texts below a heading of the tables that have it."""
    texts = []
    for table in markdown_tree(raw).iter():
        if kind(table) != "table":
            continue
        rows = [["".join(node.text or "" for node in cell.iter() if kind(node) in INLINE) for cell in row] for row in table]
        if heading in rows[0]:
            texts += [row[rows[0].index(heading)] for row in rows[1:]]
    return texts


@functools.lru_cache
def page(raw):
    """The tree of a page, the errors in it, and what of ours every page carries, which takes a parser seconds to read."""
    carried = re.compile(r"(<(script|style)>)(.*?)(</(?:script|style)>)", re.DOTALL)
    text = raw.decode()
    own = [match.group(3) for match in carried.finditer(text)]
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(carried.sub(r"\1\4", text))
    return tree, parser.errors, own


def html(raw):
    tree, errors, own = page(raw)

    def walk(node, depth):
        if not isinstance(node.tag, str):
            yield depth, "comment"
        elif node.tag == "code":  # sentences have it around words within backticks
            yield from (each for child in node for each in walk(child, depth))
        else:
            yield depth, node.tag, sorted((key, None if key in HTML_TEXTS else value) for key, value in node.attrib.items())
            if node.tag == "script" and node.attrib.get("type") == "application/json":
                yield depth, shape_of_json(json.loads(node.text))
            for child in node:
                yield from walk(child, depth + 1)
    return [[error[1] for error in errors], own, *walk(tree, 0)]


def rows_of_html(raw):
    """What stands first in each row of the tables: a check, and below it its metric."""
    heads = [row.find("th") for row in page(raw)[0].iter("tr") if row.find("th") is not None and row.find("th").get("scope") == "row"]
    return [["".join(part.itertext()) if part is not None else "" for part in (head.find("code"), head.find("div"))] for head in heads]


def shape_of_json(value, place=""):
    """Places and what stands there; a key that is a name is none."""
    if isinstance(value, dict):
        named = place.endswith(("metadata", "slice", "conditions"))
        return [(place, "map", len(value)), *(shape for key, each in value.items() for shape in shape_of_json(each, f"{place}.{'*' if named else key}"))]
    if isinstance(value, list):
        return [(place, "list", len(value)), *(shape for i, each in enumerate(value) for shape in shape_of_json(each, f"{place}.{i}"))]
    return [(place, "text" if isinstance(value, str) else value)]


def json_report(raw):
    if not raw.isascii():
        raise ValueError("JSON that is not ASCII")
    return shape_of_json(json.loads(raw))


def sarif(raw):
    log = json.loads(raw)
    results = log["runs"][0]["results"]
    log["runs"][0]["results"] = results[::8]  # the schema says the same of each, and validating takes long
    problems = [error.message[:200] for error in SARIF.iter_errors(log)]
    for result in results:
        if "](" in result["message"]["text"] or re.search(r"\{[0-9]", result["message"]["text"]):
            problems.append("a link or a placeholder: " + result["message"]["text"][:80])
    return [problems, *json_report(raw)]


def junit(raw):
    subprocess.run(["xmllint", "--noout", "--nonet", "-"], input=raw, check=True, capture_output=True)
    return [(node.tag, sorted((key, None if key in XML_TEXTS else value) for key, value in node.attrib.items()))
            for node in xml.etree.ElementTree.fromstring(raw).iter()]


def csv_table(raw):
    table = list(csv.reader(io.StringIO(raw.decode(), newline=""), strict=True))
    formulas = [cell for row in table for cell in row if readers.is_formula(cell)]
    return [table[0], formulas, *((len(row), row[0], row[7], row[8]) for row in table)]


def metrics(raw):
    series = [{(sample.name, tuple(sorted(sample.labels.items()))): sample.value for family in read(raw.decode()) for sample in family.samples}
              for read in (openmetrics.text_string_to_metric_families, classic.text_string_to_metric_families)]
    if series[0] != series[1]:
        raise ValueError("the two formats of Prometheus read different things")
    return [raw.count(b"\n"), *((name, [key for key, _ in labels], value) for (name, labels), value in series[0].items())]


def tap(raw):
    with tempfile.NamedTemporaryFile(suffix=".tap") as file:
        file.write(raw)
        file.flush()
        read = readers.tap(file.name)
    points = [[each[key] for key in ("ok", "counts", "todo", "skip")] for each in read["points"]]
    return [read["errors"], read["others"], read["planned"], points, [number for number, _ in read["blocks"]]]


def github(raw):
    commands = [readers.workflow_command(line) for line in raw.decode().splitlines()]
    return [(name, sorted(properties), properties.get("line"), properties.get("col")) for name, properties, _ in commands]


def dotenv(raw):
    return raw.decode().splitlines()


SHAPES = {"markdown": markdown, "markdown:comment": markdown_parts, "html": html, "json": json_report, "codequality": json_report, "sarif": sarif,
          "junit": junit, "csv": csv_table, "openmetrics": metrics, "tap": tap, "github": github, "dotenv": dotenv}


def seen(text):
    """A text as a reader sees it: without what is drawn as nothing, blanks run together, composed."""
    plain = "".join(char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cf" and not "\ufe00" <= char <= "\ufe0f")
    return " ".join(plain.split())
