#include "report/escape_html.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;

TEST_CASE("a name has no meaning to an HTML parser", "[report]") {
    CHECK(report::html_name("</script><img src=x onerror='a'>") ==
          "<code>&lt;/script&gt;&lt;img src=x onerror=&#39;a&#39;&gt;</code>");
    CHECK(report::html_name("a\"b&amp;") == "<code>a&quot;b&amp;amp;</code>");
    CHECK(report::html_name("") == "(no name)");
    CHECK(report::html_name("\xe2\x80\xaegnirts") == "<code>\\u{202e}gnirts</code>");
}

TEST_CASE("words within backticks of a sentence become code, and nothing else does", "[report]") {
    CHECK(report::html_sentence("see `f<1>` & more") == "see <code>f&lt;1&gt;</code> &amp; more");
    CHECK(report::html_sentence("one ` alone") == "one ` alone");
    CHECK(report::html_sentence("") == "");
}

TEST_CASE("a JSON string reads back as it was and can end no script", "[report]") {
    for (const std::string& name :
         {std::string("</script>"), std::string("<!--"), std::string("##[error]"),
          std::string("line\xe2\x80\xa8separator"),
          std::string("\xf0\x9f\x98\x80 \xc3\xa9\n\"\\")}) {
        const std::string json = report::json_string(name);
        CHECK(nlohmann::json::parse(json).get<std::string>() == name);
        CHECK(json.find_first_of("<>&#") == std::string::npos);
        CHECK(std::all_of(json.begin(), json.end(), [](char byte) { return byte >= ' '; }));
    }
}
