#include "report/escape.h"

#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;
using report::code_span;
using report::escape_markdown;

TEST_CASE("a code span's fence is longer than any run of backticks inside", "[report]") {
    CHECK(code_span("accuracy") == "`accuracy`");
    CHECK(code_span("a`b") == "``a`b``");
    CHECK(code_span("a``b`c") == "```a``b`c```");
    CHECK(code_span("`x`") == "`` `x` ``");
    CHECK(code_span(" ").starts_with("`  ~"));
    CHECK(code_span("") == "(no name)");
}

TEST_CASE("control, bidi and invalid bytes of a name are made visible", "[report]") {
    CHECK(code_span("a\nb") == "`a\\x0ab`");
    CHECK(code_span("\x1b[2J") == "`\\x1b[2J`");
    CHECK(code_span("\xe2\x80\xaegnirts") == "`\\u{202e}gnirts`");
    CHECK(code_span("\xff") == "`\\xff`");
    CHECK(report::escape_terminal("\xc2\x9b") == "\\u{009b}");
}

TEST_CASE("a long name is cut and keeps a hash, so that two long names stay two", "[report]") {
    const std::string first = report::short_name(std::string(300, 'x') + "1");
    const std::string second = report::short_name(std::string(300, 'x') + "2");
    CHECK(first.size() <= 120);
    CHECK(first.substr(0, 108) == std::string(108, 'x'));
    CHECK(first != second);
    CHECK(report::short_name(std::string(120, 'x')) == std::string(120, 'x'));
}

TEST_CASE("names stay apart though one is written as the other is shown", "[report]") {
    for (const auto& [hidden, written] :
         {std::pair<std::string, std::string>{"a\nb", "a\\x0ab"},
          {"\xe2\x80\xae", "\\u{202e}"},
          {"a##b", "a#\\x23b"},
          {"\\|", "\\x5c|"},
          {"::error", "\\x3a:error"},
          {"", "(no name)"},
          {std::string(300, 'x'), report::short_name(std::string(300, 'x'))}}) {
        CHECK(code_span(hidden) != code_span(written));
        CHECK(report::escape_terminal(hidden) != report::escape_terminal(written));
        CHECK(report::file_sink.name(hidden) != report::file_sink.name(written));
    }
    CHECK(report::whole_name("a\\x0ab").starts_with("a\\x0ab~"));
    CHECK(report::whole_name("a\nb") == "a\\x0ab");
    CHECK(report::short_name("C:\\xml\\users") == "C:\\xml\\users");
}

TEST_CASE("blanks that a page runs together, and marks hardly seen, add a hash", "[report]") {
    for (const std::string name : {"a  b", " a", "a ",
                                   "a\xc2\xa0"
                                   "b",
                                   "e\xcc\x81", "\xe2\x9a\xa0\xef\xb8\x8f", "a\xe3\x80\x80"}) {
        CHECK(report::short_name(name).starts_with(name + "~"));
        CHECK(report::distinct_name(name) == name);  // programs see them
    }
    CHECK(report::short_name("\xc3\xa9 b") == "\xc3\xa9 b");
}

TEST_CASE("in a table a word that would push the other columns out of sight is cut", "[report]") {
    const std::string word(50, 'x');
    CHECK(report::code_cell(word) == code_span(word));
    CHECK(report::code_cell(word + " " + word + "-" + word) ==
          code_span(word + " " + word + "-" + word));
    const std::string cut = report::code_cell("shop [name=" + word + "1]");
    CHECK(cut.starts_with("`shop [name=xxx"));
    CHECK(cut.find("...~") != std::string::npos);
    CHECK(cut != report::code_cell("shop [name=" + word + "2]"));
    CHECK(report::code_cell("") == "(no name)");
}

