#pragma once

#include "damage/catalog.h"

namespace metricgate::damage {

// One way a file; the catalog names them.
Kind class_flips();
Kind class_score_swaps();
Kind score_reflections();
Kind passed_counts();
Kind number_errors();
Kind value_shifts();

}  // namespace metricgate::damage
