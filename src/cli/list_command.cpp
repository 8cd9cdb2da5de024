#include "cli/list_command.h"

#include <algorithm>

#include "cli/output.h"
#include "comparison/catalog.h"
#include "metrics/catalog.h"
#include "policy/policy.h"
#include "report/catalog.h"
#include "sources/table_reader.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using Row = std::pair<std::string, std::string>;

std::vector<Row> rows_of(const std::string& what) {
    std::vector<Row> rows;
    if (what == "metrics") {
        for (const auto& metric : metrics::catalog()) {
            const bool higher = metric.direction == metrics::Direction::higher_is_better;
            rows.emplace_back(metric.name,
                              std::string(metric.summary) +
                                  (higher ? " (higher is better)" : " (lower is better)"));
        }
    } else if (what == "methods") {
        for (const auto& method : comparison::catalog()) {
            rows.emplace_back(method.name, std::string(method.summary) + " [" +
                                               std::string(method.reference) + "]");
        }
    } else if (what == "formats") {
        for (const auto& format : sources::table_formats()) {
            rows.emplace_back(format.name, std::string(format.summary));
        }
        for (const auto& format : sources::metric_formats()) {
            rows.emplace_back(format.name, std::string(format.summary));
        }
    } else if (what == "reports") {
        for (const auto& format : report::catalog()) {
            rows.emplace_back(format.name, std::string(format.summary));
        }
    } else if (what == "gates") {
        for (const std::string& gate : policy::built_in_gates()) {
            rows.emplace_back("metricgate:" + gate, "extends: metricgate:" + gate);
        }
    }
    return rows;
}

}  // namespace

int list_command(const ListArguments& arguments, const Streams& streams) {
    const std::vector<Row> rows = rows_of(arguments.what);
    if (rows.empty()) {
        const std::vector<std::string> known = {"metrics", "methods", "formats", "reports",
                                                "gates"};
        print(streams.error, "command line: unknown list '" + support::visible(arguments.what) +
                                 "'" + support::did_you_mean(arguments.what, known) + "; wanted " +
                                 support::enumerate(known, "or") + "\n");
        return 2;
    }
    std::size_t width = 0;
    for (const Row& row : rows) {
        width = std::max(width, row.first.size());
    }
    std::string text;
    for (const Row& row : rows) {
        text += row.first + std::string(width + 2 - row.first.size(), ' ') + row.second + "\n";
    }
    return print(streams.out, text) ? 0 : 2;
}

}  // namespace metricgate::cli
