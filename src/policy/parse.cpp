#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "policy/merge_documents.h"
#include "policy/policy.h"
#include "policy/read_sections.h"

namespace metricgate::policy {

namespace {

using support::Diagnostic;
using support::Diagnostics;

constexpr std::array<Choice<Multiplicity>, 5> multiplicity_choices = {
    {{"holm", Multiplicity::holm},
     {"hochberg", Multiplicity::hochberg},
     {"bh", Multiplicity::bh},
     {"by", Multiplicity::by},
     {"none", Multiplicity::none}}};

const std::vector<std::string> run_keys = {"seed", "multiplicity"};

/// `seed` and `multiplicity`, each wherever it was written last.
void read_run_settings(const MergedDocument& merged, Policy& policy, Diagnostics& problems) {
    support::Node settings;
    settings.kind = support::Node::Kind::map;
    if (merged.seed) {
        settings.members.push_back({"seed", merged.seed->where, *merged.seed});
    }
    if (merged.multiplicity) {
        settings.members.push_back(
            {"multiplicity", merged.multiplicity->where, *merged.multiplicity});
    }
    const SettingsReader reader(settings, "", run_keys, problems);
    if (const auto seed = reader.count("seed")) {
        policy.seed = seed->value;
    }
    reader.choose<Multiplicity>("multiplicity", multiplicity_choices, policy.multiplicity);
}

/// By place, files in the order in which they first came up: as somebody reads them.
void sort_by_place(Diagnostics& problems) {
    std::map<std::string, std::size_t> files;
    const auto file_of = [](const Diagnostic& problem) {
        return problem.where.file == nullptr ? std::string() : *problem.where.file;
    };
    for (const Diagnostic& problem : problems) {
        files.emplace(file_of(problem), files.size());
    }
    const auto place = [&](const Diagnostic& problem) {
        return std::tuple(files.at(file_of(problem)), problem.where.line, problem.where.column);
    };
    std::stable_sort(problems.begin(), problems.end(),
                     [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
}

}  // namespace

support::Result<Policy> parse(std::string_view bytes, const std::string& source,
                              const Extends& extends) {
    Diagnostics problems;
    MergedDocument merged = merge_documents(bytes, source, extends, problems);
    Policy policy;
    policy.source = source;
    policy.extends = std::move(merged.extends);
    read_run_settings(merged, policy, problems);
    const Defaults defaults = read_defaults(merged.defaults, problems);
    policy.inputs = read_inputs(merged.inputs, problems);
    policy.checks = read_checks(merged.checks, defaults, problems);
    policy.waivers = read_waivers(merged.waivers, policy.checks, merged.complete, problems);
    if (merged.complete && policy.checks.empty()) {
        problems.push_back(
            {support::in_file(source),
             "checks: found none; a gate without checks passes everything; add one"});
    }
    if (!problems.empty()) {
        sort_by_place(problems);
        return problems;
    }
    return policy;
}

}  // namespace metricgate::policy
