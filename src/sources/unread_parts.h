#pragma once

#include <vector>

#include "sources/document.h"
#include "support/json_skip.h"
#include "support/result.h"

namespace metricgate::sources {

/// What the readers of evaluation logs leave unread in one JSON document of inspect_ai,
/// lm-evaluation-harness, promptfoo, Evidently or AlpacaEval: prompts, answers, raw data.
const std::vector<support::JsonSkip>& unread_of_logs();
/// The same in a member of an .eval archive, which holds one sample.
const std::vector<support::JsonSkip>& unread_of_sample();

/// The JSON of an evaluation log: `Document::json`, which leaves out of documents above 16 MiB what
/// `unread_of_logs` names; the problem otherwise.
support::Result<const support::Node*> log_json(const Document& document);

}  // namespace metricgate::sources
