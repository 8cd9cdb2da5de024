#include "sources/mlflow_metric_lines.h"

#include "sources/answer_fields.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

std::vector<std::string_view> fields_of(std::string_view line) {
    std::vector<std::string_view> fields;
    for (;;) {
        const std::size_t blank = line.find(' ');
        fields.push_back(line.substr(0, blank));
        if (blank == std::string_view::npos) {
            return fields;
        }
        line.remove_prefix(blank + 1);
    }
}

bool read_line(std::string_view line, MlflowPoint& point) {
    const std::vector<std::string_view> fields = fields_of(line);
    // The name of a data set may hold blanks; its digest is the last field.
    if (fields.size() < 2 || fields.size() == 4) {
        return false;
    }
    const auto timestamp = integer_of(fields[0]);
    const auto step = fields.size() == 2 ? std::optional<std::int64_t>(0) : integer_of(fields[2]);
    point.value = support::parse_number(fields[1]);
    if (!timestamp || !step || point.value.kind == support::NumberKind::malformed) {
        return false;
    }
    point.timestamp = *timestamp;
    point.step = *step;
    point.digest = fields.size() > 4 ? std::string(fields.back()) : std::string();
    return true;
}

}  // namespace

support::Result<std::vector<MlflowPoint>> mlflow_metric_lines(std::string_view text,
                                                              const std::string& file) {
    std::vector<MlflowPoint> points;
    std::uint32_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) {
            return support::Diagnostic{support::in_file(file, number, 1),
                                       "the line has no line end, so its value may be cut short; "
                                       "copy the file again"};
        }
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        MlflowPoint point;
        if (!read_line(line, point)) {
            return support::Diagnostic{support::in_file(file, number, 1),
                                       "found '" + support::visible(line, 60) +
                                           "', wanted a time in milliseconds, a value and a step, "
                                           "separated by single blanks"};
        }
        points.push_back(std::move(point));
    }
    if (points.empty()) {
        return support::problem_in(file, "the metric has no value: the file is empty");
    }
    return points;
}

}  // namespace metricgate::sources
