#include "sources/prometheus_line.h"

#include <algorithm>

#include "support/text.h"

namespace metricgate::sources {

namespace {

constexpr std::string_view instead_of_native =
    "a number; this is a native histogram, of which a server gives histogram_quantile(0.95, NAME)";

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ':';
}

class LineReader {
public:
    explicit LineReader(std::string_view line) : m_line(line) {}

    /// False where the line reads otherwise; `wanted` then says what was expected at `column`.
    bool read(PrometheusSample& sample) {
        skip_blanks();
        sample.name = take_name();
        skip_blanks();
        if (peek() == '{' && !read_labels(sample)) {
            return false;
        }
        if (sample.name.empty()) {
            return fail("the name of a metric");
        }
        skip_blanks();
        return read_numbers(sample);
    }

    [[nodiscard]] std::size_t column() const { return m_at + 1; }
    [[nodiscard]] const std::string& wanted() const { return m_wanted; }

private:
    [[nodiscard]] char peek() const { return m_at < m_line.size() ? m_line[m_at] : '\0'; }

    bool fail(std::string wanted) {
        m_wanted = std::move(wanted);
        return false;
    }

    void skip_blanks() {
        while (is_blank(peek())) {
            ++m_at;
        }
    }

    std::string take_name() {
        const std::size_t start = m_at;
        while (m_at < m_line.size() && is_name_byte(m_line[m_at])) {
            ++m_at;
        }
        const bool is_number =
            start < m_line.size() && m_line[start] >= '0' && m_line[start] <= '9';
        if (is_number) {
            m_at = start;
        }
        return std::string(m_line.substr(start, m_at - start));
    }

    std::string_view take_word() {
        const std::size_t start = m_at;
        while (m_at < m_line.size() && !is_blank(m_line[m_at])) {
            ++m_at;
        }
        return m_line.substr(start, m_at - start);
    }

    bool take_quoted(std::string& text) {
        if (peek() != '"') {
            return fail("a quote");
        }
        for (++m_at; m_at < m_line.size(); ++m_at) {
            const char c = m_line[m_at];
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (c != '\\') {
                text += c;
                continue;
            }
            const char escaped = m_at + 1 < m_line.size() ? m_line[m_at + 1] : '\0';
            if (escaped != '\\' && escaped != '"' && escaped != 'n') {
                return fail("\\\\, \\\" or \\n after a backslash");
            }
            text += escaped == 'n' ? '\n' : escaped;
            ++m_at;
        }
        return fail("the quote that ends a text");
    }

    bool read_labels(PrometheusSample& sample) {
        ++m_at;
        for (;;) {
            skip_blanks();
            if (peek() == '}') {
                ++m_at;
                return true;
            }
            if (!read_label(sample)) {
                return false;
            }
            skip_blanks();
            if (peek() == ',') {
                ++m_at;
            } else if (peek() != '}') {
                return fail("a comma or }");
            }
        }
    }

    bool read_label(PrometheusSample& sample) {
        std::string key;
        const bool is_quoted = peek() == '"';
        if (is_quoted && !take_quoted(key)) {
            return false;
        }
        key = is_quoted ? key : take_name();
        skip_blanks();
        if (is_quoted && peek() != '=') {
            // A name that is not made of letters, digits and _ stands here.
            if (!sample.name.empty() || key.empty()) {
                return fail("= after the name of a label");
            }
            sample.name = std::move(key);
            return true;
        }
        if (key.find(':') != std::string::npos && peek() != '=') {
            return fail(std::string(instead_of_native));
        }
        if (key.empty() || peek() != '=') {
            return fail("the name of a label and =");
        }
        ++m_at;
        skip_blanks();
        std::string value;
        if (!take_quoted(value)) {
            return false;
        }
        return sample.labels.emplace(std::move(key), std::move(value)).second
                   ? true
                   : fail("a label that did not stand before");
    }

    bool read_numbers(PrometheusSample& sample) {
        if (peek() == '{') {
            return fail(std::string(instead_of_native));
        }
        const std::size_t start = m_at;
        sample.value = prometheus_value(take_word());
        if (sample.value.kind == support::NumberKind::malformed) {
            m_at = start;
            return fail("a number");
        }
        skip_blanks();
        if (m_at < m_line.size() && peek() != '#') {
            const std::size_t time = m_at;
            sample.time = take_word();
            if (support::parse_number(*sample.time).kind != support::NumberKind::finite) {
                m_at = time;
                return fail("a time, or the end of the line");
            }
            skip_blanks();
        }
        sample.has_exemplar = m_line.substr(m_at).starts_with("# {");
        return m_at == m_line.size() || sample.has_exemplar || fail("the end of the line");
    }

    std::string_view m_line;
    std::size_t m_at = 0;
    std::string m_wanted;
};

}  // namespace

support::Result<PrometheusSample> read_prometheus_line(std::string_view line,
                                                       const support::Location& where) {
    PrometheusSample sample;
    LineReader reader(line);
    if (reader.read(sample)) {
        return sample;
    }
    support::Location place = where;
    place.column = static_cast<std::uint32_t>(reader.column());
    const std::string_view rest = line.substr(std::min(reader.column() - 1, line.size()));
    return support::Diagnostic{place,
                               (rest.empty() ? std::string("the line ends")
                                             : "found '" + support::visible(rest, 40) + "'") +
                                   ", wanted " + reader.wanted()};
}

}  // namespace metricgate::sources
