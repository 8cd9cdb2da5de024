#include "sources/mlflow_address.h"

#include <algorithm>
#include <cctype>

#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Result;

support::Diagnostic bad_address(std::string_view address, const std::string& what) {
    return support::problem_in("mlflow:" + std::string(address),
                               what +
                                   "; wanted mlflow:runs/ID, mlflow:models/NAME@ALIAS, "
                                   "mlflow:models/NAME/VERSION or "
                                   "mlflow:experiments/NAME?filter=tags.KEY = 'VALUE'");
}

/// Reads a filter from left to right; what it cannot read stays.
class FilterReader {
public:
    explicit FilterReader(std::string_view text) : m_rest(text) {}

    bool read(std::vector<TagCondition>& conditions) {
        do {
            TagCondition condition;
            if (!take_key(condition.key) || !take_operator(condition.equal) ||
                !take_quoted(condition.value, "'\"")) {
                return false;
            }
            conditions.push_back(std::move(condition));
        } while (take_and());
        skip_blanks();
        return m_rest.empty();
    }

private:
    void skip_blanks() {
        m_rest.remove_prefix(std::min(m_rest.find_first_not_of(' '), m_rest.size()));
    }

    bool take(std::string_view word) {
        skip_blanks();
        if (!m_rest.starts_with(word)) {
            return false;
        }
        m_rest.remove_prefix(word.size());
        return true;
    }

    bool take_key(std::string& key) {
        if (!take("tags.") && !take("tag.")) {
            return false;
        }
        if (m_rest.starts_with('`') || m_rest.starts_with('"')) {
            return take_quoted(key, "`\"");
        }
        const std::size_t end = std::min(m_rest.find_first_of(" =!'\""), m_rest.size());
        key = m_rest.substr(0, end);
        m_rest.remove_prefix(end);
        return !key.empty();
    }

    bool take_operator(bool& equal) {
        equal = !take("!=");
        return !equal || take("=");
    }

    bool take_quoted(std::string& text, std::string_view quotes) {
        skip_blanks();
        if (m_rest.empty() || quotes.find(m_rest.front()) == std::string_view::npos) {
            return false;
        }
        const std::size_t end = m_rest.find(m_rest.front(), 1);
        if (end == std::string_view::npos) {
            return false;
        }
        text = m_rest.substr(1, end - 1);
        m_rest.remove_prefix(end + 1);
        return true;
    }

    bool take_and() { return take("and ") || take("AND "); }

    std::string_view m_rest;
};

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 18 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<MlflowAddress> model_of(std::string_view address, std::string_view rest) {
    MlflowAddress parsed;
    const std::size_t at = rest.rfind('@');
    const std::size_t slash = rest.rfind('/');
    const std::size_t split = at == std::string_view::npos ? slash : at;
    if (split == std::string_view::npos || split == 0 || split + 1 == rest.size()) {
        return bad_address(address, "names neither an alias nor a version of the model");
    }
    parsed.kind =
        at == std::string_view::npos ? MlflowAddress::Kind::version : MlflowAddress::Kind::alias;
    parsed.name = rest.substr(0, split);
    parsed.detail = rest.substr(split + 1);
    if (parsed.kind == MlflowAddress::Kind::version && !is_number(parsed.detail)) {
        return bad_address(address,
                           "the version '" + support::visible(parsed.detail) + "' is no number");
    }
    return parsed;
}

Result<MlflowAddress> experiment_of(std::string_view address, std::string_view rest) {
    constexpr std::string_view mark = "?filter=";
    MlflowAddress parsed;
    parsed.kind = MlflowAddress::Kind::experiment;
    const std::size_t at = rest.find(mark);
    parsed.name = rest.substr(0, at);
    if (at != std::string_view::npos &&
        !FilterReader(rest.substr(at + mark.size())).read(parsed.filter)) {
        return bad_address(address, "the filter '" +
                                        support::visible(rest.substr(at + mark.size())) +
                                        "' cannot be read (tags only, = and != only, joined by "
                                        "'and', values in quotes)");
    }
    if (parsed.name.empty()) {
        return bad_address(address, "names no experiment");
    }
    return parsed;
}

}  // namespace

Result<MlflowAddress> parse_mlflow_address(std::string_view address) {
    if (address.starts_with("mlflow:")) {
        address.remove_prefix(std::string_view("mlflow:").size());
    }
    const std::size_t slash = address.find('/');
    const std::string_view kind = address.substr(0, slash);
    const std::string_view rest =
        slash == std::string_view::npos ? std::string_view() : address.substr(slash + 1);
    if (kind == "runs") {
        if (rest.empty() || rest.find('/') != std::string_view::npos) {
            return bad_address(address, "names no run");
        }
        return MlflowAddress{MlflowAddress::Kind::run, std::string(rest), "", {}};
    }
    if (kind == "models") {
        return model_of(address, rest);
    }
    if (kind == "experiments") {
        return experiment_of(address, rest);
    }
    return bad_address(address, "begins with '" + support::visible(kind) + "'");
}

bool satisfies(const std::map<std::string, std::string>& tags,
               const std::vector<TagCondition>& filter) {
    return std::all_of(filter.begin(), filter.end(), [&](const TagCondition& condition) {
        const auto found = tags.find(condition.key);
        return found != tags.end() && (found->second == condition.value) == condition.equal;
    });
}

std::string mlflow_filter(const std::vector<TagCondition>& filter) {
    std::string text;
    for (const TagCondition& condition : filter) {
        const char quote = condition.value.find('\'') == std::string::npos ? '\'' : '"';
        text += (text.empty() ? "tags.`" : " and tags.`") + condition.key + "` " +
                (condition.equal ? "= " : "!= ") + quote + condition.value + quote;
    }
    return text;
}

}  // namespace metricgate::sources
