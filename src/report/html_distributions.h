#pragma once

#include <string>
#include <vector>

#include "report/gallery.h"
#include "report/html_page.h"

namespace metricgate::report {

/// Charts of distributions side by side, then one table of their quantiles.
void add_distribution_charts(const std::vector<const Distribution*>& distributions, HtmlPage& page);

}  // namespace metricgate::report
