#pragma once

#include <string>

namespace metricgate::test {

/// The folder of the tests in the source tree.
std::string data_folder();

/// The source tree.
std::string project_folder();

}  // namespace metricgate::test
