#include "report/catalog.h"

#include <cstdlib>
#include <fstream>
#include <set>

#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;

TEST_CASE("every report format is found by its name and has a summary", "[report]") {
    std::set<std::string_view> names;
    for (const report::Format& format : report::catalog()) {
        CHECK(report::find(format.name) == &format);
        CHECK_FALSE(format.summary.empty());
        CHECK(names.insert(format.name).second);
    }
    for (const char* name : {"text", "markdown", "markdown:comment", "json", "html", "junit",
                             "sarif", "github", "codequality", "openmetrics", "tap", "csv"}) {
        CHECK(report::find(name) != nullptr);
    }
    CHECK(report::find("Text") == nullptr);
    CHECK(report::find("") == nullptr);
}

TEST_CASE("every format renders every sample, twice to the same bytes", "[report]") {
    for (const report::Format& format : report::catalog()) {
        for (const auto& [name, result] : tests::sample_results()) {
            INFO(format.name << " " << name);
            const std::string rendered = format.render(result, {});
            CHECK(rendered == format.render(result, {}));
            CHECK(rendered.ends_with("\n"));
            CHECK(rendered.find("##[") == std::string::npos);
            CHECK(rendered.find("##vso[") == std::string::npos);
            // Workflow commands are what annotations are made of, and of nothing else.
            CHECK((format.name == "github" || rendered.find("\n::") == std::string::npos));
            CHECK(rendered.find('\x1b') == std::string::npos);
            CHECK(rendered.find('\0') == std::string::npos);
        }
    }
}

TEST_CASE("every report bears the mark of its format, so that an old one is known again",
          "[report]") {
    for (const report::Format& format : report::catalog()) {
        CHECK(format.mark.size() > 10);
        for (const auto& [name, result] : tests::sample_results()) {
            INFO(format.name << " " << name);
            const std::string rendered = format.render(result, {});
            CHECK((rendered.starts_with(format.mark) || rendered.starts_with("::") ||
                   rendered == "[]\n"));
            CHECK(report::is_report(rendered, format.name));
        }
    }
}

TEST_CASE("files of the user are no reports", "[report]") {
    for (const char* text :
         {"", "name,phone\n", "{\n  \"schema\": \"metricgate.metrics/1\"\n}\n", "[]\n", "[1]\n",
          "# We use metricgate\n", "# metricgate: our gates\n", "metricgate: see the wiki\n",
          "{\n  \"name\": \"metricgate\"\n}\n",
          "[\n  {\n    \"check_name\": \"no-undef\"\n  }\n]\n", "# HELP up metricgate: PASS\n",
          "version: 1\nextends: metricgate:classifier\n", "<testsuite name=\"pytest\">",
          "id,label,prediction\n", " metricgate: PASS\n"}) {
        INFO(text);
        CHECK_FALSE(report::is_report(text, "json"));
    }
    CHECK(report::is_report("[]\n", "codequality"));
}

// Not run by default: writes what tests/reports reads with parsers that are not ours.
TEST_CASE("the sample reports are written to METRICGATE_SAMPLES", "[.write-samples]") {
    const char* folder = std::getenv("METRICGATE_SAMPLES");
    const char* wanted = std::getenv("METRICGATE_SAMPLE_FORMAT");
    REQUIRE(folder != nullptr);
    REQUIRE(wanted != nullptr);
    for (const report::Format& format : report::catalog()) {
        if (format.name != wanted && format.name != "json") {
            continue;
        }
        for (const auto& [name, result] : tests::sample_results()) {
            const std::string path =
                std::string(folder) + "/" + name + "." + std::string(format.name);
            std::ofstream file(path, std::ios::binary);
            file << format.render(result, {});
            CHECK(file.flush().good());
        }
    }
}
