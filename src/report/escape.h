#pragma once

#include <string>
#include <string_view>

namespace metricgate::report {

/// How a format makes text from inputs inert: `name` for ids, paths and labels, `prose` for
/// sentences that may hold such names.
struct Sink {
    std::string (*name)(std::string_view) = nullptr;
    std::string (*prose)(std::string_view) = nullptr;
};

/// A name for people, with control and bidi characters made visible and at most 120 bytes. A longer
/// one is cut and ends in eight hex digits of its hash, so that two long names stay two; so does
/// one that a reader may take for another (doubtful_name.h).
std::string short_name(std::string_view name);

/// The same for programs, which see every blank and compare names as they are written: the hash
/// follows where anything had to be made visible, too.
std::string distinct_name(std::string_view name);

/// The same, never cut.
std::string whole_name(std::string_view name);

/// A name as a Markdown code span, whatever it holds: the fence is longer than any run of backticks
/// inside.
std::string code_span(std::string_view name);

/// The same for a table's cell, which no word may make so wide that the columns after it are out of
/// sight: a word of more than 50 bytes is cut there, and the name ends in its hash.
std::string code_cell(std::string_view name);

/// A sentence as Markdown without any meaning of its own: no emphasis, link, image, HTML, mention
/// or issue reference. Words within backticks stay code.
std::string escape_markdown(std::string_view sentence);

/// Markdown that may stand in a table's cell: pipes escaped once.
std::string table_cell(std::string_view markdown);

/// A name, or a sentence, for a terminal: every control character as \xNN.
std::string escape_terminal(std::string_view name);
std::string terminal_sentence(std::string_view sentence);

/// The last line of defence for text that reaches a CI log: no line starts with `::`, and `##` is
/// never followed by `[` or a word with `[`, which runners would obey.
std::string guard_workflow_lines(std::string text);

/// The same for JSON: of two hashes the second is written as an escape, which means the same to
/// every reader. Hashes only occur within strings.
std::string guard_json(std::string text);

/// The sinks of Markdown, of a terminal, and of files for programs, which a CI log may show as
/// well.
extern const Sink markdown_sink;
extern const Sink terminal_sink;
extern const Sink file_sink;

}  // namespace metricgate::report
