#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/recording.h"
#include "sources/tensorboard_event.h"
#include "sources/tensorboard_hparams.h"
#include "support/diagnostic.h"

namespace metricgate::sources {

/// One run of TensorBoard, from its event files in their order.
///
/// A program that crashed and went on from a checkpoint writes the steps since that checkpoint
/// again. TensorBoard's rule, which is ours: a value at step s takes the place of all earlier
/// values of its tag at s and behind it, in the order of the file, whatever the clock says.
class TensorboardRun {
public:
    explicit TensorboardRun(std::string source) : m_source(std::move(source)) {}

    /// Takes the events of one more file, which messages call `name`. A file that ends inside a
    /// record is read up to there, with a note.
    std::optional<support::Diagnostic> add(std::string_view bytes, const std::string& name);
    /// Whether the hparams plugin says how this run, and the runs below it, ended.
    [[nodiscard]] bool has_session() const { return m_session.exists(); }
    [[nodiscard]] Run finish(std::string id);

private:
    struct Tag {
        bool scalar = false;  ///< what its first value says; other tags are left out
        std::vector<Point> points;
        std::optional<support::Diagnostic> flaw;
    };

    void take(const Event& event, const std::string& name);
    void take_hparams(const EventValue& value, const std::string& name);
    void describe_session(Run& run) const;
    void put(Tag& tag, const EventValue& value, const Event& event);

    std::string m_source;
    std::map<std::string, Tag, std::less<>> m_tags;
    Run m_moments;  ///< nothing but them
    TensorboardSession m_session;
    std::vector<std::string> m_notes;
    std::size_t m_replaced = 0;
    std::optional<std::int64_t> m_restart;  ///< the first step that was written again
};

}  // namespace metricgate::sources
