#include <algorithm>
#include <set>

#include "sources/benchmark_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "sources/text_lines.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using Words = std::vector<std::string_view>;

constexpr std::string_view digits = "0123456789";
constexpr std::size_t most_words = 256;

bool is_count(std::string_view word) {
    return !word.empty() && word.size() <= 18 &&
           word.find_first_not_of(digits) == std::string_view::npos;
}

/// "Benchmark" and no lower-case letter behind it, as `go test` finds benchmarks.
bool is_name(std::string_view word) {
    constexpr std::string_view start = "Benchmark";
    return word.starts_with(start) && word.size() > start.size() &&
           !(word[start.size()] >= 'a' && word[start.size()] <= 'z');
}

/// A name, how often it ran, and pairs of a value and its unit.
bool is_result(const Words& words) {
    return words.size() >= 4 && words.size() % 2 == 0 && is_name(words[0]) && is_count(words[1]);
}

bool recognises(const Document& document) {
    const auto text = document.text();
    if (!text) {
        return false;
    }
    TextLines lines(text->substr(0, std::size_t{64} << 10));
    for (std::string_view line; lines.next(line);) {
        if (!line.starts_with("Benchmark")) {
            continue;
        }
        const Words words = words_of(line, most_words);
        if (is_result(words) && std::find(words.begin(), words.end(), "ns/op") != words.end()) {
            return true;
        }
    }
    return false;
}

/// "-8" behind a name: how many processors Go used; empty when there is none.
std::string_view processors_of(std::string_view name) {
    const std::size_t dash = name.rfind('-');
    return dash != std::string_view::npos && is_count(name.substr(dash + 1)) ? name.substr(dash)
                                                                             : std::string_view();
}

/// One result of the text. A package is part of the name only where there are several.
struct Result {
    std::uint32_t line = 0;
    std::string name;
    std::string package;
    Words words;
    std::size_t conditions = 0;  ///< which of the machines that the text names
};

/// The last line of `go test` after a run that did not pass; a log may say "exit status" itself.
bool is_exit_status(std::string_view line) {
    constexpr std::string_view words = "exit status ";
    return line.size() > words.size() && line.starts_with(words) &&
           line.find_first_not_of("0123456789", words.size()) == std::string_view::npos;
}

class Reader {
public:
    explicit Reader(const Document& document) : m_source(document.source()) {}

    support::Result<support::Done> scan(std::string_view text) {
        TextLines lines(text);
        for (std::string_view line; lines.next(line);) {
            m_line = lines.number();
            if (line.starts_with("Benchmark")) {
                take_result(line);
            } else if (line.starts_with("--- FAIL: ") || line.starts_with("--- SKIP: ")) {
                take_failure(line);
            } else if (line == "PASS" || line.starts_with("ok  \t")) {
                m_passed = true;
                m_open = false;
            } else if (line == "FAIL" || line.starts_with("FAIL\t") ||
                       line.starts_with("panic: ") || is_exit_status(line)) {
                refuse("the run did not pass ('" + support::visible(line, 60) + "')");
            } else {
                take_configuration(line);
            }
        }
        if (!lines.ended()) {
            return support::Diagnostic{
                at(m_line),
                "the last line has no line end, so the file may be cut short; write it again"};
        }
        return support::Done{};
    }

    Run take() {
        const std::string_view suffix = common_suffix();
        if (!suffix.empty()) {
            m_builder.run.conditions["gomaxprocs"] = std::string(suffix.substr(1));
        }
        for (const Result& result : m_results) {
            const std::string name = full_name(result, suffix);
            for (std::size_t i = 2; i + 1 < result.words.size(); i += 2) {
                const std::string unit(result.words[i + 1]);
                m_builder.sample(name + "." + unit, node_of(result.words[i], at(result.line)), unit,
                                 m_machines[result.conditions]);
            }
        }
        for (const auto& [result, what] : m_failures) {
            const std::string name = full_name(result, suffix);
            m_builder.flaw(name + ".ns/op", at(result.line), what);
            m_builder.flaw_below(name, at(result.line), what);
        }
        if (m_builder.run.refused) {
            return m_builder.take();
        }
        if (!m_passed) {
            m_builder.run.notes.push_back(
                "The text holds neither 'PASS' nor 'ok': it is a part of what go test printed.");
        } else if (m_cut || m_open) {
            m_builder.run.notes.push_back(
                "Not every package ends with 'PASS' or 'ok': the text is a part of what go test "
                "printed.");
        }
        return m_builder.take();
    }

private:
    [[nodiscard]] support::Location at(std::uint32_t line) const {
        return support::in_file(m_source, line);
    }

