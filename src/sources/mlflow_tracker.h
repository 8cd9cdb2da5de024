#pragma once

#include "sources/tracker.h"

namespace metricgate::sources {

support::Result<Fetched> fetch_from_mlflow(std::string_view address,
                                           const TrackerEnvironment& environment);

}  // namespace metricgate::sources
