#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace metricgate::sources {

/// What TensorBoard's hparams plugin says of a session, which is a run with its hyperparameters.
struct TensorboardSession {
    enum class Status { unknown, success, failure, running };
    std::map<std::string, std::string> hparams;
    Status status = Status::unknown;  ///< of the end that was recorded last
    bool started = false;             ///< and no end was recorded behind that
    bool malformed_end = false;
    [[nodiscard]] bool exists() const { return started || status != Status::unknown; }
    /// Tags of the scalars that the plugin shows, of this run and not of one below it.
    std::set<std::string> metrics;
};

/// Adds what the plugin's data of one summary says. False when they are no such data.
bool read_hparams(std::string_view plugin_data, TensorboardSession& session);

}  // namespace metricgate::sources
