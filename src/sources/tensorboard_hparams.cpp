// The messages of tensorboard/plugins/hparams: plugin_data.proto and api.proto, and Value of
// protobuf's struct.proto.

#include "sources/tensorboard_hparams.h"

#include <bit>

#include "sources/protobuf_wire.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using Kind = WireField::Kind;
using Status = TensorboardSession::Status;

bool is_text(std::string_view bytes) {
    return support::find_invalid_utf8(bytes) == std::string_view::npos;
}

/// A hyperparameter as text; empty for null, lists and maps.
bool read_hparam(std::string_view message, std::string& text) {
    bool well_formed = true;
    WireReader fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == 2 && field.kind == Kind::fixed64) {
            text = support::format_exact(std::bit_cast<double>(field.value));
        } else if (field.number == 3 && field.kind == Kind::bytes) {
            well_formed &= is_text(field.bytes);
            text = std::string(field.bytes);
        } else if (field.number == 4 && field.kind == Kind::varint) {
            text = field.value != 0 ? "true" : "false";
        }
    }
    return well_formed && !fields.malformed();
}

/// An entry of the map of hyperparameters.
bool read_entry(std::string_view message, TensorboardSession& session) {
    std::string name;
    std::string text;
    bool well_formed = true;
    WireReader fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == 1 && field.kind == Kind::bytes) {
            well_formed &= is_text(field.bytes);
            name = std::string(field.bytes);
        } else if (field.number == 2 && field.kind == Kind::bytes) {
            well_formed &= read_hparam(field.bytes, text);
        }
    }
    if (well_formed && !fields.malformed() && !name.empty() && !text.empty()) {
        session.hparams.insert_or_assign(name, text);
    }
    return well_formed && !fields.malformed();
}

/// The fields of one number of a message, each given to `read`.
template <class Read>
bool each_message(std::string_view message, std::uint32_t number, const Read& read) {
    bool well_formed = true;
    WireReader fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == number && field.kind == Kind::bytes) {
            well_formed &= read(field.bytes);
        }
    }
    return well_formed && !fields.malformed();
}

bool read_end(std::string_view message, TensorboardSession& session) {
    session.status = Status::unknown;
    session.started = false;
    bool known = true;
    WireReader fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == 1 && field.kind == Kind::varint) {
            known &= field.value <= 3;
            session.status = field.value == 1   ? Status::success
                             : field.value == 2 ? Status::failure
                             : field.value == 3 ? Status::running
                                                : Status::unknown;
        }
    }
    return known && !fields.malformed();
}

bool read_metric_name(std::string_view message, TensorboardSession& session) {
    std::string_view group;
    std::string_view tag;
    WireReader fields(message);
    for (WireField field; fields.next(field);) {
        if (field.kind == Kind::bytes) {
            group = field.number == 1 ? field.bytes : group;
            tag = field.number == 2 ? field.bytes : tag;
        }
    }
    if (group.empty() && !tag.empty() && is_text(tag)) {
        session.metrics.emplace(tag);
    }
    return !fields.malformed();
}

bool read_experiment(std::string_view message, TensorboardSession& session) {
    constexpr std::uint32_t metric_infos = 5;
    constexpr std::uint32_t name = 1;
    return each_message(message, metric_infos, [&](std::string_view info) {
        return each_message(
            info, name, [&](std::string_view metric) { return read_metric_name(metric, session); });
    });
}

}  // namespace

bool read_hparams(std::string_view plugin_data, TensorboardSession& session) {
    constexpr std::uint32_t hparams = 1;
    bool well_formed = true;
    WireReader fields(plugin_data);
    for (WireField field; fields.next(field);) {
        if (field.kind != Kind::bytes) {
            continue;
        }
        if (field.number == 2) {
            well_formed &= read_experiment(field.bytes, session);
        } else if (field.number == 3) {
            session.started = true;
            session.status = Status::unknown;
            well_formed &= each_message(field.bytes, hparams, [&](std::string_view entry) {
                return read_entry(entry, session);
            });
        } else if (field.number == 4) {
            session.malformed_end = !read_end(field.bytes, session);
            well_formed &= !session.malformed_end;
        }
    }
    return well_formed && !fields.malformed();
}

}  // namespace metricgate::sources
