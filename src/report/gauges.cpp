#include "report/gauges.h"

namespace metricgate::report {
namespace {

/// A label's value: a backslash, a quote and a line end are escaped; a hash, which GitLab takes for
/// the start of a comment, is made visible.
std::string label_value(const std::string& text) {
    std::string out;
    for (const char byte : text) {
        if (byte == '#') {
            out += "\\\\x23";
            continue;
        }
        out += byte == '\\' || byte == '"' ? "\\" : "";
        out += byte;
    }
    return out;
}

}  // namespace

std::string gauge_label(const char* name, const std::string& value) {
    return std::string(name) + "=\"" + label_value(value) + "\"";
}

std::string gauge_head(const std::string& name, const char* help) {
    return "# HELP metricgate_" + name + " " + help + "\n# TYPE metricgate_" + name + " gauge\n";
}

std::string gauge_sample(const std::string& name, const std::string& labels,
                         const std::string& value) {
    return "metricgate_" + name + (labels.empty() ? "" : "{" + labels + "}") + " " + value + "\n";
}

}  // namespace metricgate::report
