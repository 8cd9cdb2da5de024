#pragma once

#include "cli/plan.h"

namespace metricgate::cli {

/// Fills the columns of a check that looks at columns, and reports what such a check cannot have.
void check_column_rules(PlannedCheck& check, const metrics::ColumnForm& form,
                        const PlannedInput& input, support::Diagnostics& problems);

/// `of:` means nothing to a metric of examples or recorded numbers.
void refuse_columns(const PlannedCheck& check, support::Diagnostics& problems);

/// The columns that `name`, a role or a column, stands for on each side.
sources::Roles::PerSide columns_named(const PlannedInput& input, const std::string& name);

}  // namespace metricgate::cli
