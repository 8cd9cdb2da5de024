#include "history/readers.h"
#include "history/store.h"

namespace metricgate::history {

support::Result<Histories> read_store(const Request& request) {
    const std::string path = request.address.empty() ? std::string(default_store) : request.address;
    const auto store = open_store(path, *request.files, request.trust, request.root);
    auto histories = store->read({request.metrics, request.window});
    if (!histories.ok()) {
        return histories.problems();
    }
    Histories answer;
    answer.source = path;
    answer.histories = std::move(histories).value();
    answer.files = store->files();
    return answer;
}

}  // namespace metricgate::history
