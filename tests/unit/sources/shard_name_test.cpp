#include "sources/shard_name.h"

#include <string>

#include "support/catch.h"

using metricgate::sources::shard_of;

namespace {

std::string told(std::string_view path) {
    const auto shard = shard_of(path);
    return shard ? std::to_string(shard->index) + " of " + std::to_string(shard->count) : "none";
}

}  // namespace

TEST_CASE("the part of a file is what its own name says", "[sources]") {
    CHECK(told("out/metrics-00001-of-00003.tfrecord") == "1 of 3");
    CHECK(told("stats-00000-of-00001") == "0 of 1");
    CHECK(shard_of("stats-00000-of-00001")->is_all());
    CHECK_FALSE(shard_of("stats-00001-of-00001")->is_all());
    CHECK(told("best-of-5/metrics.tfrecord") == "none");
    CHECK(told("run-00000-of-00002/metrics") == "none");
    CHECK(told("best-of-5") == "none");
    CHECK(told("-of-") == "none");
    CHECK(told("a-1-of-") == "none");
    CHECK(told("0-of-1") == "none");
    CHECK(told("a-1-of-1234567890") == "none");
    CHECK(told("") == "none");
}
