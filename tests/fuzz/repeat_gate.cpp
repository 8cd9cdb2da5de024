// Evaluates golden cases in one process, again and again, and requires that memory stays flat:
// repeat_gate EVALUATIONS [CASES] CASES are taken from all golden cases in equal steps; all of them
// when it is left out. What leaks, LeakSanitizer tells at the end.
#include <malloc.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "fuzz/gate_runs.h"
#include "fuzz/target.h"
#include "support/number.h"

/// Of the sanitizers; nothing is there without one.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes() __attribute__((weak));

namespace {

using metricgate::fuzz::Seed;

bool is_sanitized() {
    return __sanitizer_get_current_allocated_bytes != nullptr;
}

std::size_t bytes_in_use() {
    return is_sanitized() ? __sanitizer_get_current_allocated_bytes() : ::mallinfo2().uordblks;
}

/// What may stay of all rounds after the first, which fills the tables that are made once. The C
/// library also counts what it holds ready.
std::size_t most_growth() {
    return is_sanitized() ? std::size_t{4} << 10 : std::size_t{1} << 20;
}

std::vector<Seed> evaluations(std::size_t most) {
    std::vector<Seed> all;
    for (Seed& seed : metricgate::fuzz::seeds()) {
        if (seed.name.starts_with("tests/") && metricgate::fuzz::is_evaluation(seed.bytes)) {
            all.push_back(std::move(seed));
        }
    }
    std::vector<Seed> chosen;
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
        chosen.push_back(std::move(all[i * all.size() / std::min(most, all.size())]));
    }
    return chosen;
}

std::size_t count_of(const char* text) {
    const auto number = metricgate::support::parse_number(text);
    return number.kind == metricgate::support::NumberKind::finite && number.value >= 1.0
               ? static_cast<std::size_t>(number.value)
               : 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t wanted = argc > 1 ? count_of(argv[1]) : 0;
    const std::size_t cases = argc > 2 ? count_of(argv[2]) : static_cast<std::size_t>(-1);
    if (wanted == 0 || cases == 0) {
        std::cerr << "usage: repeat_gate EVALUATIONS [CASES]\n";
        return 2;
    }
    const std::vector<Seed> seeds = evaluations(cases);
    std::size_t runs = 0;
    std::size_t first = 0;
    std::size_t last = 0;
    std::size_t rounds = 0;
    for (; runs < wanted || rounds < 3; ++rounds) {
        for (const Seed& seed : seeds) {
            const auto* bytes = reinterpret_cast<const std::uint8_t*>(seed.bytes.data());
            LLVMFuzzerTestOneInput(bytes, seed.bytes.size());
            ++runs;
        }
        last = bytes_in_use();
        first = rounds == 0 ? last : first;
    }
    const bool flat = !seeds.empty() && last <= first + most_growth();
    std::cout << runs << " evaluations of " << seeds.size()
              << " cases; bytes in use after the first round " << first << ", after the last "
              << last << (flat ? "\n" : ": memory grows\n");
    return flat ? 0 : 1;
}