    void refuse(const std::string& why) {
        if (!m_builder.run.refused) {
            m_builder.run.refused = support::Diagnostic{at(m_line), why};
        }
    }

    void take_result(std::string_view line) {
        Words words = words_of(line, most_words);
        if (words.size() < 2 || !is_name(words[0])) {
            return;  // with -v the name stands alone on a line before its result
        }
        m_open = true;
        m_packages.insert(m_package);
        if (m_machines.empty() || m_machines.back() != m_machine) {
            m_machines.push_back(m_machine);
        }
        Result result{m_line, std::string(words[0]), m_package, {}, m_machines.size() - 1};
        if (is_result(words)) {
            result.words = std::move(words);
            m_results.push_back(std::move(result));
            return;
        }
        fail(
            std::move(result),
            "no result that can be read in '" + support::visible(line, 60) +
                "'; wanted a count and pairs of value and unit, without other output between them");
    }

    void take_failure(std::string_view line) {
        const Words words = words_of(line, 3);
        if (words.size() == 3 && is_name(words[2])) {
            fail({m_line, std::string(words[2]), m_package, {}, 0},
                 line.starts_with("--- FAIL") ? "a benchmark that failed"
                                              : "a benchmark that was skipped");
        }
    }

    void fail(Result result, std::string what) {
        if (m_failed.insert(result.package + " " + result.name).second) {
            m_failures.emplace_back(std::move(result), std::move(what));
        }
    }

    /// `key: value`, where the key is a lower-case word.
    void take_configuration(std::string_view line) {
        const std::size_t colon = line.find(": ");
        if (colon == std::string_view::npos || colon == 0 ||
            !std::all_of(
                line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
                    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
                })) {
            return;
        }
        const std::string key(line.substr(0, colon));
        const std::string value(trimmed(line.substr(colon + 2)));
        if (key == "pkg") {
            m_cut = m_cut || m_open;
            m_open = false;
            m_package = value;
        } else if (key == "goos" || key == "goarch" || key == "cpu") {
            m_machine[key] = value;
        } else {
            m_builder.run.metadata[key] = value;
        }
    }

    /// The suffix that all results share, or nothing: a benchmark may be called size-10.
    [[nodiscard]] std::string_view common_suffix() const {
        if (m_results.empty()) {
            return {};
        }
        const std::string_view suffix = processors_of(m_results.front().name);
        const bool shared =
            std::all_of(m_results.begin(), m_results.end(),
                        [&](const Result& result) { return processors_of(result.name) == suffix; });
        return shared ? suffix : std::string_view();
    }

    [[nodiscard]] std::string full_name(const Result& result, std::string_view suffix) const {
        std::string_view name = result.name;
        if (!suffix.empty() && name.ends_with(suffix)) {
            name.remove_suffix(suffix.size());
        }
        return m_packages.size() < 2 || result.package.empty()
                   ? std::string(name)
                   : result.package + "." + std::string(name);
    }

    std::string m_source;
    std::uint32_t m_line = 0;
    bool m_passed = false;  ///< some package ended
    bool m_open = false;    ///< results since the last end
    bool m_cut = false;     ///< a package began while another was open
    std::string m_package;
    std::set<std::string> m_packages;
    evidence::Conditions m_machine;                ///< as the last lines describe it
    std::vector<evidence::Conditions> m_machines;  ///< that results were measured on
    std::vector<Result> m_results;
    std::vector<std::pair<Result, std::string>> m_failures;
    std::set<std::string> m_failed;
    RunBuilder m_builder;
};

support::Result<Recording> read(const Document& document) {
    const auto text = document.require_text();
    if (!text.ok()) {
        return text.problems();
    }
    Reader reader(document);
    const auto scanned = reader.scan(*text);
    if (!scanned.ok()) {
        return scanned.problems();
    }
    Recording recording{document.source(), {reader.take()}};
    if (recording.runs.front().entries.empty()) {
        return not_this(document, "the output of go test -bench",
                        "lines such as `BenchmarkX-8  1000  1726 ns/op`");
    }
    return recording;
}

}  // namespace

MetricFormat go_benchmark() {
    return {"go_benchmark", "go test -bench, as text", {}, recognises, read};
}

}  // namespace metricgate::sources
