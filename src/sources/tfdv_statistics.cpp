#include "sources/tfdv_statistics.h"

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "sources/proto_fields.h"
#include "sources/protobuf_text.h"
#include "sources/shard_name.h"
#include "sources/tfdv_feature.h"
#include "sources/tfdv_schema.h"
#include "sources/tfrecord.h"
#include "sources/whole_tfrecords.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Result;
using Kind = WireField::Kind;

ProtoFields dataset_of(std::string_view message) {
    return {message,
            {{1, Kind::bytes},
             {2, Kind::varint},
             {3, Kind::bytes},
             {4, Kind::fixed64},
             {5, Kind::bytes}}};
}

/// Whether the bytes are a DatasetFeatureStatisticsList that describes at least one feature.
bool is_list(std::string_view message) {
    const ProtoFields list(message, {{1, Kind::bytes}});
    if (list.malformed() || !list.only({1}) || list.all(1).empty()) {
        return false;
    }
    const ProtoFields dataset = dataset_of(list.all(1).front());
    const auto features = dataset.all(3);
    return !dataset.malformed() && dataset.only({1, 2, 3, 4, 5}) && !features.empty() &&
           !tfdv_feature_name(features.front()).empty() &&
           ProtoFields(features.front(), {}).only({1, 2, 3, 4, 5, 6, 7, 8, 10});
}

bool is_text_form(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text.substr(first).starts_with("datasets {") &&
           text.find("_stats {") != std::string_view::npos;
}

/// The messages of a file: one a record, or the whole file.
Result<std::vector<std::string>> lists_of(const Document& document) {
    const std::string_view bytes = document.bytes().view();
    if (const auto text = document.text(); text && is_text_form(*text)) {
        auto wire = wire_of_text(*text, tfdv_schema(), document.source());
        return wire.ok() ? Result<std::vector<std::string>>(std::vector{std::move(*wire)})
                         : wire.problems();
    }
    if (!begins_as_tfrecord(bytes)) {
        return std::vector{std::string(bytes)};
    }
    const auto records = whole_tfrecords(bytes, document.source());
    return records.ok() ? Result<std::vector<std::string>>(
                              std::vector<std::string>(records->begin(), records->end()))
                        : records.problems();
}

/// The data sets of a file by name, put together of all messages that speak of them.
class Datasets {
public:
    explicit Datasets(const std::string& source) : m_source(source) {}

    /// What is wrong with a DatasetFeatureStatisticsList, or nothing.
    std::string add(std::string_view message) {
        const ProtoFields list(message, {{1, Kind::bytes}});
        std::string problem =
            list.malformed() || !list.only({1})
                ? "is no DatasetFeatureStatisticsList of TensorFlow Data Validation"
                : "";
        for (const std::string_view dataset : list.all(1)) {
            problem = problem.empty() ? add_dataset(dataset) : problem;
        }
        return problem;
    }

    std::vector<Run> take() {
        std::vector<Run> runs;
        for (auto& [name, builder] : m_builders) {
            runs.push_back(builder.take());
            runs.back().id = name;
            if (!name.empty()) {
                runs.back().metadata["data_set"] = name;
            }
        }
        return runs;
    }

private:
    std::string add_dataset(std::string_view message) {
        const ProtoFields dataset = dataset_of(message);
        const std::string name(dataset.text(1));
        if (dataset.malformed() || support::find_invalid_utf8(name) != std::string_view::npos) {
            return "the statistics of a data set are malformed";
        }
        RunBuilder& run = m_builders.try_emplace(name, m_budget).first->second;
        count(run, "num_examples", number_of_examples(dataset));
        if (dataset.has(4)) {
            count(run, "weighted_num_examples", dataset.real(4));
        }
        for (const std::string_view feature : dataset.all(3)) {
            const std::string problem = add_tfdv_feature(feature, m_source, run);
            if (!problem.empty() || m_budget.exceeded()) {
                return problem.empty() ? m_budget.message() : problem;
            }
        }
        for (const std::string_view cross : dataset.all(5)) {
            const std::string problem = add_tfdv_pair(cross, m_source, run);
            if (!problem.empty() || m_budget.exceeded()) {
                return problem.empty() ? m_budget.message() : problem;
            }
        }
        return m_budget.exceeded() ? m_budget.message() : "";
    }

    static support::ParsedNumber number_of_examples(const ProtoFields& dataset) {
        constexpr std::uint64_t most = std::uint64_t{1} << 53;
        const std::uint64_t count = dataset.integer(2);
        return count > most
                   ? support::ParsedNumber{support::NumberKind::out_of_range, 0.0}
                   : support::ParsedNumber{support::NumberKind::finite, static_cast<double>(count)};
    }

    /// The parts of one data set repeat how large it is.
    void count(RunBuilder& run, const std::string& name, support::ParsedNumber value) const {
        const evidence::Scalar* known = run.scalar(name);
        if (known == nullptr || known->value.value != value.value ||
            known->value.kind != value.kind) {
            evidence::Scalar scalar;
            scalar.value = value;
            run.value(name, support::in_file(m_source), scalar);
        }
    }

    const std::string& m_source;
    NameBudget m_budget;
    std::map<std::string, RunBuilder> m_builders;
};

}  // namespace

bool is_tfdv_statistics(const Document& document) {
    if (document.is_folder()) {
        return false;
    }
    const std::string_view bytes = document.bytes().view();
    if (begins_as_tfrecord(bytes)) {
        TfRecords records(bytes);
        return records.next() == TfRecords::Next::record && is_list(records.record());
    }
    constexpr char first_field = 1 << 3 | 2;  // datasets, a line feed
    if (bytes.starts_with(first_field) && is_list(bytes)) {
        return true;
    }
    const auto text = document.text();
    return text && is_text_form(*text);
}

Result<Recording> read_tfdv_statistics(const Document& document) {
    if (document.is_folder()) {
        return support::problem_in(document.source(),
                                   "is a folder; name one file with statistics in it");
    }
    if (const auto shard = shard_of(document.source()); shard && !shard->is_all()) {
        return support::problem_in(document.source(),
                                   "is one of " + std::to_string(shard->count) +
                                       " parts; put all of them behind each other in one file, as "
                                       "`cat` does, and name that");
    }
    auto lists = lists_of(document);
    if (!lists.ok()) {
        return lists.problems();
    }
    Datasets datasets(document.source());
    for (const std::string& list : *lists) {
        if (const std::string problem = datasets.add(list); !problem.empty()) {
            return support::problem_in(document.source(), problem);
        }
    }
    Recording recording{document.source(), datasets.take()};
    if (recording.runs.empty()) {
        return support::problem_in(document.source(), "holds no statistics of any data set");
    }
    return recording;
}

}  // namespace metricgate::sources
