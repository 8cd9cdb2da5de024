#include "sources/document.h"

#include <algorithm>
#include <utility>

#include "sources/unread_parts.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

/// Above it a document is read as an evaluation log or not at all.
constexpr std::size_t largest_tree = std::size_t{16} << 20;

/// A log may hold values for each 32 of its bytes: a value costs about 180 in memory.
support::DocumentLimits limits_of_log(std::size_t size) {
    constexpr std::size_t largest_log = std::size_t{512} << 20;
    constexpr std::size_t fewest = 2'000'000;
    return {largest_log, 64, std::max(fewest, std::min(size, largest_log) / 32)};
}

class MemoryTree final : public FileTree {
public:
    explicit MemoryTree(std::map<std::string, std::string> files) : m_files(std::move(files)) {
        for (const auto& [name, content] : m_files) {
            m_names.push_back(name);
        }
    }
    [[nodiscard]] const std::vector<std::string>& names() const override { return m_names; }
    [[nodiscard]] support::Result<support::Bytes> read(const std::string& name) const override {
        const auto found = m_files.find(name);
        if (found == m_files.end()) {
            return support::problem_in(name, "does not exist; check the path");
        }
        return support::Bytes::of(found->second);
    }

private:
    std::map<std::string, std::string> m_files;
    std::vector<std::string> m_names;
};

}  // namespace

bool FileTree::contains(std::string_view name) const {
    return std::binary_search(names().begin(), names().end(), name);
}

std::shared_ptr<const FileTree> tree_of(std::map<std::string, std::string> files) {
    return std::make_shared<MemoryTree>(std::move(files));
}

struct Document::Parsed {
    std::optional<support::Result<std::string_view>> text;
    std::optional<support::Result<support::Node>> json;  ///< above `largest_tree`: of a log
};

Document::Document(support::Bytes bytes, std::string source)
    : m_bytes(std::move(bytes)),
      m_source(std::move(source)),
      m_parsed(std::make_shared<Parsed>()) {}

Document::Document(std::shared_ptr<const FileTree> folder, std::string source)
    : m_folder(std::move(folder)),
      m_source(std::move(source)),
      m_parsed(std::make_shared<Parsed>()) {}

Document Document::of_text(support::Bytes text, std::string source) {
    Document document(std::move(text), std::move(source));
    document.m_parsed->text = document.m_bytes.view();
    return document;
}

support::Result<std::string_view> Document::require_text() const {
    if (is_folder()) {
        return support::problem_in(m_source, "is a directory; name a file");
    }
    if (!m_parsed->text) {
        m_parsed->text = support::as_text(m_bytes.view(), m_source);
    }
    return *m_parsed->text;
}

std::optional<std::string_view> Document::text() const {
    const auto text = require_text();
    return text.ok() ? std::optional<std::string_view>(*text) : std::nullopt;
}

support::Result<const support::Node*> Document::require_json() const {
    const auto text = require_text();
    if (!m_parsed->json) {
        m_parsed->json = !text.ok() ? support::Result<support::Node>(text.problems())
                         : text->size() <= largest_tree
                             ? support::parse_json(*text, m_source)
                             : support::parse_json_without(
                                   *text, m_source, limits_of_log(text->size()), unread_of_logs());
    }
    if (!m_parsed->json->ok()) {
        return m_parsed->json->problems();
    }
    if (text->size() > largest_tree) {
        return support::problem_in(m_source, "is larger than the limit of " +
                                                 support::count_of(largest_tree, "byte", "bytes") +
                                                 " for a JSON document that is no evaluation log");
    }
    const support::Node& document = **m_parsed->json;
    return &document;
}

const support::Node* Document::json() const {
    const auto shown = text();
    const std::size_t first = shown ? shown->find_first_not_of(" \t\r\n") : std::string_view::npos;
    if (first == std::string_view::npos || ((*shown)[first] != '{' && (*shown)[first] != '[')) {
        return nullptr;
    }
    static_cast<void>(require_json());  // fills what is asked next
    return m_parsed->json->ok() ? &**m_parsed->json : nullptr;
}

std::string_view Document::first_line() const {
    const auto shown = text();
    const std::string_view all = shown.value_or(std::string_view());
    const std::string_view line = all.substr(0, all.find('\n'));
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace metricgate::sources
