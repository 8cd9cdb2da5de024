#include "sources/sqlite_guards.h"

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Result;

std::uint32_t big_endian(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

/// Whether a rollback journal names another one at its end (https://www.sqlite.org/fileformat2.html
/// does not say it, pager.c does): after a transaction over several databases.
bool names_another(const std::filesystem::path& journal) {
    constexpr std::string_view mark{"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8};
    std::ifstream file(journal, std::ios::binary);
    std::string end(mark.size(), '\0');
    file.seekg(-static_cast<std::streamoff>(mark.size()), std::ios::end);
    file.read(end.data(), static_cast<std::streamsize>(end.size()));
    return file.good() && end == mark;
}

}  // namespace

Result<support::Done> check_sqlite_header(std::string_view bytes, const std::string& source) {
    if (bytes.size() < 100) {
        return support::problem_in(source, "the database is cut short inside its header");
    }
    const std::uint64_t page = big_endian(bytes, 16, 2) == 1 ? 65536 : big_endian(bytes, 16, 2);
    const std::uint64_t pages = big_endian(bytes, 28, 4);
    const bool size_is_valid = big_endian(bytes, 24, 4) == big_endian(bytes, 92, 4);
    if (size_is_valid && page * pages > bytes.size()) {
        return support::problem_in(source, "the database is cut short: it holds " +
                                               support::count_of(bytes.size(), "byte", "bytes") +
                                               " of " + std::to_string(page * pages) +
                                               "; copy it again");
    }
    if (bytes[18] == 2 || bytes[19] == 2) {
        return support::problem_in(
            source,
            "the database is in WAL mode, so its last rows may stand in a file beside it that is "
            "not seen here; leave that mode: sqlite3 PATH \"PRAGMA journal_mode=DELETE\", or read "
            "MLflow's store by MLFLOW_TRACKING_URI=sqlite:///PATH and an mlflow: address");
    }
    return support::Done{};
}

Result<support::Done> check_beside_sqlite(const std::string& path, const std::string& source) {
    std::error_code failed;
    const std::string real = std::filesystem::weakly_canonical(path, failed).string();
    for (const std::string ending : {"-journal", "-wal", "-shm"}) {
        const std::filesystem::path file = (failed ? path : real) + ending;
        std::error_code unseen;
        const auto status = std::filesystem::symlink_status(file, unseen);
        if (status.type() == std::filesystem::file_type::not_found) {
            continue;
        }
        if (!std::filesystem::is_regular_file(status)) {
            return support::problem_in(source, "what stands beside it with the ending '" + ending +
                                                   "' is no regular file; remove that");
        }
        if (ending == "-journal" && names_another(file)) {
            return support::problem_in(
                source,
                "the journal beside it names another file, which SQLite would remove; no "
                "writer of this program leaves such a one: remove '" +
                    support::visible(file.filename().string()) + "', or restore both from a copy");
        }
    }
    return support::Done{};
}

}  // namespace metricgate::sources
