#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "sources/mlflow_places.h"
#include "sources/mlflow_run.h"
#include "support/node.h"

namespace metricgate::sources {

/// Reads runs from the files that MLflow's file store keeps of each. `source` names the folder in
/// messages. The values of all runs that one reader reads are bounded.
class MlflowRunFiles {
public:
    MlflowRunFiles(std::shared_ptr<const FileTree> tree, std::string source)
        : m_tree(std::move(tree)), m_source(std::move(source)) {}

    /// A `meta.yaml`; a problem where it may be cut short or is no map.
    [[nodiscard]] support::Result<support::Node> meta_in(const std::string& name) const;
    /// All but metrics, params and inputs.
    [[nodiscard]] support::Result<MlflowRun> read_head(const MlflowRunPlace& place) const;
    support::Result<MlflowRun> read_run(const MlflowRunPlace& place);
    /// What is wrong with a run whose meta.yaml is missing.
    [[nodiscard]] support::Diagnostic without_meta(const MlflowRunPlace& place) const;

private:
    [[nodiscard]] std::string path_of(const std::string& name) const {
        return m_source + "/" + name;
    }
    /// `use` is given each file below `folder`, by its name there.
    template <class Use>
    support::Diagnostics for_each_below(const std::string& folder, Use use) const {
        support::Diagnostics problems;
        const auto& names = m_tree->names();
        for (auto at = std::lower_bound(names.begin(), names.end(), folder);
             at != names.end() && at->starts_with(folder) && problems.empty(); ++at) {
            const auto bytes = m_tree->read(*at);
            if (!bytes.ok()) {
                return bytes.problems();
            }
            use(at->substr(folder.size()), *at, bytes->view(), problems);
        }
        return problems;
    }

    support::Diagnostics read_metrics(const MlflowRunPlace& place, MlflowRun& run);
    support::Diagnostics read_inputs(const MlflowRunPlace& place, MlflowRun& run) const;

    std::shared_ptr<const FileTree> m_tree;
    std::string m_source;
    std::size_t m_points = 0;
};

}  // namespace metricgate::sources
