#include <algorithm>
#include <optional>
#include <set>

#include "sources/benchmark_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "sources/text_lines.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

/// Settings that submitters tune, or that change with each round; all others must be equal.
const std::set<std::string>& tuned() {
    static const std::set<std::string> names = {"target_qps", "qsl_rng_seed",
                                                "sample_index_rng_seed", "schedule_rng_seed",
                                                "accuracy_log_rng_seed"};
    return names;
}

bool recognises(const Document& document) {
    if (document.is_folder()) {
        return false;
    }
    const std::string_view start = document.bytes().view().substr(0, 256);
    return start.starts_with("=====") &&
           start.find("\nMLPerf Results Summary") != std::string_view::npos;
}

/// "Mean latency (ns)" -> "Mean latency" and "ns".
std::pair<std::string, std::string> name_and_unit(std::string_view key) {
    const std::size_t open = key.rfind(" (");
    if (open == std::string_view::npos || !key.ends_with(')')) {
        return {std::string(key), ""};
    }
    return {std::string(trimmed(key.substr(0, open))),
            std::string(key.substr(open + 2, key.size() - open - 3))};
}

enum class Section { summary, statistics, parameters };

class Reader {
public:
    explicit Reader(std::string source) : m_source(std::move(source)) {}

    void take_line(std::uint32_t number, std::string_view line) {
        m_line = number;
        line = trimmed(line);
        if (line.empty()) {
            m_group.clear();
        } else if (line == "Additional Stats") {
            m_section = Section::statistics;
        } else if (line == "Test Parameters Used") {
            m_section = Section::parameters;
        } else if (line.find(" encountered") != std::string_view::npos) {
            take_closing_line(line);
        } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
            take_pair(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
        }
    }

    Run take() {
        if (!m_result) {
            refuse("the summary states no result ('Result is : VALID' is missing)");
        }
        if (!m_errors_told) {
            refuse(
                "the summary does not say how many errors were encountered, as loadgen does at "
                "its end: it may be cut short");
        }
        return m_builder.take();
    }

private:
    [[nodiscard]] support::Location here() const { return support::in_file(m_source, m_line); }

    void refuse(const std::string& why) {
        if (!m_builder.run.refused) {
            m_builder.run.refused = support::Diagnostic{here(), why};
        }
    }

    void take_closing_line(std::string_view line) {
        if (line.starts_with("No errors")) {
            m_errors_told = true;
        } else if (line.find("ERROR") != std::string_view::npos ||
                   line.find(" error") != std::string_view::npos) {
            m_errors_told = true;
            refuse("the run had errors ('" + support::visible(line, 60) + "')");
        } else if (!line.starts_with("No warnings")) {
            m_builder.run.notes.push_back("MLPerf: " + support::visible(line));
        }
    }

    void take_pair(std::string_view key, std::string_view value) {
        if (m_section == Section::parameters) {
            const std::string name(key);
            (tuned().count(name) != 0 ? m_builder.run.metadata : m_builder.run.conditions)[name] =
                std::string(value);
        } else if (key == "Result is") {
            m_result = true;
            if (value != "VALID") {
                refuse("the result is '" + support::visible(value, 40) + "', wanted VALID");
            }
        } else if (key == "SUT name") {
            m_builder.run.metadata["SUT name"] = std::string(value);
        } else if (key == "Scenario" || key == "Mode") {
            m_builder.run.conditions[std::string(key)] = std::string(value);
        } else if (m_section == Section::statistics && (value.empty() || value.starts_with('"'))) {
            m_group = std::string(key) + ".";  // "Per-query latency:" of the scenario Multi Stream
        } else if (!value.empty() && value != "Yes" && value != "NO") {
            const auto [name, unit] = name_and_unit(key.starts_with("* ") ? key.substr(2) : key);
            m_builder.value(m_group + name, node_of(value, here()), unit);
        }
    }

    std::string m_source;
    std::uint32_t m_line = 0;
    Section m_section = Section::summary;
    std::string m_group;  ///< of statistics, up to the next empty line
    bool m_result = false;
    bool m_errors_told = false;
    RunBuilder m_builder;
};

support::Result<Recording> read(const Document& document) {
    if (!recognises(document)) {
        return not_this(document, "an MLPerf summary",
                        "mlperf_log_summary.txt, which starts with 'MLPerf Results Summary'");
    }
    // Releases of 2019 wrote the NUL behind the name of the system under test.
    std::string text(document.bytes().view());
    text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
    if (const std::size_t bad = support::find_invalid_utf8(text); bad != std::string::npos) {
        return support::problem_in(document.source(),
                                   "byte " + std::to_string(bad) + " is no UTF-8 text");
    }
    Reader reader(document.source());
    TextLines lines(text);
    for (std::string_view line; lines.next(line);) {
        reader.take_line(lines.number(), line);
    }
    if (!lines.ended()) {
        return support::Diagnostic{
            support::in_file(document.source(), lines.number()),
            "the last line has no line end, so the file may be cut short; write it again"};
    }
    return Recording{document.source(), {reader.take()}};
}

}  // namespace

MetricFormat mlperf_summary() {
    return {"mlperf_summary", "MLPerf LoadGen, mlperf_log_summary.txt", {}, recognises, read};
}

}  // namespace metricgate::sources
