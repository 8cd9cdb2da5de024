// JUnit XML as Jenkins, GitLab, Azure and others read it: one suite, a test case for the run and
// one a row. Without times and host names, so that the same run gives the same bytes.
#include <utility>

#include "report/entries.h"
#include "report/formats.h"
#include "report/policy_place.h"

namespace metricgate::report {
namespace {

/// Text as XML, within an attribute or between tags. What XML forbids altogether was made visible
/// before.
std::string xml(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        switch (byte) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&apos;";
                break;
            default:
                out += byte;
        }
    }
    return out;
}

enum class Outcome { passed, skipped, failed, errored };

Outcome outcome_of(Weight weight) {
    switch (weight) {
        case Weight::pass:
            return Outcome::passed;
        case Weight::skipped:
        case Weight::waived:
        case Weight::warning:
            return Outcome::skipped;
        case Weight::failure:
            return Outcome::failed;
        case Weight::undecided:
        case Weight::error:
            return Outcome::errored;
    }
    return Outcome::errored;
}

/// ` name="value"`, escaped.
std::string attribute(const char* name, std::string_view value) {
    return std::string(" ") + name + "=\"" + xml(value) + "\"";
}

/// What an outcome holds within its test case.
std::string element(const char* tag, const Entry& entry) {
    return std::string("      <") + tag + attribute("type", entry.status) +
           attribute("message", entry.headline) + ">" + xml(entry.sentence) + "</" + tag + ">\n";
}

std::string inside(const Entry& entry) {
    switch (outcome_of(entry.weight)) {
        case Outcome::passed:
            return "";
        case Outcome::skipped:
            return "      <skipped" + attribute("message", entry.headline + ": " + entry.sentence) +
                   "/>\n";
        case Outcome::failed:
            return element("failure", entry);
        case Outcome::errored:
            return element("error", entry);
    }
    return element("error", entry);
}

std::string test_case(const Entry& entry, const std::string& gate) {
    const std::string body = inside(entry);
    const std::string open = "    <testcase" +
                             attribute("classname", entry.row == nullptr ? "metricgate" : gate) +
                             attribute("name", entry.name);
    return body.empty() ? open + "/>\n" : open + ">\n" + body + "    </testcase>\n";
}

}  // namespace

std::string render_junit(const verdict::GateResult& result, const Style& /*style*/) {
    const std::string gate = file_sink.name(place_of(nullptr, result.policy).file);
    const std::vector<Entry> entries = entries_of(result);
    std::string cases;
    std::size_t skipped = 0;
    std::size_t failed = 0;
    std::size_t errored = 0;
    for (const Entry& entry : entries) {
        const Outcome outcome = outcome_of(entry.weight);
        skipped += outcome == Outcome::skipped ? 1U : 0U;
        failed += outcome == Outcome::failed ? 1U : 0U;
        errored += outcome == Outcome::errored ? 1U : 0U;
        cases += test_case(entry, gate);
    }
    std::string suite = "  <testsuite" + attribute("name", "metricgate");
    for (const auto& [name, count] : {std::pair("tests", entries.size()),
                                      {"failures", failed},
                                      {"errors", errored},
                                      {"skipped", skipped}}) {
        suite += attribute(name, std::to_string(count));
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n" + suite + ">\n" + cases +
           "  </testsuite>\n</testsuites>\n";
}

}  // namespace metricgate::report
