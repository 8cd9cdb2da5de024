#include "sources/library_versions.h"

#include <curl/curl.h>
#include <git2.h>
#include <simdjson.h>
#include <sqlite3.h>
#include <zlib.h>
#include <zstd.h>

#include "sources/arrow_file.h"
#include "sources/curl_library.h"
#include "sources/git_library.h"
#include "sources/late_libcurl.inc"
#include "sources/late_libgit2.inc"

namespace metricgate::sources {

namespace {

constexpr const char* not_found = "not found";

std::string loaded_git() {
    if (!git::start_library().empty()) {
        return not_found;
    }
    int major = 0;
    int minor = 0;
    int patch = 0;
    if (git::git_libgit2_version(&major, &minor, &patch) < 0) {
        return "";
    }
    return support::version_of(static_cast<unsigned>(major), static_cast<unsigned>(minor),
                               static_cast<unsigned>(patch));
}

std::string loaded_curl() {
    return start_curl().empty() ? curl_version_info(CURLVERSION_NOW)->version : not_found;
}

}  // namespace

std::vector<support::LibraryVersion> library_versions() {
    return {
        arrow_version(),
        {"curl", LIBCURL_VERSION, loaded_curl()},
        {"libgit2", LIBGIT2_VERSION, loaded_git()},
        {"simdjson",
         support::version_of(simdjson::SIMDJSON_VERSION_MAJOR, simdjson::SIMDJSON_VERSION_MINOR,
                             simdjson::SIMDJSON_VERSION_REVISION),
         ""},
        {"SQLite", SQLITE_VERSION, sqlite3_libversion()},
        {"zlib", ZLIB_VERSION, zlibVersion()},
        {"zstd", ZSTD_VERSION_STRING, ZSTD_versionString()},
    };
}

}  // namespace metricgate::sources
