#pragma once

#include "sources/document.h"
#include "sources/recording.h"
#include "support/result.h"

namespace metricgate::sources {

/// True for the results file of EleutherAI's lm-evaluation-harness: `results` by task beside their
/// `versions` and the `config`.
bool is_lm_eval_results(const Document& document);

/// One entry a task and metric, `arc_easy.acc`, with its standard error. The filter is part of the
/// name unless it is `none`
/// (`gsm8k.exact_match,strict-match`), so that files of releases without filters name the same
/// things. Version, number of shots, number of examples and digest of a task are conditions of its
/// entries.
support::Result<Recording> read_lm_eval_results(const Document& document);

}  // namespace metricgate::sources
