#include "cli/code_owners.h"

#include "support/catch.h"

using metricgate::cli::has_owner;

TEST_CASE("the last pattern that matches decides, and it may name nobody", "[cli]") {
    CHECK(has_owner("* @all\n", ".metricgate.yaml"));
    CHECK_FALSE(has_owner("* @all\n/.metricgate.yaml\n", ".metricgate.yaml"));
    CHECK(has_owner("* @all\n/.metricgate.yaml @ml # the gate\n", ".metricgate.yaml"));
    CHECK_FALSE(has_owner("", ".metricgate.yaml"));
    CHECK_FALSE(has_owner("# * @all\n", ".metricgate.yaml"));
}

TEST_CASE("patterns are those of gitignore", "[cli]") {
    const std::string workflow = ".github/workflows/gate.yml";
    for (const char* pattern :
         {"*", "/.github/", ".github/", "/.github/workflows/gate.yml", "*.yml", "**/gate.yml",
          ".github/**", "/.github/*/gate.yml", "gate.???", "workflows/", ".github",
          ".github/workflows/*", "/.github/**"}) {
        INFO(pattern);
        CHECK(has_owner(std::string(pattern) + " @a", workflow));
    }
    for (const char* pattern :
         {"/gate.yml", "*.yaml", "/workflows/", ".github/*.yml", "gate", "gate.yml/", "**/ate.yml",
          "github/**", ".github/*", "/.github/*", "/*"}) {
        INFO(pattern);
        CHECK_FALSE(has_owner(std::string(pattern) + " @a", workflow));
    }
}

TEST_CASE("a pattern of many stars takes no longer than others", "[cli]") {
    CHECK_FALSE(has_owner(std::string(500, '*') + "=b @a", "policies/.metricgate.yaml"));
    std::string folders;
    for (int i = 0; i < 200; ++i) {
        folders += "**/";
    }
    CHECK_FALSE(has_owner(folders + "a?*b @a", "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/policy.yaml"));
    CHECK(has_owner(folders + "*.yaml @a", "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/policy.yaml"));
}

TEST_CASE("GitLab's sections own nothing by themselves", "[cli]") {
    CHECK_FALSE(has_owner("[ML] @ml\n", "ML"));
    CHECK(has_owner("[ML] @ml\n/policy.yaml @ml\n", "policy.yaml"));
}
