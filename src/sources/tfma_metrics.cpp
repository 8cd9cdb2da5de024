#include "sources/tfma_metrics.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sources/proto_fields.h"
#include "sources/run_builder.h"
#include "sources/shard_name.h"
#include "sources/tfma_names.h"
#include "sources/tfma_value.h"
#include "sources/tfrecord.h"
#include "sources/whole_tfrecords.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Result;
using Kind = WireField::Kind;

// The fields of a MetricsForSlice.
constexpr std::uint32_t slice_key = 1;
constexpr std::uint32_t old_metrics = 2;
constexpr std::uint32_t cross_slice_key = 3;
constexpr std::uint32_t metrics = 51;

ProtoFields slice_of(std::string_view message) {
    return {message,
            {{slice_key, Kind::bytes},
             {old_metrics, Kind::bytes},
             {cross_slice_key, Kind::bytes},
             {metrics, Kind::bytes}}};
}

bool is_slice(std::string_view message) {
    const ProtoFields slice = slice_of(message);
    if (slice.malformed() || !slice.only({slice_key, old_metrics, cross_slice_key, metrics}) ||
        !(slice.has(slice_key) || slice.has(cross_slice_key))) {
        return false;
    }
    const auto pairs = slice.all(slice.has(metrics) ? metrics : old_metrics);
    if (pairs.empty()) {
        return false;
    }
    const ProtoFields pair(pairs.front(), {{1, Kind::bytes}, {2, Kind::bytes}, {3, Kind::bytes}});
    return !pair.malformed() && pair.only({1, 2, 3}) && pair.has(1) && pair.has(2) &&
           (!slice.has(metrics) || !tfma_key(pair.text(1)).name.empty());
}

bool holds_slices(std::string_view bytes) {
    TfRecords records(bytes);
    return records.next() == TfRecords::Next::record && is_slice(records.record());
}

/// The files with metrics at the top of the folder of an evaluation.
std::vector<std::string> metric_files(const FileTree& folder) {
    std::vector<std::string> files;
    std::copy_if(folder.names().begin(), folder.names().end(), std::back_inserter(files),
                 [](const std::string& name) {
                     return name == "metrics" || name == "metrics.tfrecord" ||
                            (name.starts_with("metrics-") && name.find('/') == std::string::npos &&
                             !name.ends_with(".parquet"));
                 });
    return files;
}

/// What keeps files from being all parts of one evaluation, each once; empty when nothing does.
std::string not_all_parts(const std::vector<std::string>& files) {
    const auto first = shard_of(files.front());
    if (!first) {
        return files.size() == 1 ? ""
                                 : "has " + std::to_string(files.size()) +
                                       " files with metrics, not all of them parts of one "
                                       "evaluation; name one of them";
    }
    std::set<std::size_t> parts;
    for (const std::string& name : files) {
        const auto shard = shard_of(name);
        if (!shard || shard->count != first->count || shard->index >= shard->count ||
            !parts.insert(shard->index).second) {
            return "has the file '" + support::visible(name) + "' beside '" +
                   support::visible(files.front()) +
                   "', wanted the parts of one evaluation, each once";
        }
    }
    return parts.size() == first->count
               ? ""
               : "has " + std::to_string(parts.size()) + " of " + std::to_string(first->count) +
                     " files with metrics; copy all";
}

class Evaluation {
public:
    explicit Evaluation(std::string source) : m_source(std::move(source)) {}

    /// Takes the slices of one file; what is wrong with it, or nothing.
    std::optional<std::vector<support::Diagnostic>> add(std::string_view bytes,
                                                        const std::string& place) {
        const auto records = whole_tfrecords(bytes, place);
        if (!records.ok()) {
            return records.problems();
        }
        for (const std::string_view record : *records) {
            if (!is_slice(record) || !add_slice(record)) {
                return std::vector{support::problem_in(
                    place,
                    "one of its records is no MetricsForSlice of TensorFlow Model Analysis")};
            }
            if (m_budget.exceeded()) {
                return std::vector{support::problem_in(place, m_budget.message())};
            }
        }
        return std::nullopt;
    }

    Result<Recording> take() {
        Recording recording{m_source, {}};
        for (auto& [model, builder] : m_models) {
            recording.runs.push_back(builder.take());
            recording.runs.back().id = model;
        }
        if (recording.runs.empty()) {
            return support::problem_in(m_source, "holds no metrics of any slice");
        }
        return recording;
    }

private:
    bool add_slice(std::string_view record) {
        const ProtoFields slice = slice_of(record);
        bool well_formed = !slice.malformed();
        const std::string label = slice.has(cross_slice_key)
                                      ? tfma_cross_slice(slice.text(cross_slice_key), well_formed)
                                      : tfma_slice(slice.text(slice_key), well_formed);
        for (const std::string_view pair : slice.all(metrics)) {
            const ProtoFields read(pair, {{1, Kind::bytes}, {2, Kind::bytes}, {3, Kind::bytes}});
            const TfmaKey key = tfma_key(read.text(1));
            well_formed &= !read.malformed() && !key.name.empty() &&
                           add_tfma_value(key.name, label, read.text(2), read.text(3), m_source,
                                          of_model(key.model));
        }
        // What versions before 0.22 wrote, and what newer ones write of a slice that failed.
        for (const std::string_view pair : slice.all(old_metrics)) {
            const ProtoFields read(pair, {{1, Kind::bytes}, {2, Kind::bytes}});
            const std::string name(read.text(1));
            well_formed &= !read.malformed() &&
                           support::find_invalid_utf8(name) == std::string_view::npos &&
                           add_tfma_value(name, label, read.text(2), {}, m_source, of_model(""));
        }
        return well_formed;
    }

    RunBuilder& of_model(const std::string& model) {
        return m_models.try_emplace(model, m_budget).first->second;
    }

    std::string m_source;
    NameBudget m_budget;
    std::map<std::string, RunBuilder> m_models;
};

Result<Recording> read_file(const Document& document) {
    if (const auto shard = shard_of(document.source()); shard && !shard->is_all()) {
        return support::problem_in(document.source(), "is one of " + std::to_string(shard->count) +
                                                          " parts; name the folder they are in");
    }
    Evaluation evaluation(document.source());
    if (auto problems = evaluation.add(document.bytes().view(), document.source())) {
        return *problems;
    }
    return evaluation.take();
}

}  // namespace

bool is_tfma_metrics(const Document& document) {
    if (!document.is_folder()) {
        return holds_slices(document.bytes().view());
    }
    const auto files = metric_files(document.folder());
    return std::any_of(files.begin(), files.end(), [&](const std::string& name) {
        const auto bytes = document.folder().read(name);
        return bytes.ok() && holds_slices(bytes->view());
    });
}

Result<Recording> read_tfma_metrics(const Document& document) {
    if (!document.is_folder()) {
        return read_file(document);
    }
    const auto files = metric_files(document.folder());
    if (files.empty()) {
        return support::problem_in(document.source(),
                                   "has no file with metrics, such as "
                                   "metrics-00000-of-00001.tfrecord; results in Parquet are not "
                                   "read, write them as TFRecord");
    }
    if (const std::string wrong = not_all_parts(files); !wrong.empty()) {
        return support::problem_in(document.source(), wrong);
    }
    Evaluation evaluation(document.source());
    for (const std::string& name : files) {
        const auto bytes = document.folder().read(name);
        if (!bytes.ok()) {
            return bytes.problems();
        }
        if (auto problems = evaluation.add(bytes->view(), document.source() + "/" + name)) {
            return *problems;
        }
    }
    return evaluation.take();
}

}  // namespace metricgate::sources
