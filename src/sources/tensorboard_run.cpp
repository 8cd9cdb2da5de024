#include "sources/tensorboard_run.h"

#include <algorithm>
#include <utility>

#include "sources/tfrecord.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

/// Whether a tag whose first value this is holds scalars.
bool begins_scalars(const EventValue& value) {
    if (value.says_scalar || value.says_other) {
        return value.says_scalar;
    }
    return value.kind == EventValue::Kind::simple ||
           (value.kind == EventValue::Kind::scalar_tensor && !value.has_metadata);
}

bool is_scalar(const EventValue& value) {
    return value.kind == EventValue::Kind::simple || value.kind == EventValue::Kind::scalar_tensor;
}

}  // namespace

std::optional<support::Diagnostic> TensorboardRun::add(std::string_view bytes,
                                                       const std::string& name) {
    TfRecords records(bytes);
    Event event;
    std::size_t read = 0;
    for (TfRecords::Next next = records.next();; next = records.next()) {
        switch (next) {
            case TfRecords::Next::end:
                if (read == 0) {
                    m_notes.push_back("the event file '" + support::visible(name) + "' is empty");
                }
                return std::nullopt;
            case TfRecords::Next::cut:
                if (read == 0) {
                    return support::problem_in(
                        name, "ends inside its first record: it was not written or copied whole");
                }
                m_notes.push_back(
                    "the event file '" + support::visible(name) +
                    "' ends inside the record at byte " + std::to_string(records.offset()) +
                    ": the run was still writing or was stopped; what stands before was read");
                return std::nullopt;
            case TfRecords::Next::damaged:
                return support::problem_in(
                    name, "the checksum of the record at byte " + std::to_string(records.offset()) +
                              " is wrong: the file is damaged, or is no event file of TensorBoard");
            case TfRecords::Next::record:
                break;
        }
        if (!read_event(records.record(), event)) {
            return support::problem_in(name, "the record at byte " +
                                                 std::to_string(records.offset()) +
                                                 " is no event of TensorBoard");
        }
        for (const EventValue& value : event.values) {
            if (value.tag.empty() ||
                support::find_invalid_utf8(value.tag) != std::string_view::npos) {
                return support::problem_in(name, "a value of the record at byte " +
                                                     std::to_string(records.offset()) +
                                                     " has a tag that is empty or no UTF-8 text");
            }
        }
        take(event, name);
        if (m_session.malformed_end) {
            return support::problem_in(name, "the record at byte " +
                                                 std::to_string(records.offset()) +
                                                 " ends a session of the hparams plugin in a way "
                                                 "that TensorBoard does not write");
        }
        ++read;
    }
}

void TensorboardRun::take(const Event& event, const std::string& name) {
    for (const EventValue& value : event.values) {
        if (value.plugin == "hparams") {
            take_hparams(value, name);
        }
        const auto found = m_tags.find(value.tag);
        const bool is_new = found == m_tags.end();
        Tag& tag = is_new ? m_tags[std::string(value.tag)] : found->second;
        if (is_new) {
            tag.scalar = begins_scalars(value);
        }
        if (!tag.scalar) {
            continue;
        }
        if (is_scalar(value)) {
            put(tag, value, event);
        } else if (!tag.flaw) {
            tag.flaw =
                support::problem_in(name, "'" + support::visible(value.tag) + "' at step " +
                                              std::to_string(event.step) +
                                              " is no scalar, wanted one float without dimensions");
        }
    }
}

void TensorboardRun::take_hparams(const EventValue& value, const std::string& name) {
    TensorboardSession session = m_session;
    if (read_hparams(value.plugin_data, session)) {
        m_session = std::move(session);
        return;
    }
    m_session.malformed_end = session.malformed_end;
    m_notes.push_back("'" + support::visible(value.tag) + "' in the event file '" +
                      support::visible(name) +
                      "' holds no hyperparameters as TensorBoard writes them; they are left out");
}

/// The plugin's metrics are scalars of the run, and read as such.
void TensorboardRun::describe_session(Run& run) const {
    for (const auto& [name, text] : m_session.hparams) {
        run.metadata.emplace("hparams." + name, text);
    }
    std::vector<std::string> absent;
    for (const std::string& metric : m_session.metrics) {
        const auto tag = m_tags.find(metric);
        if (!m_session.hparams.empty() && (tag == m_tags.end() || !tag->second.scalar)) {
            absent.push_back("'" + support::visible(metric, 60) + "'");
        }
    }
    if (!absent.empty()) {
        constexpr std::size_t most = 5;
        const std::size_t more = absent.size() > most ? absent.size() - most : 0;
        absent.resize(std::min(absent.size(), most));
        if (more > 0) {
            absent.push_back(std::to_string(more) + " more");
        }
        run.notes.push_back("the hparams plugin names metrics of which this run has no scalar: " +
                            support::enumerate(absent));
    }
    // `hp.hparams` alone, as TensorFlow's own guide calls it, records a beginning and never an end.
    if (m_session.started) {
        run.notes.emplace_back("the hparams plugin records no end of this run");
    }
    using Status = TensorboardSession::Status;
    const bool failed = m_session.status == Status::failure;
    if (failed || m_session.status == Status::running) {
        run.refused = support::problem_in(
            m_source,
            (run.id.empty() ? std::string("the run") : "run '" + support::visible(run.id) + "'") +
                (failed ? " ended as FAILURE" : " is RUNNING") +
                ", says the hparams plugin; wanted a run that succeeded, or "
                "`select: {allow_unfinished: true}`");
    }
}

void TensorboardRun::put(Tag& tag, const EventValue& value, const Event& event) {
    const std::int64_t step = event.step;
    while (!tag.points.empty() && tag.points.back().step >= step) {
        tag.points.pop_back();
        ++m_replaced;
        m_restart = std::min(m_restart.value_or(step), step);
    }
    Moment moment;
    constexpr double last_second = 253402300799.0;  // of the year 9999
    if (event.seconds > 0.0 && event.seconds <= last_second) {
        moment.time = static_cast<std::int64_t>(event.seconds);
    }
    tag.points.push_back(
        {step, value.number, std::nullopt, std::nullopt, add_moment(m_moments, moment)});
}

Run TensorboardRun::finish(std::string id) {
    Run run;
    run.id = std::move(id);
    run.notes = std::move(m_notes);
    run.moments = std::move(m_moments.moments);
    for (auto& [name, tag] : m_tags) {
        if (tag.flaw) {
            evidence::Entry entry;
            entry.name = name;
            entry.where = tag.flaw->where;
            entry.flaw = std::move(tag.flaw);
            run.entries.push_back(std::move(entry));
        } else if (tag.scalar) {
            Series series;
            series.name = name;
            series.where = support::in_file(m_source);
            series.points = std::move(tag.points);
            run.series.push_back(std::move(series));
        }
    }
    describe_session(run);
    if (m_restart) {
        run.notes.push_back(
            support::count_of(m_replaced, "value was", "values were") +
            " written again, from step " + std::to_string(*m_restart) +
            " on (a run that went on from a checkpoint): the later ones count, as in TensorBoard");
    }
    return run;
}

}  // namespace metricgate::sources
