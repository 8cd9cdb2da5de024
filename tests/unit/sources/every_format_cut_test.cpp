// Every reader of both catalogs on a whole file, and on each of its beginnings.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <sstream>

#include "cut_everywhere.h"
#include "reading.h"
#include "sample_files.h"
#include "sources/arrow_file.h"
#include "support/format_samples.h"

using namespace metricgate::sources;
using metricgate::test::Cuts;
using metricgate::test::FormatSample;
using reading::problems_of;

namespace {

using Files = std::map<std::string, std::string>;

/// What a format says of a document: its problems, its notes, what is wrong with an entry or why
/// the run is refused; or nothing, where all is well.
std::string said_of(const TableFormat& format, const Document& document) {
    const auto outline = format.outline(document);
    if (!outline.ok()) {
        return problems_of(outline);
    }
    std::vector<ColumnRequest> all;
    for (const std::string& column : outline->columns) {
        all.push_back(reading::ask(column, ReadAs::observed));
    }
    return problems_of(format.read(document, all));
}

std::string said_of(const MetricFormat& format, const Document& document) {
    const auto recording = format.read(document);
    std::string said = problems_of(recording);
    for (const Run& run : recording.ok() ? recording->runs : std::vector<Run>()) {
        for (const std::string& note : run.notes) {
            said += note + "\n";
        }
        said += run.refused ? describe(*run.refused) : "";
        for (const auto& entry : run.entries) {
            said += entry.flaw ? describe(*entry.flaw) + "\n" : "";
        }
    }
    return said;
}

bool is_built_in(std::string_view format) {
    return arrow_is_built_in() || (format != "parquet" && format != "arrow");
}

/// The files of a sample; of one that is no folder, the only one.
Files files_of(const std::string& path, bool& is_folder) {
    is_folder = std::filesystem::is_directory(metricgate::test::data_folder() + "/" + path);
    return is_folder ? reading::samples(path) : Files{{path, reading::sample(path)}};
}

// The sanitizers make a reader ten times slower, and tests/fuzz cuts the same files under them.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t every = 300;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr std::size_t every = 300;
#else
constexpr std::size_t every = 1500;
#endif
#else
constexpr std::size_t every = 1500;
#endif

/// Every length of a file of up to `every` bytes; of a larger one those near its ends, and steps
/// between.
std::vector<std::size_t> lengths_of(std::string_view whole) {
    std::vector<std::size_t> lengths;
    for (std::size_t length = 0; length < whole.size();) {
        lengths.push_back(length);
        const bool near_an_end = length < every / 2 || length + every / 2 >= whole.size();
        length += whole.size() <= every || near_an_end ? 1 : 1 + whole.size() / every;
    }
    return lengths;
}

/// A length, its checksum, so many bytes, their checksum.
bool ends_a_record(std::string_view whole, std::size_t length) {
    std::size_t at = 0;
    while (at < length) {
        std::uint64_t size = 0;
        std::memcpy(&size, whole.data() + at, sizeof size);
        at += 8 + 4 + size + 4;
    }
    return at == length && at > 0;
}

/// A cut that took nothing but blanks away, or that ends with a line where that is allowed.
bool is_harmless(const FormatSample& sample, std::string_view whole, std::size_t length) {
    const bool blanks = whole.find_first_not_of(" \t\r\n", length) == std::string_view::npos;
    switch (sample.cuts) {
        case Cuts::none:
            return blanks;
        case Cuts::between_lines:
            return blanks || (length > 0 && whole[length - 1] == '\n') || whole[length] == '\n';
        case Cuts::between_records:
            return ends_a_record(whole, length);
    }
    return false;
}

/// True when `said` has a line that the whole file does not make a reader say, and that names the
/// file or says, as two logs do, that it is a part: fewer words than before are no message.
bool tells_of_a_cut(const std::string& said, const std::string& usual) {
    const auto speaks = [](std::string_view line) {
        return line.starts_with("sample") || line.find("the event file '") != line.npos ||
               line.find("it is a part of what go test printed") != line.npos;
    };
    std::istringstream lines(said);
    for (std::string line; std::getline(lines, line);) {
        if (speaks(line) && ("\n" + usual).find("\n" + line + "\n") == usual.npos) {
            return true;
        }
    }
    return false;
}

template <class Format>
void cut_everywhere(const Format& format, const FormatSample& sample) {
    INFO(sample.format << ": " << sample.path);
    bool is_folder = false;
    const Files whole = files_of(std::string(sample.path), is_folder);
    const auto open = [&](const Files& files) {
        return is_folder ? Document(tree_of(files), "sample")
                         : reading::document(files.begin()->second, "sample");
    };
    REQUIRE_FALSE(whole.empty());
    const std::string usual = said_of(format, open(whole));
    for (const auto& [name, content] : whole) {
        INFO(name);
        const auto is_part = [path = name](std::string_view part) {
            return path.find(part) != std::string::npos;
        };
        if (std::any_of(sample.texts.begin(), sample.texts.end(), is_part)) {
            continue;
        }
        std::vector<std::size_t> unseen;
        for (const std::size_t length : lengths_of(content)) {
            Files cut = whole;
            cut[name] = content.substr(0, length);
            if (!is_harmless(sample, content, length) &&
                !tells_of_a_cut(said_of(format, open(cut)), usual)) {
                unseen.push_back(length);
            }
        }
        CHECK(unseen == std::vector<std::size_t>());
    }
}

template <class Format>
void take_in_turn(const std::vector<Format>& formats) {
    for (const Format& format : formats) {
        std::size_t taken = 0;
        for (const FormatSample& sample : metricgate::test::format_samples()) {
            if (sample.format == format.name && is_built_in(format.name)) {
                cut_everywhere(format, sample);
            }
            taken += sample.format == format.name ? 1U : 0U;
        }
        INFO("tests/support/format_samples.h has no sample of " << format.name);
        CHECK(taken > 0);
    }
}

}  // namespace

TEST_CASE("no beginning of a table is read without a word, whichever format it has", "[sources]") {
    take_in_turn(table_formats());
}

TEST_CASE("no beginning of a metric file, a log or a folder is read without a word", "[sources]") {
    take_in_turn(metric_formats());
}

TEST_CASE("where a cut may go unseen, it is said why", "[sources]") {
    for (const FormatSample& sample : metricgate::test::format_samples()) {
        CHECK((sample.cuts == Cuts::none) == sample.reason.empty());
    }
}
