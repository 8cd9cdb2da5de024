#pragma once

#include <optional>
#include <string>
#include <vector>

#include "verdict/result.h"

namespace metricgate::cli {

/// Where the reader of a red report sees what went wrong: the end of a sentence, for the rows of
/// one status.
struct WhereToLook {
    verdict::Status status = verdict::Status::regressed;
    std::string text;
};

/// The most useful things to do after this result, at most three sentences, the most useful first.
std::vector<std::string> next_steps(const verdict::GateResult& result,
                                    const std::optional<WhereToLook>& look = std::nullopt);

}  // namespace metricgate::cli
