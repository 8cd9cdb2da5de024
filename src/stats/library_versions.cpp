#include "stats/library_versions.h"

#include <boost/version.hpp>

namespace metricgate::stats {

std::vector<support::LibraryVersion> library_versions() {
    return {{"Boost",
             support::version_of(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000,
                                 BOOST_VERSION % 100),
             ""}};
}

}  // namespace metricgate::stats
