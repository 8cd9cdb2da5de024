// Runs a target over its seeds, their beginnings, and the files of folders, where there is no
// libFuzzer: fuzz_NAME [FOLDER...]
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include "fuzz/target.h"

namespace {

namespace fs = std::filesystem;
using metricgate::fuzz::Seed;

std::string current;  ///< what is being run, for the message when it ends the process
std::size_t runs = 0;

/// In memory of its own, so that a read behind its end is seen by the sanitizers.
void run(std::string_view bytes) {
    const std::unique_ptr<std::uint8_t[]> copy(new std::uint8_t[bytes.size()]);
    std::copy(bytes.begin(), bytes.end(), copy.get());
    ++runs;
    LLVMFuzzerTestOneInput(copy.get(), bytes.size());
}

void run_beginnings(const Seed& seed) {
    const std::size_t size = seed.bytes.size();
    const std::size_t cuts = std::min(seed.cuts, size);
    for (std::size_t cut = 0; cut < cuts; ++cut) {
        const std::size_t length = cut * size / cuts;
        current = seed.name + ", its first " + std::to_string(length) + " bytes";
        run(std::string_view(seed.bytes).substr(0, length));
    }
}

void tell_current() {
    std::cerr << "the input was " << current << std::endl;
}

void tell_and_die(int signal) {
    tell_current();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

}  // namespace

/// Sanitizers call this before they end the process; nothing is there without one.
extern "C" void __sanitizer_set_death_callback(void (*)()) __attribute__((weak));

int main(int argc, char** argv) {
    if (__sanitizer_set_death_callback != nullptr) {
        __sanitizer_set_death_callback(tell_current);
    }
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE}) {
        std::signal(signal, tell_and_die);
    }
    const std::vector<Seed> seeds = metricgate::fuzz::seeds();
    for (const Seed& seed : seeds) {
        current = seed.name;
        run(seed.bytes);
        run_beginnings(seed);
    }
    std::size_t saved = 0;
    for (int i = 1; i < argc; ++i) {
        for (const auto& entry : fs::recursive_directory_iterator(argv[i])) {
            if (entry.is_regular_file()) {
                std::ifstream file(entry.path(), std::ios::binary);
                current = entry.path().string();
                run(std::string(std::istreambuf_iterator<char>(file), {}));
                ++saved;
            }
        }
    }
    std::cout << runs << " runs, of " << seeds.size() << " seeds and " << saved
              << " saved inputs\n";
    return runs > 1 ? 0 : 1;
}
