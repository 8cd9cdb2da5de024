#include "cli/condition.h"

#include <algorithm>
#include <optional>

#include "support/text.h"

namespace metricgate::cli {
namespace {

std::optional<std::string> value_of(const std::string& key, const CheckArguments& arguments,
                                    const evidence::Metadata& recorded) {
    for (const auto& [name, given] : arguments.metadata) {
        if (name == key) {
            return given;
        }
    }
    const auto found = recorded.find(key);
    return found == recorded.end() ? std::nullopt : std::optional(found->second);
}

/// What a baseline that meets `when:` says of the key by which the candidate does not: the change
/// may have written that to drop the check.
std::string switched_off_by(const std::string& key, const std::string& value,
                            const policy::Check& check, const CheckArguments& arguments,
                            const LoadedInput& loaded) {
    if (!loaded.info.baseline) {
        return "";
    }
    const evidence::Metadata& recorded = loaded.info.baseline->metadata;
    const bool met = std::ranges::all_of(check.when, [&](const auto& asked) {
        const auto before = value_of(asked.first, arguments, recorded);
        return before && std::ranges::find(asked.second.value, *before) != asked.second.value.end();
    });
    return met ? "the candidate records " + support::visible(key) + " '" + support::visible(value) +
                     "', and by the baseline's '" +
                     support::visible(*value_of(key, arguments, recorded)) +
                     "' it would be judged; a change that writes its own metadata can drop it so, "
                     "and --metadata " +
                     support::visible(key) + "=VALUE decides instead"
               : "";
}

}  // namespace

Condition condition_of(const policy::Check& check, const CheckArguments& arguments,
                       const LoadedInput& loaded) {
    for (const auto& [key, allowed] : check.when) {
        const auto value = value_of(key, arguments, loaded.info.candidate.metadata);
        const std::string wanted = support::enumerate(allowed.value, "or");
        // A candidate could otherwise drop its metadata to drop the check.
        if (!value) {
            return {false,
                    "`when:` asks for " + key + ", which the candidate does not record; wanted " +
                        wanted + " or another value; record it, or pass --metadata " + key +
                        "=VALUE",
                    ""};
        }
        if (std::ranges::find(allowed.value, *value) == allowed.value.end()) {
            return {true, "when: " + key + " is '" + *value + "', wanted " + wanted,
                    switched_off_by(key, *value, check, arguments, loaded)};
        }
    }
    return {};
}

}  // namespace metricgate::cli
