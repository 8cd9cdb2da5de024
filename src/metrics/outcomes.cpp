#include "metrics/outcomes.h"

namespace metricgate::metrics {
namespace {

/// Success mass over the mass that counts.
struct OutcomeShare {
    double part = 0.0;
    double whole = 0.0;

    void add(const OutcomesForm& form, const Parameters& parameters, std::size_t label,
             std::size_t predicted, double mass) {
        const auto label_code = static_cast<std::uint32_t>(label);
        if (form.counts(label_code, parameters)) {
            whole += mass;
            const auto predicted_code = static_cast<std::uint32_t>(predicted);
            part += form.success(label_code, predicted_code, parameters) ? mass : 0.0;
        }
    }
};

Value value_of_outcomes(const OutcomesForm& form, const Parameters& parameters,
                        const Confusion& confusion) {
    OutcomeShare share;
    for (std::size_t label = 0; label < confusion.classes; ++label) {
        for (std::size_t predicted = 0; predicted < confusion.classes; ++predicted) {
            share.add(form, parameters, label, predicted, confusion.at(label, predicted));
        }
    }
    if (share.whole > 0.0) {
        return Value::of(share.part / share.whole);
    }
    // The confusion matrix says why, and applies `when_undefined`.
    return form.value != nullptr ? form.value(confusion, parameters)
                                 : Value::undefined("no examples");
}

}  // namespace

bool is_outcome(const Metric& metric) {
    if (metric.definition == nullptr ||
        !std::holds_alternative<OutcomesForm>(metric.definition->form)) {
        return false;
    }
    switch (metric.parameters.average) {
        case Average::binary:
        case Average::one_class:
            return true;
        case Average::macro:
        case Average::micro:
        case Average::weighted:
            return !metric.definition->averaged;
    }
    return false;
}

Value value_of(const Metric& metric, const Confusion& confusion) {
    if (metric.definition == nullptr) {
        return Value::undefined("'" + metric.name + "' cannot be computed from predictions");
    }
    if (const auto* cells = std::get_if<CellsForm>(&metric.definition->form)) {
        return cells->value(confusion, metric.parameters);
    }
    if (const auto* outcomes = std::get_if<OutcomesForm>(&metric.definition->form)) {
        return is_outcome(metric) ? value_of_outcomes(*outcomes, metric.parameters, confusion)
                                  : outcomes->value(confusion, metric.parameters);
    }
    return Value::undefined("'" + metric.name + "' is not a function of a confusion matrix");
}

Value value_of_cells(const Metric& metric, const std::vector<JointCell>& cells,
                     evidence::Side side) {
    const auto& form = std::get<OutcomesForm>(metric.definition->form);
    OutcomeShare share;
    for (const JointCell& cell : cells) {
        share.add(form, metric.parameters, cell.label,
                  side == evidence::Side::baseline ? cell.baseline : cell.candidate, cell.weight);
    }
    if (share.whole > 0.0) {
        return Value::of(share.part / share.whole);
    }
    return metric.parameters.when_undefined ? Value::of(*metric.parameters.when_undefined)
                                            : Value::undefined("no example counts");
}

}  // namespace metricgate::metrics
