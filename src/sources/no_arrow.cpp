// Takes the place of arrow_file.cpp where the program is built without Arrow C++.

#include "sources/arrow_file.h"

namespace metricgate::sources {

namespace {

support::Diagnostic not_built(const std::string& source, const std::string& what,
                              const std::string& reader) {
    return support::problem_in(
        source, "a " + what +
                    " file, but this metricgate was built without METRICGATE_PARQUET; convert it: "
                    "python -c \"import pandas; pandas." +
                    reader + "('FILE').to_csv('FILE.csv', index=False)\"");
}

}  // namespace

bool arrow_is_built_in() noexcept {
    return false;
}

support::LibraryVersion arrow_version() {
    return {"Arrow C++", "", ""};
}

OpenedArrowFile open_parquet_file(const support::Bytes& /*bytes*/, const std::string& source) {
    return not_built(source, "Parquet", "read_parquet");
}

OpenedArrowFile open_arrow_file(const support::Bytes& /*bytes*/, const std::string& source) {
    return not_built(source, "Arrow", "read_feather");
}

}  // namespace metricgate::sources
