#include "history/catalog.h"

#include <algorithm>

#include "history/newest.h"
#include "history/readers.h"

namespace metricgate::history {

const std::vector<Source>& sources() {
    static const std::vector<Source> catalog = {
        {"git", "the states of a metric file along the first parents of a commit", read_git},
        {"file", "a table with a row a measurement, or a log with a value a step", read_file},
        {"store", "what `metricgate log` recorded, in SQLite or JSON lines", read_store},
        {"mlflow", "the current values of the runs of an experiment of MLflow", read_mlflow},
    };
    return catalog;
}

const Source* source_of(std::string_view name) {
    const auto found = std::ranges::find(sources(), name, &Source::name);
    return found == sources().end() ? nullptr : &*found;
}

support::Result<Histories> read_histories(std::string_view from, const Request& request) {
    auto read = source_of(from)->read(request);
    if (!read.ok()) {
        return read;
    }
    if (support::Diagnostics problems = ahead_of_clock(read->histories, request.now);
        !problems.empty()) {
        return problems;
    }
    return read;
}

}  // namespace metricgate::history
