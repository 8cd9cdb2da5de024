#include "report/html_page.h"

#include <initializer_list>

#include "report/escape.h"
#include "report/escape_html.h"

namespace metricgate::report {
namespace {

/// A file of web/ as it stands in every page.
struct Part {
    std::string_view name;
    std::string_view sha256;  ///< of all pieces, in base64
    std::vector<std::string_view> pieces;
};

const Part& part(std::string_view name) {
    static const std::vector<Part> parts = {
#include "page_parts.inc"
    };
    return parts.front().name == name ? parts.front() : parts.back();
}

std::string text_of(const Part& part) {
    std::string text;
    for (const std::string_view piece : part.pieces) {
        text += piece;
    }
    return text;
}

/// Comes before everything else in the head, so that nothing escapes it.
std::string content_security(const Part& style, const Part& script) {
    return "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "script-src 'sha256-" +
           std::string(script.sha256) + "'; style-src 'sha256-" + std::string(style.sha256) +
           "'; img-src data:; base-uri 'none'; form-action 'none'\">\n";
}

}  // namespace

void HtmlPage::add_chart(std::string_view caption, std::string_view summary, std::string spec) {
    const std::string name = std::to_string(m_charts.size());
    m_body += "<figure>\n<figcaption>" + escape_html(caption) +
              "</figcaption>\n<div class=\"plot\" data-chart=\"" + name +
              "\" role=\"img\" aria-label=\"" + escape_html(summary) +
              "\">This chart is drawn by a script; its numbers stand in the tables.</div>\n"
              "</figure>\n";
    m_charts.push_back(std::move(spec));
}

std::string HtmlPage::document(std::string_view title) const {
    const Part& style = part("page.css");
    const Part& script = part("page.bundle.js");
    std::string charts = "[";
    for (const std::string& spec : m_charts) {
        charts += (charts.size() == 1 ? "\n" : ",\n") + spec;
    }
    std::string page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    page += content_security(style, script);
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    page += "<meta name=\"color-scheme\" content=\"light dark\">\n";
    page += "<meta name=\"referrer\" content=\"no-referrer\">\n";
    // No icon is asked for anywhere.
    page += "<link rel=\"icon\" href=\"data:,\">\n";
    page += "<title>" + escape_html(title) + "</title>\n<style>" + text_of(style) + "</style>\n";
    page += "</head>\n<body>\n" + guard_workflow_lines(m_body);
    page += "<script type=\"application/json\" id=\"charts\">" + charts + "\n]</script>\n";
    page += "<script>" + text_of(script) + "</script>\n</body>\n</html>\n";
    return page;
}

HtmlTable::HtmlTable(const std::vector<std::string>& headings, std::string_view style) {
    m_text = style.empty() ? "<table>" : "<table class=\"" + std::string(style) + "\">";
    m_text += "<thead><tr>";
    for (const std::string& heading : headings) {
        const bool numeric = heading.starts_with('#');
        m_numeric.push_back(numeric);
        m_text += numeric ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">";
        m_text += heading.substr(numeric ? 1 : 0) + "</th>";
    }
    m_text += "</tr></thead>\n<tbody>\n";
}

void HtmlTable::add(const std::vector<std::string>& cells) {
    m_text += "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string kind = m_numeric[i] ? " class=\"n\">" : ">";
        m_text += i == 0 ? "<th scope=\"row\"" + kind + cells[i] + "</th>"
                         : "<td" + kind + cells[i] + "</td>";
    }
    m_text += "</tr>\n";
}

std::string HtmlTable::html() const {
    return "<div class=\"scroll\" tabindex=\"0\">" + m_text + "</tbody></table></div>\n";
}

std::string html_folded(std::string_view heading, std::string_view html) {
    return "<details>\n<summary>" + std::string(heading) + "</summary>\n" + std::string(html) +
           "</details>\n";
}

}  // namespace metricgate::report
