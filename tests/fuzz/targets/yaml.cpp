// The strict YAML layer.
#include "fuzz/corpora.h"
#include "fuzz/problems.h"
#include "fuzz/target.h"
#include "fuzz/trees.h"

namespace metricgate::fuzz {

std::vector<Seed> seeds() {
    return files_ending({"cases", "gates", "data/mlflow", "data/hostile"}, {".yaml", ".yml"}, 12);
}

}  // namespace metricgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace metricgate;
    const std::string_view text = fuzz::text_of(data, size);
    const auto tree = support::parse_yaml(text, "file.yaml");
    fuzz::check_problems(tree);
    if (tree.ok()) {
        fuzz::check_tree(*tree, 32, text);
    }
    return 0;
}
