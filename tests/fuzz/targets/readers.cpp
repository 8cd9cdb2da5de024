// Every reader of both catalogs. An input is a line "FORMAT NAME", where FORMAT may be unknown
// (recognise it then), and behind it the bytes of the file, or of a folder's files as fuzz/frames.h
// puts them together.
#include <map>

#include "fuzz/corpora.h"
#include "fuzz/evidence.h"
#include "fuzz/frames.h"
#include "fuzz/problems.h"
#include "fuzz/target.h"
#include "sources/table_reader.h"
#include "support/format_samples.h"

namespace metricgate::fuzz {

namespace {

constexpr std::size_t largest = std::size_t{1} << 20;

using sources::Document;
using sources::ReadAs;

/// Every column as it stands, and then each as something that a check may want of it.
void read_columns(const Document& document, const std::string& format,
                  const std::vector<std::string>& columns) {
    std::vector<sources::ColumnRequest> observed;
    std::vector<sources::ColumnRequest> wanted;
    for (const std::string& column : columns) {
        const ReadAs as = wanted.empty()           ? ReadAs::id
                          : wanted.size() % 2 == 0 ? ReadAs::category
                                                   : ReadAs::number;
        wanted.push_back({column, as, support::in_file("policy.yaml", 7, 12)});
        observed.push_back({column, ReadAs::observed, support::in_file("policy.yaml", 7, 12)});
    }
    for (const auto& requests : {observed, wanted}) {
        const auto table = sources::read_table(document, format, requests);
        check_problems(table);
        if (table.ok()) {
            check_table(*table);
        }
    }
}

void read_as_table(const Document& document, const std::string& format) {
    const auto outline = sources::outline(document, format);
    check_problems(outline);
    if (outline.ok()) {
        read_columns(document, format, outline->columns);
    }
}

void read_as_metrics(const Document& document, const std::string& format) {
    const auto recording = sources::read_metrics(document, format);
    check_problems(recording);
    if (recording.ok()) {
        check_recording(*recording);
    }
}

void read(const Document& document, const std::string& format) {
    const auto has = [&format](const auto& formats) {
        return std::any_of(formats.begin(), formats.end(),
                           [&](const auto& known) { return known.name == format; });
    };
    const bool table = has(sources::table_formats());
    const bool metrics = has(sources::metric_formats());
    const bool neither = !table && !metrics;
    if (table || (neither && !sources::looks_like_metrics(document))) {
        read_as_table(document, neither ? "" : format);
    }
    if (metrics || (neither && sources::looks_like_metrics(document))) {
        read_as_metrics(document, neither ? "" : format);
    }
}

Seed seed_of(const std::string& format, const std::string& path, std::size_t cuts) {
    const std::string name = path.substr(path.rfind('/') + 1);
    const std::string folder = path.substr(0, path.rfind('/'));
    const std::string head = format + " " + name + "\n";
    std::vector<Frame> below;
    for (Frame& file : files_below("tests/" + folder)) {
        if (file.name == name) {
            return {format + ": " + path, head + file.content, cuts};
        }
        if (file.name.starts_with(name + "/")) {
            below.push_back({file.name.substr(name.size() + 1), file.content});
        }
    }
    require(!below.empty(), "a sample is there", path);
    return {format + ": " + path, head + framed(below), cuts};
}

}  // namespace

std::vector<Seed> seeds() {
    std::vector<Seed> found;
    std::vector<std::string> formats = {"recognise"};
    for (const test::FormatSample& sample : test::format_samples()) {
        const std::string format(sample.format);
        found.push_back(seed_of(format, std::string(sample.path), 256));
        found.push_back(seed_of("recognise", std::string(sample.path), 16));
        formats.push_back(format);
    }
    for (const Seed& hostile : hostile_files()) {
        for (const std::string& format : formats) {
            found.push_back({format + ": " + hostile.name, format + " file\n" + hostile.bytes, 0});
        }
    }
    return found;
}

}  // namespace metricgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace metricgate;
    const std::string_view input = fuzz::text_of(data, size);
    const std::string_view head = input.substr(0, input.find('\n'));
    const std::string_view rest = input.substr(std::min(head.size() + 1, size));
    const std::string format(head.substr(0, head.find(' ')));
    const std::string name(head.substr(std::min(format.size() + 1, head.size())));
    if (rest.starts_with("\x1e\x1f")) {
        std::map<std::string, std::string> files;
        for (fuzz::Frame& frame : fuzz::frames_of(rest)) {
            files[frame.name] = std::move(frame.content);
        }
        fuzz::read(sources::Document(sources::tree_of(std::move(files)), name), format);
        return 0;
    }
    const auto document =
        sources::open_document(support::Bytes::of(std::string(rest)), name, fuzz::largest);
    fuzz::check_problems(document);
    if (document.ok()) {
        fuzz::read(*document, format);
    }
    return 0;
}
