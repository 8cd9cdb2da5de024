#include "cli/policy_digest.h"

#include "policy/policy.h"
#include "sources/repository.h"

namespace metricgate::cli {

std::string policy_digest(std::string_view text, const std::vector<std::string>& read,
                          const std::vector<std::string>& applied) {
    constexpr std::string_view built_in = "metricgate:";
    if (read.empty() && applied.empty()) {
        return sources::blob_id(text);
    }
    std::string ids = sources::blob_id(text) + "\n";
    for (const std::string& extended : read) {
        ids += sources::blob_id(extended) + "\n";
    }
    for (const std::string& name : applied) {
        if (name.starts_with(built_in)) {
            // A gate comes with the program: another version may judge by another text.
            const std::string* gate = policy::built_in_gate(name.substr(built_in.size()));
            ids += (gate == nullptr ? std::string("unknown") : sources::blob_id(*gate)) + "\n";
        }
    }
    return sources::blob_id(ids);
}

}  // namespace metricgate::cli
