#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include "support/diagnostic.h"

namespace metricgate::support {

/// A value, or the problems that prevented it. Rooms return this instead of throwing.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value)) {
    }                             // NOLINT(google-explicit-constructor)
    Result(Diagnostics problems)  // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<1>, std::move(problems)) {
        assert(!std::get<1>(m_state).empty());
    }
    Result(Diagnostic problem)  // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<1>, Diagnostics{std::move(problem)}) {}

    [[nodiscard]] bool ok() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    [[nodiscard]] const T& value() const& {
        assert(ok());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T& value() & {
        assert(ok());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T&& value() && {
        assert(ok());
        return std::move(*std::get_if<0>(&m_state));
    }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    /// The problems; empty when the result holds a value.
    [[nodiscard]] const Diagnostics& problems() const noexcept {
        static const Diagnostics none;
        const auto* held = std::get_if<1>(&m_state);
        return held != nullptr ? *held : none;
    }

private:
    std::variant<T, Diagnostics> m_state;
};

/// The value of an operation that has none to give.
struct Done {};

}  // namespace metricgate::support
