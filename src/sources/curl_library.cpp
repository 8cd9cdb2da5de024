#include "sources/curl_library.h"

#include <curl/curl.h>

#include <array>

#include "sources/late_libcurl.inc"

namespace metricgate::sources {

const std::string& start_curl() {
    static const std::string problem = [] {
        static constexpr std::array functions{METRICGATE_LIBCURL(METRICGATE_LATE_ENTRY)};
        std::string missing = load_late("libcurl.so.4", functions);
        if (missing.empty() && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
            missing = "libcurl does not start";
        }
        return missing;
    }();
    return problem;
}

}  // namespace metricgate::sources
