#include "evidence/codes.h"

#include <algorithm>
#include <limits>

namespace metricgate::evidence {

namespace {

using Narrow = std::vector<std::uint8_t>;
using Middle = std::vector<std::uint16_t>;
using Wide = std::vector<std::uint32_t>;

template <class Vector>
bool fits(std::uint32_t code) {
    return code <= std::numeric_limits<typename Vector::value_type>::max();
}

/// A copy in another width, with the same room for more.
template <class To, class From>
To converted(const From& from) {
    To to;
    to.reserve(from.capacity());
    for (const auto code : from) {
        to.push_back(static_cast<typename To::value_type>(code));
    }
    return to;
}

/// The codes after `map`, in the width `To`.
template <class To, class From>
To mapped(const From& from, const std::vector<std::uint32_t>& map) {
    To to;
    to.reserve(from.size());
    for (const auto code : from) {
        to.push_back(static_cast<typename To::value_type>(map[code]));
    }
    return to;
}

}  // namespace

void Codes::reserve(std::size_t count) {
    std::visit([count](auto& codes) { codes.reserve(count); }, m_codes);
}

void Codes::push_back(std::uint32_t code) {
    if (auto* narrow = std::get_if<Narrow>(&m_codes)) {
        if (fits<Narrow>(code)) {
            narrow->push_back(static_cast<std::uint8_t>(code));
            return;
        }
        if (fits<Middle>(code)) {
            m_codes = converted<Middle>(*narrow);
        } else {
            m_codes = converted<Wide>(*narrow);
        }
    }
    if (auto* middle = std::get_if<Middle>(&m_codes)) {
        if (fits<Middle>(code)) {
            middle->push_back(static_cast<std::uint16_t>(code));
            return;
        }
        m_codes = converted<Wide>(*middle);
    }
    std::get<Wide>(m_codes).push_back(code);
}

std::uint32_t Codes::operator[](std::size_t index) const noexcept {
    if (const auto* narrow = std::get_if<Narrow>(&m_codes)) {
        return (*narrow)[index];
    }
    if (const auto* middle = std::get_if<Middle>(&m_codes)) {
        return (*middle)[index];
    }
    return (*std::get_if<Wide>(&m_codes))[index];
}

std::size_t Codes::size() const noexcept {
    if (const auto* narrow = std::get_if<Narrow>(&m_codes)) {
        return narrow->size();
    }
    if (const auto* middle = std::get_if<Middle>(&m_codes)) {
        return middle->size();
    }
    return std::get_if<Wide>(&m_codes)->size();
}

void Codes::recode(const std::vector<std::uint32_t>& map) {
    const std::uint32_t largest = map.empty() ? 0 : *std::max_element(map.begin(), map.end());
    std::visit(
        [&](auto& codes) {
            using Vector = std::decay_t<decltype(codes)>;
            if (fits<Vector>(largest)) {
                for (auto& code : codes) {
                    code = static_cast<typename Vector::value_type>(map[code]);
                }
                return;
            }
            // Assigned through a copy: `codes` lives inside what is assigned to.
            auto changed = fits<Middle>(largest) ? decltype(m_codes)(mapped<Middle>(codes, map))
                                                 : decltype(m_codes)(mapped<Wide>(codes, map));
            m_codes = std::move(changed);
        },
        m_codes);
}

void Codes::select(const std::vector<std::uint32_t>& rows) {
    std::visit(
        [&rows](auto& codes) {
            std::decay_t<decltype(codes)> kept;
            kept.reserve(rows.size());
            for (const std::uint32_t row : rows) {
                kept.push_back(codes[row]);
            }
            codes = std::move(kept);
        },
        m_codes);
}

}  // namespace metricgate::evidence
