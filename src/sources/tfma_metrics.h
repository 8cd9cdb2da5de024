#pragma once

#include "sources/document.h"
#include "sources/recording.h"
#include "support/result.h"

namespace metricgate::sources {

/// True for results of TensorFlow Model Analysis: the folder of an evaluation, or its file
/// `metrics-00000-of-00001.tfrecord`.
bool is_tfma_metrics(const Document& document);

/// One run a model, and one entry a metric and slice: `auc`, `auc{country="de"}`,
/// `precision(class_id=2)`. A confidence interval is its standard error and its two bounds.
support::Result<Recording> read_tfma_metrics(const Document& document);

}  // namespace metricgate::sources
