// A stranger's name in every place of a result that a name can reach: each report shows it, and
// keeps the shape that it has with a plain name.
#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "fuzz/inert.h"
#include "fuzz/names.h"
#include "fuzz/target.h"
#include "report/catalog.h"
#include "support/sample_results.h"

namespace metricgate::fuzz {

namespace {

/// A result whose every text is `name`.
verdict::GateResult result_with(const std::string& name) {
    verdict::GateResult result;
    verdict::InputInfo input = tests::sample_input();
    input.name = name;
    input.candidate.description = name;
    input.baseline->description = name;
    input.candidate.metadata = {{name, name}};
    input.pairing->only_baseline = 1;
    input.pairing->first_only_baseline = {name};
    verdict::Rule rule = tests::rule(name, name, 0.03);
    rule.unit = name;
    rule.slice = {{name, name}};
    rule.where = support::in_file(name, 1, 1);
    verdict::CheckResult row = tests::regressed_row();
    row.rule = rule;
    row.reason = name;
    row.notes = {{"note", name}};
    row.comparison->n_unit = name;
    result.checks = {row};
    result.inputs = {input};
    result.warnings = {name};
    result.next_steps = {name};
    result.policy.source = name;
    result.policy.changed = true;
    result.policy.changes = {name};
    return tests::finished(std::move(result));
}

/// An HTML report without what every page carries.
std::string without_web(std::string page) {
    for (const std::string tag : {"style", "script"}) {
        const std::size_t start = page.find("<" + tag + ">");
        const std::size_t end = page.find("</" + tag + ">", std::min(start, page.size()));
        if (end != std::string::npos) {
            page.erase(start, end - start);
        }
    }
    // A sentence may hold code of its own.
    for (const std::string code : {"<code>", "</code>"}) {
        for (std::size_t at = page.find(code); at != std::string::npos; at = page.find(code, at)) {
            page.erase(at, code.size());
        }
    }
    return page;
}

/// A report; of HTML without what every page carries.
std::string shape_of(const report::Format& format, const verdict::GateResult& result) {
    std::string text = format.render(result, {});
    return format.name == "html" ? without_web(std::move(text)) : text;
}

/// What must occur as often as it does with a plain name: that is how a format is told apart into
/// its parts.
std::vector<std::string> marks_of(std::string_view format) {
    if (format == "html" || format == "junit") {
        return {"<", ">", "\n"};
    }
    if (format == "tap" || format == "dotenv" || format == "openmetrics" || format == "csv") {
        return {"\n"};
    }
    return {};
}

void check_json(std::string_view format, const std::string& text, const std::string& plain) {
    const bool json = format == "json" || format == "sarif" || format == "codequality";
    if (!json) {
        return;
    }
    using Json = nlohmann::json;
    const Json report = Json::parse(text, nullptr, false);
    require(!report.is_discarded(), "a report is JSON", text);
    // The name is a key, too, where an object has none of its own.
    require(report.flatten().size() == Json::parse(plain).flatten().size(),
            "a report has the same parts", text);
    require(std::all_of(text.begin(), text.end(),
                        [](char c) { return (c >= ' ' && c < '\x7f') || c == '\n'; }),
            "a JSON report is ASCII", text);
}

const std::string& plain_report(const report::Format& format) {
    static std::map<std::string_view, std::string> known;
    std::string& text = known[format.name];
    if (text.empty()) {
        text = shape_of(format, result_with("name"));
    }
    return text;
}

void check_reports(const std::string& name) {
    const verdict::GateResult result = result_with(name);
    for (const report::Format& format : report::catalog()) {
        if (format.name == "github") {
            continue;  // its lines are commands, and tests/reports reads them as a runner does
        }
        const std::string text = shape_of(format, result);
        const std::string& usual = plain_report(format);
        require(is_shown(text), "a report hides nothing", text);
        check_lines(text);
        check_json(format.name, text, usual);
        for (const std::string& mark : marks_of(format.name)) {
            require(count(text, mark) == count(usual, mark),
                    "a report has the same parts: " + std::string(format.name), text);
        }
    }
}

}  // namespace

std::vector<Seed> seeds() {
    std::vector<Seed> names = hostile_names();
    for (Seed& name : names) {
        name.cuts = 0;  // a page takes milliseconds
    }
    return names;
}

}  // namespace metricgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;  // parts without a text are left out, which is another shape
    }
    metricgate::fuzz::check_reports(std::string(metricgate::fuzz::text_of(data, size)));
    return 0;
}
