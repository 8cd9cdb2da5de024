#include "cli/policy_digest.h"

#include <set>

#include "policy/policy.h"
#include "sources/repository.h"
#include "support/catch.h"

using metricgate::cli::policy_digest;
using metricgate::sources::blob_id;

TEST_CASE("a policy that builds on nothing has the digest that `git hash-object` prints") {
    CHECK(policy_digest("hello\n", {}, {}) == "ce013625030ba8dba906f756967f9e9ca394464a");
}

TEST_CASE("the digest covers every text that a policy was made of, and their order") {
    const std::set<std::string> digests = {
        policy_digest("own", {}, {}),
        policy_digest("own", {"a"}, {"a.yaml"}),
        policy_digest("own", {"b"}, {"a.yaml"}),
        policy_digest("Own", {"a"}, {"a.yaml"}),
        policy_digest("own", {"a", "b"}, {"a.yaml", "b.yaml"}),
        policy_digest("own", {"b", "a"}, {"b.yaml", "a.yaml"}),
        policy_digest("own", {"ab"}, {"a.yaml"}),
    };
    CHECK(digests.size() == 7);
}

TEST_CASE("the digest covers the text of a gate that is built in") {
    const std::string* gate = metricgate::policy::built_in_gate("classifier");
    REQUIRE(gate != nullptr);
    CHECK(policy_digest("own", {}, {"metricgate:classifier"}) ==
          blob_id(blob_id("own") + "\n" + blob_id(*gate) + "\n"));
}
