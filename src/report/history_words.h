#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/escape.h"
#include "verdict/history_view.h"

namespace metricgate::report {

/// The wording that the reports of a history share. Names in it went through `sink`.

/// What names a measurement for people: its key, a full commit id cut to its first digits. Raw.
std::string key_words(const verdict::Measurement& point);

/// "3 metrics, 1 of them rings".
std::string history_headline(const verdict::HistoryView& view);

/// "From git: metrics.json".
std::string history_source(const verdict::HistoryView& view, const Sink& sink);

/// "40 measurements, 2 of them with several attempts (43 points)".
std::string size_words(const verdict::MetricHistory& history);

/// "in limits", "rings: below the lower limit", "no limits yet: 12 of 20 measurements on this
/// data".
std::string state_words(const verdict::MetricHistory& history,
                        const verdict::HistorySettings& settings);

/// "0.905 to 0.925, from measurements 1 to 20"; empty without limits.
std::string limit_words(const verdict::MetricHistory& history);

/// "0.921 -> 0.912 (-0.009, -1 %), p = 0.0005: worse".
std::string change_words(const verdict::LevelChange& change);

/// "measurement 31, a1b2c3d, 2026-11-25".
std::string place_words(const verdict::MetricHistory& history, std::size_t at, const Sink& sink);

/// How often the rules ring while nothing changes, and what changes are.
std::vector<std::string> rule_sentences(const verdict::HistoryView& view);

/// Six significant figures.
std::string history_number(double value);

/// The day of a moment in UTC: "2026-11-25"; empty for none.
std::string day_words(const std::optional<std::int64_t>& time);

}  // namespace metricgate::report
