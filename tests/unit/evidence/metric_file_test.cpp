#include "evidence/metric_file.h"

#include "support/catch.h"

using namespace metricgate::evidence;

TEST_CASE("an entry is found by its whole name", "[evidence]") {
    MetricFile file;
    REQUIRE(file.find("a") == nullptr);
    for (const char* name : {"acc", "acc.norm", "f1"}) {
        Entry entry;
        entry.name = name;
        file.entries.push_back(entry);
    }
    REQUIRE(file.find("acc")->name == "acc");
    REQUIRE(file.find("acc.norm")->name == "acc.norm");
    REQUIRE(file.find("f1")->name == "f1");
    for (const char* name : {"", "ac", "acc.", "f2", "zzz", "F1"}) {
        REQUIRE(file.find(name) == nullptr);
    }
}
