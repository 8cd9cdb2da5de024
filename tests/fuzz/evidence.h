#pragma once

#include "evidence/table.h"
#include "sources/recording.h"

namespace metricgate::fuzz {

/// What holds for every table and for every recording that a reader gave out.
void check_table(const evidence::Table& table);
void check_recording(const sources::Recording& recording);

}  // namespace metricgate::fuzz
