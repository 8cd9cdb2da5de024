#include "cli/load_columns.h"

#include <algorithm>
#include <set>

#include "cli/column_rules.h"
#include "sources/table_reader.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::ColumnSides;
using evidence::ObservedColumn;
using evidence::Side;
using support::Done;

/// One file and what is wanted of it.
struct File {
    const Origin* origin = nullptr;
    std::vector<std::string> columns;  ///< of its header
};

support::Result<File> open_file(const std::vector<Origin>& origins, const PlannedInput& input,
                                const std::string& format) {
    if (origins.size() > 1) {
        return usage_problem("input '" + input.source.name +
                             "' has checks of columns, which read one file a side; join the files");
    }
    const Origin& origin = origins.front();
    auto outline = sources::outline(*origin.document, format);
    if (!outline) {
        return outline.problems();
    }
    return File{&origin, std::move(outline->columns)};
}

bool has(const File& file, const std::string& column) {
    return std::find(file.columns.begin(), file.columns.end(), column) != file.columns.end();
}

/// Columns that no role of the language is bound to: the features, and what else there is.
std::set<std::string> free_columns(const PlannedInput& input, const std::vector<File>& files) {
    std::set<std::string> taken;
    for (const char* role :
         {"id", "label", "prediction", "score", "weight", "cluster", "query", "naive_error"}) {
        const auto found = input.source.columns.find(role);
        if (found != input.source.columns.end()) {
            taken.insert({found->second.both, found->second.baseline, found->second.candidate});
        }
    }
    for (const auto& [name, column] : input.source.class_scores) {
        taken.insert(column);
    }
    std::set<std::string> free;
    for (const File& file : files) {
        for (const std::string& column : file.columns) {
            if (taken.count(column) == 0) {
                free.insert(column);
            }
        }
    }
    return free;
}

support::Result<evidence::Table> read(const File& file, const std::string& format,
                                      const std::set<std::string>& columns, sources::ReadAs as) {
    std::vector<sources::ColumnRequest> requests;
    for (const std::string& column : columns) {
        requests.push_back({column, as, {}});
    }
    return sources::read_table(*file.origin->document, format, requests);
}

/// Names to look at, and whether some check reads their cells as text whatever they hold.
std::map<std::string, bool> wanted_names(const Plan& plan, std::size_t index,
                                         const std::vector<std::string>& free) {
    std::map<std::string, bool> names;
    for (const PlannedCheck& check : plan.checks) {
        const auto* form = metrics::column_form(check.metric.definition);
        if (form == nullptr || check.input != index || !check.not_run.empty()) {
            continue;
        }
        const bool as_text = form->categories || check.metric.parameters.of_column.type ==
                                                     metrics::ColumnType::categorical;
        for (const std::string& name : check.of) {
            for (const std::string& each : name == "*" ? free : std::vector<std::string>{name}) {
                names[each] = names[each] || as_text;
            }
        }
    }
    return names;
}

class Loader {
public:
    Loader(const PlannedInput& input, const std::string& format, LoadedInput& loaded)
        : m_input(input), m_format(format), m_loaded(loaded) {}

    /// One side's columns as they stand.
    support::Result<Done> observe(const File& file, Side side,
                                  const std::map<std::string, bool>& names) {
        std::set<std::string> columns;
        for (const auto& [name, as_text] : names) {
            if (const std::string column = column_of(name, side); has(file, column)) {
                columns.insert(column);
            }
        }
        auto table = read(file, m_format, columns, sources::ReadAs::observed);
        if (!table) {
            return table.problems();
        }
        for (const auto& [name, as_text] : names) {
            const auto found = table->observed.find(column_of(name, side));
            if (found != table->observed.end()) {
                at(name, side) = found->second;
            }
        }
        return Done{};
    }

    /// The cells of columns that are not all numbers, or are wanted as text, read once more as
    /// such.
    support::Result<Done> categorize(const File& file, Side side,
                                     const std::map<std::string, bool>& names) {
        std::set<std::string> columns;
        std::vector<std::string> needed;
        for (const auto& [name, as_text] : names) {
            const ColumnSides& sides = m_loaded.columns[name];
            const auto is_text = [](const std::optional<ObservedColumn>& column) {
                return column && !column->is_numeric();
            };
            if (at(name, side) &&
                (as_text || is_text(sides.baseline) || is_text(sides.candidate))) {
                columns.insert(column_of(name, side));
                needed.push_back(name);
            }
        }
        if (needed.empty()) {
            return Done{};
        }
        auto table = read(file, m_format, columns, sources::ReadAs::category);
        if (!table) {
            return table.problems();
        }
        for (const std::string& name : needed) {
            at(name, side)->categories = table->categories.at(column_of(name, side));
        }
        return Done{};
    }

private:
    [[nodiscard]] std::string column_of(const std::string& name, Side side) const {
        return columns_named(m_input, name)[static_cast<std::size_t>(side)];
    }
    std::optional<ObservedColumn>& at(const std::string& name, Side side) {
        ColumnSides& sides = m_loaded.columns[name];
        return side == Side::baseline ? sides.baseline : sides.candidate;
    }

    const PlannedInput& m_input;
    const std::string& m_format;
    LoadedInput& m_loaded;
};

/// Windows vary in size, so that only a candidate of less than half of the baseline's rows is told.
void warn_of_fewer_rows(const std::string& input, LoadedInput& loaded) {
    std::size_t now = 0;
    std::size_t then = 0;
    for (const auto& [name, sides] : loaded.columns) {
        now = sides.candidate ? sides.candidate->rows : now;
        then = sides.baseline ? sides.baseline->rows : then;
    }
    if (now > 0 && now < then && now < then - now) {
        loaded.warnings.push_back(
            "The candidate of input '" + input + "' has less than half of the baseline's rows: " +
            support::count_of(now, "row", "rows") + " against " +
            support::count_of(then, "row", "rows") + "; what was left out is not judged.");
    }
}

}  // namespace

support::Result<Done> load_columns(const Plan& plan, std::size_t index, const std::string& format,
                                   const Sides& sides, LoadedInput& loaded) {
    const bool any = std::ranges::any_of(plan.checks, [&](const PlannedCheck& check) {
        return check.input == index && check.not_run.empty() &&
               metrics::column_form(check.metric.definition) != nullptr;
    });
    if (!any) {
        return Done{};
    }
    const PlannedInput& input = plan.inputs[index];
    std::vector<std::pair<Side, File>> files;
    std::vector<File> opened;
    for (const Side side : {Side::baseline, Side::candidate}) {
        const auto& origins =
            side == Side::candidate || input.one_file ? sides.candidate : sides.baseline;
        if (origins.empty()) {
            continue;
        }
        auto file = open_file(origins, input, format);
        if (!file) {
            return file.problems();
        }
        opened.push_back(*file);
        files.emplace_back(side, std::move(*file));
    }
    const std::set<std::string> free = free_columns(input, opened);
    loaded.free_columns = {free.begin(), free.end()};
    const auto names = wanted_names(plan, index, loaded.free_columns);
    Loader loader(input, format, loaded);
    for (const auto& [side, file] : files) {
        if (const auto done = loader.observe(file, side, names); !done) {
            return done.problems();
        }
    }
    warn_of_fewer_rows(input.source.name, loaded);
    for (const auto& [side, file] : files) {
        if (const auto done = loader.categorize(file, side, names); !done) {
            return done.problems();
        }
    }
    return Done{};
}

}  // namespace metricgate::cli
