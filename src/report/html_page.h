#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metricgate::report {

/// An HTML page while it is written: its body, and the specifications of the charts in it.
class HtmlPage {
public:
    void add(std::string_view html) { m_body += html; }

    /// A chart under its caption. `summary` says in a sentence what it shows, for readers who do
    /// not see it. Caption and summary are text, not HTML.
    void add_chart(std::string_view caption, std::string_view summary, std::string spec);

    /// The whole document: one file that asks for nothing outside of itself, and whose content
    /// security lets nothing run or style but the two parts from web/.
    [[nodiscard]] std::string document(std::string_view title) const;

private:
    std::string m_body;
    std::vector<std::string> m_charts;
};

/// A table in a box of its own that scrolls sideways where the screen is narrow.
class HtmlTable {
public:
    /// Headings are HTML; one that starts with `#` heads a column of numbers.
    /// `style` is a class of web/page.css, or empty.
    explicit HtmlTable(const std::vector<std::string>& headings, std::string_view style = "");
    /// Cells are HTML; the first one heads its row.
    void add(const std::vector<std::string>& cells);
    [[nodiscard]] std::string html() const;

private:
    std::vector<bool> m_numeric;
    std::string m_text;
};

/// A folded part; `heading` is HTML.
std::string html_folded(std::string_view heading, std::string_view html);

}  // namespace metricgate::report
