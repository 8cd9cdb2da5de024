#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/files.h"
#include "support/node.h"
#include "support/result.h"

namespace metricgate::sources {

/// The regular files at and below one folder, by their path relative to it, with `/` between the
/// parts. Links are not followed.
class FileTree {
public:
    virtual ~FileTree() = default;
    /// Sorted by bytes.
    [[nodiscard]] virtual const std::vector<std::string>& names() const = 0;
    [[nodiscard]] virtual support::Result<support::Bytes> read(const std::string& name) const = 0;
    [[nodiscard]] bool contains(std::string_view name) const;
};

/// A tree in memory, for tests: content by relative path.
std::shared_ptr<const FileTree> tree_of(std::map<std::string, std::string> files);

/// What a format looks at: the bytes of a file, or a folder. Packed files are unpacked before.
class Document {
public:
    Document(support::Bytes bytes, std::string source);
    Document(std::shared_ptr<const FileTree> folder, std::string source);
    /// Of text that `support::as_text` gave out, so that it is not looked through again.
    static Document of_text(support::Bytes text, std::string source);

    [[nodiscard]] const std::string& source() const noexcept { return m_source; }
    [[nodiscard]] bool is_folder() const noexcept { return m_folder != nullptr; }
    [[nodiscard]] const FileTree& folder() const { return *m_folder; }
    [[nodiscard]] const support::Bytes& bytes() const noexcept { return m_bytes; }
    /// The text (UTF-8, without its mark), or nothing when the bytes are no text or there is a
    /// folder.
    [[nodiscard]] std::optional<std::string_view> text() const;
    /// The same with the problem said.
    [[nodiscard]] support::Result<std::string_view> require_text() const;
    /// The JSON document (an object or a list), parsed once; null when the text begins with neither
    /// `{` nor `[`, or is no valid JSON. Above 16 MiB it has gaps, see unread_parts.h.
    [[nodiscard]] const support::Node* json() const;
    /// The same with the problem said.
    [[nodiscard]] support::Result<const support::Node*> require_json() const;
    /// The first line of the text without its line end; empty when there is no text.
    [[nodiscard]] std::string_view first_line() const;

private:
    struct Parsed;
    support::Bytes m_bytes;
    std::shared_ptr<const FileTree> m_folder;
    std::string m_source;
    std::shared_ptr<Parsed> m_parsed;  ///< filled at the first question
};

}  // namespace metricgate::sources
