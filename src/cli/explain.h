#pragma once

#include "cli/prepare.h"
#include "support/result.h"
#include "verdict/explanation.h"

namespace metricgate::cli {

/// Judges all rows and explains the one called `name` (`id` or `id[column=value]`), with at most
/// `examples` examples that changed. An unknown name is a problem that says the nearest one; so is
/// the id of a check that has several rows.
support::Result<verdict::Explanation> explain(const Prepared& prepared,
                                              const CheckArguments& arguments,
                                              const std::string& name, std::size_t examples,
                                              const Progress& progress = {});

}  // namespace metricgate::cli
