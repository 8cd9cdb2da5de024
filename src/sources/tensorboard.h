#pragma once

#include "sources/document.h"
#include "sources/recording.h"
#include "support/result.h"

namespace metricgate::sources {

/// True for an event file, and for a folder that holds one at any depth.
bool recognises_tensorboard(const Document& document);
/// The scalars of an event file, or of every run of a log directory: a folder with event files is a
/// run, called by its path, and the files of a run continue each other in the order of their names.
support::Result<Recording> read_tensorboard(const Document& document);

}  // namespace metricgate::sources
