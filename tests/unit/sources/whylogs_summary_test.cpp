#include "sources/whylogs_summary.h"

#include <cmath>

#include "cut_everywhere.h"
#include "llm_data.h"

using namespace reading;
using namespace metricgate;

namespace {

support::Result<sources::Recording> read(const std::string& text) {
    return sources::read_whylogs_summary(document(text, "profile.csv"));
}

}  // namespace

TEST_CASE("whylogs statistics are called by column and name", "[sources]") {
    const sources::Run run = run_of(read(llm_file("whylogs_profile.csv")));
    CHECK(scalar(run, "age.counts/null").value.value == 1.0);
    CHECK(scalar(run, "age.distribution/q_95").value.value == 54.56961815305256);
    CHECK(scalar(run, "plan.types/string").value.value == 300.0);
    const auto& mean = scalar(run, "age.distribution/mean");
    CHECK(mean.n == 299U);
    CHECK(mean.standard_error->value == 9.220840247419645 / std::sqrt(299.0));
}

TEST_CASE("whylogs cells that are empty or describe make no entry", "[sources]") {
    const Texts names = names_of(run_of(read(llm_file("whylogs_profile.csv"))));
    for (const std::string& name : names) {
        CHECK(name != "plan.distribution/max");
        CHECK(name.find("frequent") == std::string::npos);
        CHECK(name.find(".type") != name.size() - 5);
    }
}

// whylogs 1.6.4 writes a mean and a deviation of 0 for a column of text or of nulls.
TEST_CASE("whylogs statistics of no number have no data, whatever number they show", "[sources]") {
    const sources::Run run = run_of(read(llm_file("whylogs_profile.csv")));
    CHECK_THAT(
        support::describe(*entry(run, "plan.distribution/mean").flaw),
        has("'plan.distribution/mean' has no data: whylogs writes 0.0 where it saw no number"));
    CHECK(entry(run, "plan.distribution/stddev").flaw);
    CHECK_FALSE(entry(run, "plan.distribution/n").flaw);
    CHECK_FALSE(entry(run, "plan.counts/null").flaw);
}

TEST_CASE("whylogs statistics of no row have no data, shares of nulls among them", "[sources]") {
    const sources::Run run =
        run_of(read("column,cardinality/est,counts/n,counts/null,distribution/n,distribution/"
                    "mean,types/string\n"
                    "age,0.0,0,0,0,0.0,0\n"));
    for (const char* statistic : {"cardinality/est", "counts/null", "distribution/n",
                                  "distribution/mean", "types/string"}) {
        CHECK_THAT(support::describe(*entry(run, std::string("age.") + statistic).flaw),
                   has("where it saw no row"));
    }
    CHECK(scalar(run, "age.counts/n").value.value == 0.0);
    CHECK_FALSE(entry(run, "age.counts/n").flaw);
}

TEST_CASE("whylogs rows that are ragged or stand twice are problems", "[sources]") {
    const std::string head = "column,counts/n,types/string\n";
    CHECK(read(head + "a,1,2\n").ok());
    CHECK_THAT(problems_of(read(head + "a,1\n")), has("profile.csv:2:1: this row has 2 fields"));
    CHECK_THAT(problems_of(read(head + "a,1,2\na,1,2\n")), has("the column 'a' stands twice"));
    CHECK_THAT(problems_of(read(head)), has("there is no statistic"));
    CHECK_THAT(support::describe(*entry(run_of(read(head + "a,x,2\n")), "a.counts/n").flaw),
               has("holds 'x', wanted a number"));
}

// Behind each row the file is a whole one of fewer columns: their statistics are then missing.
TEST_CASE("whylogs summaries that are cut inside a row are refused", "[sources]") {
    const std::string whole = "column,counts/n,types/string\na,1,2\nb,3,4\n";
    CHECK(accepted_cuts(whole, [](const std::string& text) { return read(text).ok(); }) ==
          std::vector<std::size_t>{whole.find("b,3")});
    CHECK(sources::is_whylogs_summary(document(llm_file("whylogs_profile.csv"))));
    CHECK_FALSE(sources::is_whylogs_summary(document("column,value\na,1\n")));
}
