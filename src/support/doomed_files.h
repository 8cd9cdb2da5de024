#pragma once

#include <string>
#include <vector>

namespace metricgate::support {

/// Names files of the disk that must not outlive a run which ends without an answer: reports of an
/// earlier run, where this one was asked to write its own. Takes the place of what was named
/// before. Where nothing may be written (support/written_place.h), nothing is removed.
void doom_files(const std::vector<std::string>& paths);

/// Takes back what was said of one file, however it is called: this run reads it.
void pardon_file(const std::string& path);

/// Removes them, or empties those that a symbolic link leads to. Needs no memory and may be called
/// from any thread, when nothing else works.
void remove_doomed_files() noexcept;

}  // namespace metricgate::support
