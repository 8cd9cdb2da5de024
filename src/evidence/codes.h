#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace metricgate::evidence {

/// Small integers in as few bytes as they need: one each until 255 is exceeded, then two, then
/// four. A column of a million class labels costs one megabyte, not four.
class Codes {
public:
    void reserve(std::size_t count);
    void push_back(std::uint32_t code);
    [[nodiscard]] std::uint32_t operator[](std::size_t index) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept;
    /// Replaces every code c by map[c].
    void recode(const std::vector<std::uint32_t>& map);
    /// Keeps the codes at `rows`, in that order.
    void select(const std::vector<std::uint32_t>& rows);

private:
    std::variant<std::vector<std::uint8_t>, std::vector<std::uint16_t>, std::vector<std::uint32_t>>
        m_codes;
};

}  // namespace metricgate::evidence
