// The systems that evidence is fetched from: the list that everything else reads.

#include "sources/mlflow_tracker.h"
#include "sources/prometheus_tracker.h"
#include "sources/tracker.h"

namespace metricgate::sources {

const std::vector<Tracker>& trackers() {
    static const std::vector<Tracker> known = {
        {"mlflow",
         "runs/ID, models/NAME@ALIAS, models/NAME/VERSION or experiments/NAME[?filter=TAGS] of the "
         "store that MLFLOW_TRACKING_URI names",
         fetch_from_mlflow},
        {"prometheus",
         "QUERY, or [range=1h,step=1m,at=TIME]QUERY, of the server that PROMETHEUS_URL names",
         fetch_from_prometheus},
    };
    return known;
}

const Tracker* tracker_of(std::string_view address) {
    for (const Tracker& tracker : trackers()) {
        const std::string prefix = std::string(tracker.scheme) + ":";
        if (address.starts_with(prefix)) {
            return &tracker;
        }
    }
    return nullptr;
}

}  // namespace metricgate::sources
