#pragma once

#include <string_view>
#include <vector>

namespace metricgate::test {

/// Which beginnings of a file may be read without a word.
enum class Cuts {
    none,
    between_lines,    ///< what ends with a line is what the writer had written up to then
    between_records,  ///< the same of TFRecord, which TensorBoard's event files are made of
};

/// A whole file or folder of a format, below tests/, and what a cut may do to it.
struct FormatSample {
    std::string_view format;
    std::string_view path;
    Cuts cuts = Cuts::none;
    std::string_view reason = {};
    /// Parts of paths in a folder whose files hold a text of the user's, or nothing that is read:
    /// any beginning is whole.
    std::vector<std::string_view> texts = {};
};

/// One for each name of both catalogs of formats at least, for tests that take every reader in
/// turn.
inline const std::vector<FormatSample>& format_samples() {
    constexpr std::string_view rows = "rows carry no count: ids of the other side tell";
    constexpr std::string_view log = "a log that is still written, or was stopped";
    static const std::vector<FormatSample> samples = {
        {"csv", "cases/selftest/weights-and-clusters/candidate.csv", Cuts::between_lines, rows},
        {"tsv", "cases/format/tsv/candidate.tsv", Cuts::between_lines, rows},
        {"jsonl", "cases/multiclass/class-scores/candidate.jsonl", Cuts::between_lines, rows},
        {"parquet", "cases/formats/parquet/baseline.parquet"},
        {"parquet", "cases/formats/parquet/candidate"},
        {"arrow", "cases/formats/arrow/candidate.feather"},
        {"npy", "cases/formats/npy/candidate.npy"},
        {"npz", "cases/formats/npz/candidate.npz"},
        {"sqlite", "cases/formats/sqlite/baseline.db"},
        {"lm_eval_samples", "cases/formats/lm_eval_samples/candidate.jsonl", Cuts::between_lines,
         rows},
        {"inspect_ai", "cases/formats/inspect_ai/candidate.eval"},
        {"inspect_ai", "cases/formats/inspect_ai-scores/candidate.json"},
        {"promptfoo", "cases/formats/promptfoo/candidate.json"},
        {"openai_evals", "cases/formats/openai_evals/candidate.jsonl", Cuts::between_lines, rows},
        {"alpaca_eval", "cases/formats/alpaca_eval/candidate.json"},
        {"json", "cases/scalars/with-stderr/candidate.json"},
        {"yaml", "cases/scalars/yaml/candidate.yaml", Cuts::between_lines,
         "a block map may end behind any line"},
        {"tensorboard", "cases/formats/tensorboard/baseline", Cuts::between_records, log},
        {"mlflow_database", "cases/formats/mlflow_database/candidate.db"},
        {"mlflow_folder", "data/mlflow/mlruns", Cuts::between_lines, log, {"/params/", "/tags/"}},
        {"prometheus_answer", "cases/formats/prometheus_answer/WithTags.json"},
        {"prometheus_text", "cases/formats/prometheus_text/candidate.prom"},
        {"classification_report", "cases/formats/classification_report/candidate.json"},
        {"dvc", "cases/formats/dvc/new", Cuts::between_lines,
         "a block map may end behind any line"},
        {"dvclive", "cases/formats/dvclive/dvclive", Cuts::none, {}, {"params.yaml"}},
        {"github_action_benchmark", "cases/formats/github_action_benchmark/data.js"},
        {"go_benchmark", "cases/formats/go_benchmark/new.txt"},
        {"google_benchmark", "cases/formats/google_benchmark/candidate.json"},
        {"hyperfine", "cases/formats/hyperfine/candidate.json"},
        {"k6_summary", "cases/formats/k6_summary/summary.json"},
        {"keras_csv", "cases/formats/keras_csv/training.csv", Cuts::between_lines, log},
        {"lightning_csv",
         "cases/formats/lightning_csv/version_0",
         Cuts::between_lines,
         log,
         {"hparams.yaml"}},
        {"locust_csv", "cases/formats/locust_csv/load_stats.csv"},
        {"locust_json", "cases/formats/locust_json/load.json"},
        {"mlperf_summary", "cases/formats/mlperf_summary/candidate.txt"},
        {"pycaret", "cases/formats/pycaret/leaderboard.csv", Cuts::between_lines, rows},
        {"pyperf", "cases/formats/pyperf/py38.json"},
        {"pytest_benchmark", "cases/formats/pytest_benchmark/candidate.json"},
        {"trainer_state", "cases/formats/trainer_state/trainer_state.json"},
        {"wandb_summary", "cases/formats/wandb_summary/candidate.json"},
        {"lm_eval", "cases/formats/lm_eval/candidate.json"},
        {"evidently", "cases/formats/evidently/candidate.json"},
        {"whylogs", "cases/formats/whylogs/candidate.csv", Cuts::between_lines, rows},
        {"tfdv_statistics", "cases/formats/tfdv_statistics/candidate.tfrecord"},
        {"tfma_metrics",
         "cases/formats/tfma_metrics/candidate",
         Cuts::between_records,
         "slices carry no count: a slice that a check names is then missing",
         {"eval_config.json", "validations.tfrecord"}},
        {"nannyml", "cases/formats/nannyml/candidate.csv", Cuts::between_lines,
         "chunks carry no count"},
        {"wandb_offline", "cases/formats/wandb_offline/candidate.wandb"},
    };
    return samples;
}

}  // namespace metricgate::test
