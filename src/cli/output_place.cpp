#include "cli/output_place.h"

namespace metricgate::cli {

support::WrittenPlace output_place(const std::string& path, support::FileSystem& files) {
    const bool on_disk = files.identify(files.working_directory()).known;
    return on_disk ? support::written_place(path) : support::WrittenPlace{};
}

}  // namespace metricgate::cli
