#pragma once

#include "sources/table_reader.h"

namespace metricgate::sources {

// What training and evaluation libraries leave behind: scores, and values by epoch or step.

MetricFormat classification_report();
MetricFormat trainer_state();
MetricFormat wandb_summary();
MetricFormat dvclive();
MetricFormat dvc();
MetricFormat pycaret();
MetricFormat keras_csv();
MetricFormat lightning_csv();
MetricFormat github_action_benchmark();

}  // namespace metricgate::sources
