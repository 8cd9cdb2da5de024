#include "cli/convert_command.h"

#include <algorithm>

#include "cli/old_output.h"
#include "cli/origin.h"
#include "cli/output.h"
#include "cli/taken_run.h"
#include "report/escape.h"
#include "sources/detect_format.h"
#include "sources/metric_writer.h"
#include "sources/table_reader.h"
#include "support/doomed_files.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

/// What git calls the bytes: the file's blob id, and for a folder that of the list of its files'
/// names and ids.
support::Result<std::string> digest_of(const Origin& origin) {
    if (!origin.document->is_folder()) {
        return sources::blob_id(origin.bytes.view());
    }
    std::string list;
    for (const std::string& name : origin.document->folder().names()) {
        const auto bytes = origin.document->folder().read(name);
        if (!bytes) {
            return bytes.problems();
        }
        list += sources::blob_id(bytes->view()) + " " + name + "\n";
    }
    return sources::blob_id(list);
}

struct Converted {
    sources::Run run;
    evidence::Metadata provenance;
};

support::Result<Converted> convert(const ConvertArguments& arguments, Opener& opener) {
    auto origin = opener.open(arguments.input);
    if (!origin) {
        return origin.problems();
    }
    Converted converted;
    if (origin->recording == nullptr) {
        if (const auto done = unpack(*origin); !done) {
            return done.problems();
        }
        const auto format = sources::detect_metric_format(*origin->document, arguments.format);
        if (!format) {
            return format.problems();
        }
        auto recording = (*format)->read(*origin->document);
        if (!recording) {
            return recording.problems();
        }
        auto digest = digest_of(*origin);
        if (!digest) {
            return digest.problems();
        }
        converted.provenance["format"] = std::string((*format)->name);
        converted.provenance["digest"] = *digest;
        origin->recording = std::make_shared<sources::Recording>(std::move(*recording));
    }
    auto run = taken_run(*origin->recording, arguments);
    if (!run) {
        return run.problems();
    }
    converted.run = std::move(*run);
    converted.provenance["source"] = origin->info.description;
    if (!origin->commit.empty()) {
        converted.provenance["commit"] = origin->commit;
    }
    if (!converted.run.id.empty()) {
        converted.provenance["run"] = converted.run.id;
    }
    if (!arguments.step.empty()) {
        converted.provenance["step"] = arguments.step;
    }
    return converted;
}

const char* as_written(support::NumberKind kind) {
    switch (kind) {
        case support::NumberKind::not_a_number:
            return "NaN";
        case support::NumberKind::positive_infinity:
            return "Infinity";
        case support::NumberKind::negative_infinity:
            return "-Infinity";
        case support::NumberKind::malformed:
        case support::NumberKind::out_of_range:
            return "null";
        case support::NumberKind::finite:
            return nullptr;
    }
    return nullptr;
}

/// What no check will take, a line each: it is written all the same, so that a reader sees it.
std::string told_values(const sources::Run& run) {
    std::string said;
    const auto tell = [&](const std::string& what, const support::Location& where,
                          const std::string& name, const support::ParsedNumber& value) {
        if (const char* token = as_written(value.kind)) {
            said += std::string("not a finite number, written as ") + token + ": " +
                    support::describe(support::Diagnostic{
                        where, "'" + support::visible(name) + "' holds " + token + what}) +
                    "\n";
        }
    };
    for (const evidence::Entry& entry : run.entries) {
        if (entry.flaw) {
            said += "not a number, written as null: " + support::describe(*entry.flaw) + "\n";
        } else if (const auto* scalar = std::get_if<evidence::Scalar>(&entry.evidence)) {
            tell("", entry.where, entry.name, scalar->value);
            if (scalar->standard_error) {
                tell(" as its stderr", entry.where, entry.name, *scalar->standard_error);
            }
        }
    }
    for (const sources::Series& series : run.series) {
        const auto broken = [](const sources::Point& point) {
            return as_written(point.value.kind) != nullptr;
        };
        const auto first = std::ranges::find_if(series.points, broken);
        if (first == series.points.end()) {
            continue;
        }
        const auto steps = static_cast<std::size_t>(std::ranges::count_if(series.points, broken));
        tell(
            " at step " + std::to_string(first->step) +
                (steps > 1 ? " (" + support::count_of(steps, "such step", "such steps") + ")" : ""),
            series.where, series.name, first->value);
    }
    return said;
}

}  // namespace

int convert_command(const ConvertArguments& arguments, const Streams& streams, const World& world) {
    Opener opener(world.files, {}, arguments.trust_repository, world.environment);
    if (!arguments.input.tracker && arguments.input.revision.empty()) {
        opener.spare(arguments.input.path);
    }
    if (world.is_process && is_old_output(arguments.output, opener)) {
        support::doom_files({arguments.output});
    }
    const auto converted = convert(arguments, opener);
    support::Diagnostics problems = converted.problems();
    if (converted) {
        const std::string text = sources::metric_file_of(converted->run, converted->provenance);
        if (!arguments.output.empty() && opener.has_read(arguments.output)) {
            problems.push_back(usage_problem("-o " + arguments.output +
                                             ": is the file that is converted, or belongs to it; "
                                             "name another"));
        } else if (arguments.output.empty()) {
            if (!print(streams.out, text)) {
                problems.push_back(usage_problem("standard output does not take what is written"));
            }
        } else if (const auto written = opener.files().write(arguments.output, text); !written) {
            problems = written.problems();
        }
    }
    if (!problems.empty()) {
        print(streams.error, describe_all(joined(std::move(problems),
                                                 remove_old_output(arguments.output, opener))));
        print(streams.error, closing_line("not_converted", 2));
        return 2;
    }
    const std::string said = told_values(converted->run);
    return said.empty() || print(streams.error, report::guard_workflow_lines(said)) ? 0 : 2;
}

}  // namespace metricgate::cli
