// The one number parser, and the number printers, against the standard library's.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "fuzz/frames.h"
#include "fuzz/target.h"
#include "support/number.h"

namespace metricgate::fuzz {

namespace {

/// What the standard library reads from the whole text; not finite where it reads less.
double read_whole(std::string_view text) {
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failed == std::errc() && end == text.data() + text.size()
               ? value
               : std::numeric_limits<double>::infinity();
}

void check_printers(double value) {
    require(read_whole(support::format_exact(value)) == value,
            "an exact number reads back as the same double", support::format_exact(value));
    if (std::abs(value) > 1e308) {
        return;  // rounded up, the largest would be no double
    }
    for (const std::string& text :
         {support::format_short(value), support::format_fixed(value, 3)}) {
        require(std::isfinite(read_whole(text)), "a printed number is a number", text);
        require(text.find_first_not_of("-0.") != std::string::npos || text.front() != '-',
                "no zero has a sign", text);
    }
    const double rounded = read_whole(support::format_short(value));
    require(std::abs(rounded - value) <= 1e-3 * std::abs(value), "four digits are right",
            support::format_short(value));
}

}  // namespace

std::vector<Seed> seeds() {
    std::vector<Seed> found;
    for (const char* text : {"0", "-0.0", "0.05", "1e-4", "9007199254740993", "1e309", "1e-400",
                             "4.9e-324", "1.7976931348623157e308", "nan", "-Infinity", "010",
                             "0x10", "1_000", "5%", "0,05", "123456789012345678901234567890",
                             "0.1000000000000000055511151231257827021181583404541"}) {
        found.push_back({text, text});
    }
    return found;
}

}  // namespace metricgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace metricgate;
    using support::NumberKind;
    const std::string_view text = fuzz::text_of(data, size);
    const support::ParsedNumber number = support::parse_number(text);
    if (number.kind == NumberKind::finite) {
        fuzz::require(std::isfinite(number.value), "a finite number is finite", text);
        fuzz::require(number.value == fuzz::read_whole(text), "both parsers read the same", text);
        fuzz::check_printers(number.value);
    }
    // Any eight bytes are a double, and most of them no text leads to.
    double any = 0;
    std::copy_n(data, std::min(size, sizeof any), reinterpret_cast<std::uint8_t*>(&any));
    if (std::isfinite(any)) {
        fuzz::check_printers(any);
    }
    return 0;
}
