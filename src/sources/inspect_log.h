#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "sources/document.h"
#include "sources/zip_archive.h"
#include "support/node.h"
#include "support/result.h"

namespace metricgate::sources {

/// A log of one evaluation by inspect_ai, as one JSON document or as a zip archive (`.eval`) of a
/// header and one member a sample.
class InspectLog {
public:
    static bool recognises(const Document& document);
    static support::Result<InspectLog> open(const Document& document);

    /// `status`, `eval`, `results`: all but the samples.
    [[nodiscard]] const support::Node& header() const noexcept { return *m_header; }
    /// Why the log may not be judged, or nothing: the evaluation failed, was stopped, still runs or
    /// was declared invalid.
    [[nodiscard]] std::optional<support::Diagnostic> refusal() const;
    /// Hands out every sample, until one is refused. The second argument is what messages call its
    /// file.
    [[nodiscard]] support::Result<support::Done> each_sample(
        const std::function<support::Result<support::Done>(const support::Node&)>& take) const;

private:
    std::shared_ptr<const support::Node> m_owned;  ///< header of an archive
    const support::Node* m_header = nullptr;
    std::optional<ZipArchive> m_archive;
    std::string m_source;
};

}  // namespace metricgate::sources
