#include "report/policy_place.h"

#include <algorithm>

#include "support/hash.h"

namespace metricgate::report {
namespace {

constexpr const char* usual_policy = ".metricgate.yaml";

bool is_shipped(const std::string& source, const verdict::PolicyInfo& policy) {
    return policy.built_in || source.starts_with("metricgate:");
}

/// "HEAD^1:gates/a.yaml", read from a commit, is gates/a.yaml in the work tree.
std::string file_of(std::string source, const verdict::PolicyInfo& policy) {
    if (source.empty() || is_shipped(source, policy)) {
        return usual_policy;
    }
    const std::size_t colon = source.rfind(':');
    const bool committed = !policy.revision.empty() && policy.revision != "worktree";
    if (committed && colon != std::string::npos) {
        source.erase(0, colon + 1);
    }
    while (source.starts_with("./")) {
        source.erase(0, 2);
    }
    return source;
}

void append_hex(std::string& text, std::uint64_t number) {
    for (int shift = 60; shift >= 0; shift -= 4) {
        text += "0123456789abcdef"[(number >> static_cast<unsigned>(shift)) & 15U];
    }
}

/// A part with its length, so that no two lists of parts read alike.
void append_part(std::string& text, const std::string& part) {
    text += std::to_string(part.size()) + ":" + part;
}

}  // namespace

PolicyPlace place_of(const verdict::CheckResult* row, const verdict::PolicyInfo& policy) {
    const bool known = row != nullptr && row->rule.where.file != nullptr;
    const std::string source = known ? *row->rule.where.file : policy.source;
    PolicyPlace place;
    place.file = file_of(source, policy);
    if (known && !is_shipped(source, policy)) {
        place.line = std::max<std::uint32_t>(row->rule.where.line, 1);
        place.column = std::max<std::uint32_t>(row->rule.where.column, 1);
    }
    return place;
}

std::string fingerprint(const verdict::CheckResult* row, const verdict::PolicyInfo& policy) {
    std::string key;
    append_part(key, place_of(nullptr, policy).file);
    if (row != nullptr) {
        append_part(key, row->rule.id);
        for (const auto& [column, value] : row->rule.slice) {
            append_part(key, column);
            append_part(key, value);
        }
    }
    std::string digits;
    append_hex(digits, support::hash64(key, 0));
    append_hex(digits, support::hash64(key, 1));
    return digits;
}

}  // namespace metricgate::report
