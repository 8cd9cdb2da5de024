// Under libFuzzer: `fuzz_NAME --seeds=FOLDER` writes the seeds there and ends; scripts/fuzz starts
// from them.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "fuzz/target.h"
#include "support/hash.h"

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
    constexpr std::string_view option = "--seeds=";
    for (int i = 1; i < *argc; ++i) {
        const std::string_view argument = (*argv)[i];
        if (!argument.starts_with(option)) {
            continue;
        }
        const std::filesystem::path folder = argument.substr(option.size());
        std::filesystem::create_directories(folder);
        for (const metricgate::fuzz::Seed& seed : metricgate::fuzz::seeds()) {
            const auto name = std::to_string(metricgate::support::hash64(seed.bytes));
            std::ofstream(folder / name, std::ios::binary) << seed.bytes;
        }
        std::exit(std::cout.flush().good() ? 0 : 1);
    }
    return 0;
}
