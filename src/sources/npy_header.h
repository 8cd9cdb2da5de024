#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace metricgate::sources {

/// One field of an array's elements; an array of plain numbers has one without a name.
struct NpyField {
    std::string name;
    char kind = 0;         ///< numpy's letter: f, i, u, b, U; others cannot be read
    std::size_t size = 0;  ///< bytes
    bool big_endian = false;
    std::size_t offset = 0;  ///< in the element
};

/// What the header of a .npy file says (numpy's format 1.0, 2.0 and 3.0).
struct NpyHeader {
    std::vector<NpyField> fields;
    std::size_t item_size = 0;  ///< bytes of one element, above 0
    bool fortran_order = false;
    std::vector<std::size_t> shape;
    std::size_t data = 0;  ///< where the elements begin; they fill the rest of the bytes exactly
};

[[nodiscard]] bool is_npy(std::string_view bytes) noexcept;

/// Reads the header and compares the size of the array with the bytes. What is wrong otherwise, as
/// one sentence; empty when nothing is.
std::string read_npy_header(std::string_view bytes, NpyHeader& header);

}  // namespace metricgate::sources