TEST_CASE("pipes are escaped in tables only, and once", "[report]") {
    CHECK(report::table_cell(code_span("a|b")) == "`a\\|b`");
    CHECK(report::table_cell(escape_markdown("a|b")) == "a\\|b");
    CHECK(code_span("a|b") == "`a|b`");
    CHECK(report::table_cell(code_span("\\|")) == "`\\x5c\\|`");
}

TEST_CASE("a sentence keeps its words and loses every meaning of Markdown", "[report]") {
    CHECK(escape_markdown("the drop is real (p 0.04); loss -0.03, 5 %") ==
          "the drop is real (p 0.04); loss -0.03, 5 %");
    CHECK(escape_markdown("*a* _b_ ~~c~~") == "\\*a\\* \\_b\\_ \\~\\~c\\~\\~");
    CHECK(escape_markdown("[x](y) ![p](q)") == "\\[x\\](y) \\!\\[p\\](q)");
    CHECK(escape_markdown("<b> &lt;") == "\\<b\\> \\&lt;");
    CHECK(escape_markdown("a\nb") == "`a\\x0ab`");
}

TEST_CASE("words that hosts act on even when escaped become code", "[report]") {
    CHECK(escape_markdown("by @team, see #12") == "by `@team,` see `#12`");
    CHECK(escape_markdown("see https://x.example") == "see `https://x.example`");
    CHECK(escape_markdown("WWW.x.example") == "`WWW.x.example`");
    CHECK(escape_markdown("costs $x$") == "costs `$x$`");
    CHECK(escape_markdown("--> x") == "`-->` x");
    CHECK(escape_markdown(":tada: x:+1:y gate.yaml:100:7: found") ==
          "`:tada:` `x:+1:y` `gate.yaml:100:7:` found");
    CHECK(escape_markdown("gate.yaml:12:7: found a: b") == "gate.yaml:12:7: found a: b");
    CHECK(escape_markdown("%5 and 5 % or 95%") == "`%5` and 5 % or 95%");
}

TEST_CASE("code in a sentence stays code, whatever it holds", "[report]") {
    CHECK(escape_markdown("write `using: point` there") == "write `using: point` there");
    CHECK(escape_markdown("`@a` and `<b>`") == "`@a` and `<b>`");
    CHECK(escape_markdown("open ` only") == "open `` ` `` only");
    CHECK(escape_markdown("x@y`z`") == "`x@y` `z`");
}

TEST_CASE("no line that a runner obeys survives the guard", "[report]") {
    CHECK(report::guard_workflow_lines("::error::x\n  ::set x\na ::b\n") ==
          "\\x3a:error::x\n  \\x3a:set x\na ::b\n");
    // What String.TrimStart of .NET takes away, by which the runner of GitHub begins
    // (ActionCommand.cs, TryParseV2), where it is no control character.
    for (const std::string blank :
         {"\u00a0", "\u1680", "\u2000", "\u200a", "\u202f", "\u205f", "\u3000", "\u3000 \u00a0"}) {
        CHECK(report::guard_workflow_lines(blank + "::error::x\n") == blank + "\\x3a:error::x\n");
    }
    CHECK(report::guard_workflow_lines("\u3000a ::b\n") == "\u3000a ::b\n");
    CHECK(report::guard_workflow_lines("\u3000") == "\u3000");
    CHECK(report::guard_workflow_lines("a ##[error]b") == "a #\\x23[error]b");
    CHECK(report::guard_workflow_lines("##vso[task]") == "#\\x23vso[task]");
    CHECK(report::guard_workflow_lines("# a\n## b [c]\n") == "# a\n## b [c]\n");
    for (const std::string& name : tests::hostile_names()) {
        CHECK(code_span(name).find("##") == std::string::npos);
    }
}

TEST_CASE("every second sign of a run of number signs in JSON is written as its code", "[report]") {
    CHECK(report::guard_json("a#b") == "a#b");
    CHECK(report::guard_json("##[x") == "#\\u0023[x");
    CHECK(report::guard_json("a###b####") == "a#\\u0023#b#\\u0023#\\u0023");
}
