#include "sources/pair_runs.h"

#include "support/catch.h"

using namespace metricgate;
using evidence::PairedSamples;
using sources::pair_runs;
using sources::RunPairing;

namespace {

evidence::Samples runs(std::vector<double> values, std::vector<std::string> ids) {
    evidence::Samples samples;
    samples.values = std::move(values);
    samples.ids = std::move(ids);
    return samples;
}

const evidence::Samples baseline = runs({1.0, 2.0, 3.0}, {"7", "8", "9"});

}  // namespace

TEST_CASE("runs are paired by name, whatever their order", "[sources]") {
    const PairedSamples paired = pair_runs(baseline, runs({30.0, 10.0, 20.0}, {"9", "7", "8"}), {});
    CHECK(paired.incomparable.empty());
    CHECK(paired.baseline.values == std::vector<double>{1.0, 2.0, 3.0});
    CHECK(paired.candidate.values == std::vector<double>{10.0, 20.0, 30.0});
    CHECK(paired.left_out.empty());
}

TEST_CASE("a run on one side only is refused, or left out and named", "[sources]") {
    const evidence::Samples candidate = runs({10.0, 20.0, 40.0}, {"7", "8", "10"});
    CHECK(pair_runs(baseline, candidate, {}).incomparable ==
          "only the baseline has run '9'; only the candidate has run '10'; give both sides the "
          "same runs, or say `on_partial_overlap: intersect` to compare the common ones");
    const PairedSamples paired = pair_runs(baseline, candidate, {false, true, 0.5});
    CHECK(paired.incomparable.empty());
    CHECK(paired.candidate.values == std::vector<double>{10.0, 20.0});
    CHECK(paired.left_out ==
          "Runs on one side only are left out: only the baseline has run '9'; only the candidate "
          "has run '10'.");
    CHECK(pair_runs(baseline, candidate, {false, true, 0.9}).incomparable ==
          "2 of 3 runs are on both sides, a share of 0.6667; at least 0.9 is wanted; only the "
          "baseline has run '9'; only the candidate has run '10'");
    CHECK_FALSE(pair_runs(baseline, runs({1.0}, {"1"}), {false, true, 0.1}).incomparable.empty());
}

TEST_CASE("a run that stands twice or has no name is refused", "[sources]") {
    CHECK(pair_runs(baseline, runs({1.0, 2.0, 3.0}, {"7", "8", "8"}), {}).incomparable ==
          "run '8' stands twice at the candidate; each run counts once");
    CHECK(pair_runs(baseline, runs({1.0, 2.0, 3.0}, {}), {}).incomparable ==
          "the candidate's runs are not named, so they cannot be paired; record what `run_id` asks "
          "for, or say `pair_by: position`");
}

TEST_CASE("by position runs stay as they are and must be equally many", "[sources]") {
    const PairedSamples paired = pair_runs(baseline, runs({3.0, 1.0, 2.0}, {}), {true, false, 0.0});
    CHECK(paired.incomparable.empty());
    CHECK(paired.candidate.values == std::vector<double>{3.0, 1.0, 2.0});
    CHECK(pair_runs(baseline, runs({3.0, 1.0}, {}), {true, false, 0.0}).incomparable ==
          "paired by position, both sides need equally many runs; the baseline has 3, the "
          "candidate 2");
}
