#include "support/secrets.h"

#include "support/catch.h"
#include "support/diagnostic.h"

using metricgate::support::without_secrets;

TEST_CASE("users, passwords and values of queries are hidden in addresses", "[support]") {
    CHECK(without_secrets("'http://user:pass@h/x?token=pass': files") ==
          "'http://***@h/x?token=***': files");
    CHECK(without_secrets("https:user:pass@h") == "https:***@h");
    CHECK(without_secrets("mlflow:http://user:p/a@ss@h/x") == "mlflow:http://***@h/x");
    CHECK(without_secrets("s3://key:pass@bucket/x?a=1&b=pass\"") ==
          "s3://***@bucket/x?a=***&b=***\"");
    CHECK(without_secrets("mlflow:runs/x?token=pass: not set") ==
          "mlflow:runs/x?token=*** not set");
    CHECK(without_secrets("postgresql://pass@h and  http://pass@h\n") ==
          "postgresql://***@h and  http://***@h\n");
    CHECK(without_secrets("https://h/x#token=pass") == "https://h/x#token=***");
    CHECK(without_secrets("https://h/x;token=pass?a=pass") == "https://h/x;token=***?a=***");
    CHECK(without_secrets("see 'https://u:aa pass b@h/x': no") == "see 'https://***@h/x': no");
    CHECK(without_secrets("'u:pass@h:/x'") == "'u:***@h:/x'");
    CHECK(without_secrets("u:pass@h:5000") == "u:***@h:5000");
}

TEST_CASE("of messages only values are hidden whose key looks like one of a secret", "[support]") {
    using metricgate::support::Values;
    CHECK(without_secrets("'https://h/p?id=7&page=2#top'", Values::secret) ==
          "'https://h/p?id=7&page=2#top'");
    for (const std::string key : {"token", "X-Amz-Signature", "sig", "api_key", "PASSWORD",
                                  "client_secret", "X-Amz-Credential"}) {
        CHECK(without_secrets("https://h/p?id=7&" + key + "=pass", Values::secret) ==
              "https://h/p?id=7&" + key + "=***");
    }
}

TEST_CASE("what is no address of that kind stays as it is", "[support]") {
    for (const char* text :
         {"", " ", "mlflow:models/churn@champion", "git@example.org:a/b", "a@b ? c=d & e=f",
          "policy.yaml:3:5: found 'x@y?a=b', wanted z", "http://h/x", "?", "http://h/?flag",
          "mlflow:experiments/NAME?filter=tags.KEY = 'VALUE'", "prometheus:sum(x @ 12)",
          "mlflow:models/churn@champion: gone", "http://h:80: asked a@b", "http://h: asked a@b",
          "h.csv:3:5: a@b:c"}) {
        CHECK(without_secrets(text) == text);
    }
}

TEST_CASE("a described problem tells no secret of its place or its message", "[support]") {
    CHECK(metricgate::support::describe(metricgate::support::problem_in(
              "mlflow:runs/x?a=pass", "asked http://user:pass@h")) ==
          "mlflow:runs/x?a=***: asked http://***@h");
}
