// The one file that is compiled with the source tree's place, so that the others compile alike
// everywhere.
#include "support/paths.h"

namespace metricgate::test {

std::string data_folder() {
    return METRICGATE_SOURCE "/tests";
}

std::string project_folder() {
    return METRICGATE_SOURCE;
}

}  // namespace metricgate::test
