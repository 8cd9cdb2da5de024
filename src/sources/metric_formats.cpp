// The formats of metric files: the list that everything else reads.

#include <algorithm>

#include "sources/benchmark_formats.h"
#include "sources/detect_format.h"
#include "sources/evidently_report.h"
#include "sources/experiment_formats.h"
#include "sources/inspect_results.h"
#include "sources/lm_eval_results.h"
#include "sources/metric_tree.h"
#include "sources/mlflow_database.h"
#include "sources/mlflow_folder.h"
#include "sources/nannyml_results.h"
#include "sources/openai_evals.h"
#include "sources/packed_names.h"
#include "sources/prometheus_answer.h"
#include "sources/prometheus_text.h"
#include "sources/table_reader.h"
#include "sources/tensorboard.h"
#include "sources/tfdv_statistics.h"
#include "sources/tfma_metrics.h"
#include "sources/wandb_offline.h"
#include "sources/whylogs_summary.h"

namespace metricgate::sources {

namespace {

support::Result<Recording> read_json(const Document& document) {
    const auto json = document.require_json();
    return json.ok() ? recording_of(**json, document.source()) : json.problems();
}

support::Result<Recording> read_yaml(const Document& document) {
    const std::string& source = document.source();
    const auto text = document.require_text();
    if (!text.ok()) {
        return text.problems();
    }
    if (auto cut = support::find_cut_end(*text, source)) {
        return *std::move(cut);
    }
    const auto tree = support::parse_yaml(*text, source);
    return tree.ok() ? recording_of(*tree, source) : tree.problems();
}

std::string_view without_blanks_before(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

/// True when the first object ends on its line and another one follows: JSON lines.
bool further_object_follows(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char byte = text[at];
        if (quoted) {
            at += byte == '\\' ? 1 : 0;
            quoted = byte != '"';
        } else if (byte == '"') {
            quoted = true;
        } else if (byte == '{') {
            ++depth;
        } else if (byte == '}' && --depth == 0) {
            return without_blanks_before(text.substr(at + 1)).starts_with('{');
        }
    }
    return false;
}

/// True when the first line that is no comment is a key of a block map.
bool starts_with_yaml_key(std::string_view text) {
    while (text.starts_with('#') || text.starts_with("---")) {
        const std::size_t end = text.find('\n');
        text = without_blanks_before(end == std::string_view::npos ? std::string_view()
                                                                   : text.substr(end));
    }
    const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
    const std::size_t colon = line.find(':');
    const bool ends_key = colon != std::string_view::npos && colon > 0 &&
                          (colon + 1 == line.size() || line[colon + 1] == ' ');
    return ends_key && line.substr(0, colon).find_first_of(",\t") == std::string_view::npos;
}

template <class Format>
bool names_extension(const std::vector<Format>& formats, const std::string& extension) {
    return std::any_of(formats.begin(), formats.end(), [&](const Format& format) {
        return std::find(format.extensions.begin(), format.extensions.end(), extension) !=
               format.extensions.end();
    });
}

}  // namespace

const std::vector<MetricFormat>& metric_formats() {
    static const std::vector<MetricFormat> formats = {
        {"json", "numbers by name in a JSON object, nested or flat", {"json"}, nullptr, read_json},
        {"yaml", "the same in YAML", {"yaml", "yml"}, nullptr, read_yaml},
        {"tensorboard",
         "TensorBoard's event files, or a log directory of them; 32-bit floats as their shortest "
         "decimals",
         {},
         recognises_tensorboard,
         read_tensorboard},
        {"mlflow_database",
         "MLflow's SQL store, an SQLite file: mlflow.db",
         {},
         recognises_mlflow_database,
         read_mlflow_database},
        {"mlflow_folder",
         "MLflow's file store: the folder mlruns, or that of one experiment or run",
         {},
         recognises_mlflow_folder,
         read_mlflow_folder},
        {"prometheus_answer",
         "what Prometheus' HTTP API answers to query and query_range",
         {},
         recognises_prometheus_answer,
         read_prometheus_answer},
        {"prometheus_text",
         "Prometheus' text exposition and OpenMetrics, as /metrics shows them",
         {},
         recognises_prometheus_text,
         read_prometheus_text},
        classification_report(),
        dvc(),
        dvclive(),
        github_action_benchmark(),
        go_benchmark(),
        google_benchmark(),
        hyperfine(),
        k6_summary(),
        keras_csv(),
        lightning_csv(),
        locust_csv(),
        locust_json(),
        mlperf_summary(),
        pycaret(),
        pyperf(),
        pytest_benchmark(),
        trainer_state(),
        wandb_summary(),
        {"lm_eval",
         "results of lm-evaluation-harness",
         {},
         is_lm_eval_results,
         read_lm_eval_results},
        {"inspect_ai", "scores of an inspect_ai log", {}, is_inspect_log, read_inspect_results},
        {"openai_evals",
         "final report of a log of OpenAI evals",
         {},
         is_openai_evals,
         read_openai_evals_report},
        {"evidently",
         "report of Evidently as JSON",
         {},
         is_evidently_report,
         read_evidently_report},
        {"whylogs",
         "summary of a whylogs profile as CSV",
         {},
         is_whylogs_summary,
         read_whylogs_summary},
        {"tfdv_statistics",
         "statistics of TensorFlow Data Validation: TFRecord, .pb or .pbtxt",
         {},
         is_tfdv_statistics,
         read_tfdv_statistics},
        {"nannyml",
         "results of NannyML as CSV, to_df().to_csv(): a run a period, a value a chunk",
         {},
         is_nannyml_results,
         read_nannyml_results},
        {"wandb_offline",
         "Weights & Biases, run-ID.wandb: history and summary, also of offline runs",
         {},
         is_wandb_log,
         read_wandb_offline},
        {"tfma_metrics",
         "results of TensorFlow Model Analysis, a folder or metrics-00000-of-00001.tfrecord",
         {},
         is_tfma_metrics,
         read_tfma_metrics},
    };
    return formats;
}

support::Result<Recording> read_metrics(const Document& document, const std::string& format) {
    const auto found = detect_metric_format(document, format);
    return found.ok() ? (*found)->read(document) : found.problems();
}

bool looks_like_metrics(const Document& document) {
    const auto recognises = [&](const auto& format) {
        return format.recognises != nullptr && format.recognises(document);
    };
    if (std::any_of(table_formats().begin(), table_formats().end(), recognises)) {
        return false;
    }
    if (std::any_of(metric_formats().begin(), metric_formats().end(), recognises)) {
        return true;
    }
    const std::string extension = extension_of(document.source());
    if (names_extension(table_formats(), extension)) {
        return false;
    }
    if (names_extension(metric_formats(), extension)) {
        return true;
    }
    const std::string_view text =
        without_blanks_before(document.text().value_or(std::string_view()));
    return text.starts_with('{') ? !further_object_follows(text) : starts_with_yaml_key(text);
}

}  // namespace metricgate::sources
