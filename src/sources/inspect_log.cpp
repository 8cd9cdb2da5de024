#include "sources/inspect_log.h"

#include <algorithm>
#include <utility>

#include "sources/node_text.h"
#include "sources/unread_parts.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Done;
using support::Node;

constexpr std::string_view header_name = "header.json";
constexpr std::string_view start_name = "_journal/start.json";
constexpr support::DocumentLimits member_limits{std::size_t{64} << 20, 64, 1'000'000};
/// Samples are unpacked one by one: more of them cost time, no memory.
constexpr ZipLimits archive_limits{
    200'000, std::uint64_t{16} << 30, {std::uint64_t{128} << 20, 200}};
/// For looking at the names of members alone.
constexpr ZipLimits no_limits{200'000, ~std::uint64_t{0}, {~std::uint64_t{0}, 1}};

bool is_header(const Node* root) {
    return member_of(root, "status", Node::Kind::text) != nullptr &&
           member_of(member_of(root, "eval", Node::Kind::map), "task", Node::Kind::text) != nullptr;
}

bool is_sample(const ZipMember& member) {
    return member.name.starts_with("samples/") && member.name.ends_with(".json");
}

support::Result<Node> read_member(const ZipArchive& archive, const ZipMember& member,
                                  const std::string& source) {
    if (member.size > member_limits.bytes) {
        return support::problem_in(source + "/" + member.name,
                                   "unpacks to more than the limit of " +
                                       support::count_of(member_limits.bytes, "byte", "bytes") +
                                       " for a JSON document");
    }
    const auto bytes = archive.read(member);
    if (!bytes) {
        return bytes.problems();
    }
    return support::parse_json_without(
        bytes->view(), source + "/" + member.name, member_limits,
        is_sample(member) ? unread_of_sample() : std::vector<support::JsonSkip>());
}

}  // namespace

bool InspectLog::recognises(const Document& document) {
    if (document.is_folder()) {
        return false;
    }
    if (!ZipArchive::is_zip(document.bytes().view())) {
        return is_header(document.json());
    }
    const auto archive = ZipArchive::open(document.bytes(), document.source(), no_limits);
    return archive &&
           (archive->find(start_name) != nullptr ||
            (archive->find(header_name) != nullptr && archive->find("summaries.json") != nullptr));
}

support::Result<InspectLog> InspectLog::open(const Document& document) {
    InspectLog log;
    log.m_source = document.source();
    if (!ZipArchive::is_zip(document.bytes().view())) {
        const auto root = log_json(document);
        if (!root) {
            return root.problems();
        }
        log.m_header = *root;
    } else {
        auto archive = ZipArchive::open(document.bytes(), document.source(), archive_limits);
        if (!archive) {
            return archive.problems();
        }
        const ZipMember* header = archive->find(header_name);
        if (header == nullptr) {
            return support::problem_in(
                log.m_source,
                "this log has no header.json: the evaluation did not end, or was cut off; run "
                "`inspect eval-retry`, or give the log of an evaluation that ended");
        }
        auto node = read_member(*archive, *header, log.m_source);
        if (!node) {
            return node.problems();
        }
        log.m_owned = std::make_shared<const Node>(std::move(*node));
        log.m_header = log.m_owned.get();
        log.m_archive = std::move(*archive);
    }
    if (!is_header(log.m_header)) {
        return support::Diagnostic{log.m_header->where,
                                   "this is no log of inspect_ai: wanted the text `status` and "
                                   "the map `eval` with its `task`"};
    }
    return log;
}

std::optional<support::Diagnostic> InspectLog::refusal() const {
    const Node& status = *m_header->find("status");
    if (status.text != "success") {
        const std::string why = plain_text(
            member_of(member_of(m_header, "error", Node::Kind::map), "message", Node::Kind::text));
        return support::Diagnostic{
            status.where, "the evaluation ended with the status '" + support::visible(status.text) +
                              "', wanted 'success'" +
                              (why.empty() ? "" : ": " + support::visible(why))};
    }
    const Node* invalidated = m_header->find("invalidated");
    if (invalidated != nullptr && invalidated->kind == Node::Kind::boolean &&
        invalidated->boolean) {
        return support::Diagnostic{invalidated->where,
                                   "this log was declared invalid (`invalidated: true`)"};
    }
    return std::nullopt;
}

support::Result<Done> InspectLog::each_sample(
    const std::function<support::Result<Done>(const Node&)>& take) const {
    if (!m_archive) {
        const Node* samples = member_of(m_header, "samples", Node::Kind::list);
        for (std::size_t i = 0; samples != nullptr && i < samples->items.size(); ++i) {
            if (auto done = take(samples->items[i]); !done) {
                return done;
            }
        }
        return Done{};
    }
    for (const ZipMember& member : m_archive->members()) {
        if (!is_sample(member)) {
            continue;
        }
        const auto sample = read_member(*m_archive, member, m_source);
        if (!sample) {
            return sample.problems();
        }
        if (auto done = take(*sample); !done) {
            return done;
        }
    }
    return Done{};
}

}  // namespace metricgate::sources
