#include "sources/category_builder.h"

#include <functional>
#include <utility>

namespace metricgate::sources {
namespace {

void count(evidence::Flaw& flaw, const support::Location& where, std::string_view text) {
    if (flaw.count++ == 0) {
        flaw.first = where;
        flaw.text = std::string(text);
    }
}

}  // namespace

void CategoryBuilder::push_back(std::string_view text) {
    if (!m_any || text != m_last) {
        const auto found = m_codes.find(text);
        if (found != m_codes.end()) {
            m_last = found->first;
            m_last_code = found->second;
        } else {
            m_last = keep(text);
            m_last_code = code_of(m_last);
        }
        m_any = true;
    }
    m_column.codes.push_back(m_last_code);
}

void CategoryBuilder::push_missing(const support::Location& where, std::string_view text) {
    count(m_column.missing, where, text);
    push_back({});
}

void CategoryBuilder::push_non_finite(const support::Location& where, std::string_view text) {
    count(m_column.non_finite, where, text);
    push_back(text);
}

evidence::CategoryColumn CategoryBuilder::take() {
    evidence::sort_names(m_column);
    return std::move(m_column);
}

/// The code of a text that was not seen before; it may be another spelling of a number that was.
std::uint32_t CategoryBuilder::code_of(std::string_view text) {
    std::string name = evidence::canonical_label(text);
    if (name == text) {
        const std::uint32_t code = new_code(std::move(name));
        m_codes.emplace(text, code);
        return code;
    }
    const auto found = m_codes.find(name);
    const std::string_view key = found != m_codes.end() ? found->first : keep(name);
    const std::uint32_t code = found != m_codes.end() ? found->second : new_code(std::move(name));
    m_codes.emplace(key, code);
    m_codes.emplace(text, code);
    return code;
}

std::uint32_t CategoryBuilder::new_code(std::string name) {
    m_column.names.push_back(std::move(name));
    return static_cast<std::uint32_t>(m_column.names.size() - 1);
}

std::string_view CategoryBuilder::keep(std::string_view text) {
    const std::string_view all = m_bytes.view();
    const std::less_equal<const char*> not_behind;
    if (!text.empty() && not_behind(all.data(), text.data()) &&
        not_behind(text.data() + text.size(), all.data() + all.size())) {
        return text;
    }
    m_kept.push_back(std::string(text));
    return m_kept.back();
}

}  // namespace metricgate::sources
