#include "policy/merge_documents.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "policy/settings_reader.h"
#include "support/hidden_characters.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

using support::Diagnostics;
using support::Location;
using support::Member;
using support::Node;

constexpr std::size_t deepest = 8;
constexpr std::size_t most_documents = 64;  // a few files that name each other twice grow fast
constexpr std::string_view built_in_prefix = "metricgate:";

const std::vector<std::string> top_keys = {"version", "extends",      "defaults", "inputs",
                                           "checks",  "multiplicity", "seed",     "waivers"};

/// Puts the settings of `over` over those of `base`, key by key. Both are maps.
void overlay(Node& base, Node over) {
    base.where = over.where;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < base.members.size(); ++i) {
        places.emplace(base.members[i].key, i);
    }
    for (Member& member : over.members) {
        const auto place = places.find(member.key);
        if (place == places.end()) {
            base.members.push_back(std::move(member));
        } else {
            base.members[place->second] = std::move(member);
        }
    }
}

bool are_maps(const Node& a, const Node& b) {
    return a.kind == Node::Kind::map && b.kind == Node::Kind::map;
}

class Merger {
public:
    Merger(const Extends& extends, Diagnostics& problems)
        : m_extends(extends), m_problems(problems) {
        m_merged.defaults.kind = Node::Kind::map;
        m_merged.inputs.kind = Node::Kind::map;
    }

    void add_document(std::string_view bytes, const std::string& source);
    MergedDocument take() && { return std::move(m_merged); }

private:
    void fail(const Location& where, std::string message) {
        m_problems.push_back({where, std::move(message)});
        m_merged.complete = false;
    }
    void check_version(const SettingsReader& settings);
    void add_extended(const SettingsReader& settings, const std::string& source);
    void add_extended(const Located<std::string>& name, const std::string& source);
    void add_defaults(Node node);
    void add_inputs(Node node);
    void add_checks(Node node);
    void add_waivers(Node node);
    /// The items of a list that may not be empty.
    std::vector<Node> take_items(Node node, std::string_view name, std::string_view why);

    const Extends& m_extends;
    Diagnostics& m_problems;
    MergedDocument m_merged;
    std::vector<std::string> m_open;  ///< the sources that are being read, outermost first
    std::size_t m_documents = 0;
    std::unordered_map<std::string, std::size_t> m_inputs;  ///< name -> place in inputs.members
    std::unordered_map<std::string, std::size_t> m_checks;  ///< id -> place in checks
};

void Merger::check_version(const SettingsReader& settings) {
    const Node* node = settings.require("version", "begin the policy with version: 1");
    if (node == nullptr) {
        return;
    }
    const auto version = read_number(*node, "version", {.wanted = "the number 1"}, m_problems);
    if (version && *version != 1.0) {
        m_problems.push_back(
            refuse(*node, "version", "1", "this program reads policies of version 1"));
    }
}

void Merger::add_extended(const Located<std::string>& name, const std::string& source) {
    std::string path;
    std::optional<std::string> text;
    if (name.value.starts_with(built_in_prefix)) {
        const std::string gate = name.value.substr(built_in_prefix.size());
        const std::string* found = built_in_gate(gate);
        if (found == nullptr) {
            const auto gates = built_in_gates();
            const std::string near = support::did_you_mean(gate, gates);
            return fail(name.where,
                        "extends: no gate '" + support::visible(gate, 60) + "' is built in" +
                            (near.empty() ? "; there are " + support::enumerate(gates) : near));
        }
        path = name.value;
        text = *found;
    } else {
        path = resolve_extends(name.value, source);
        if (path.empty()) {
            return fail(name.where,
                        "extends: found '" + support::visible(name.value, 60) +
                            "', wanted metricgate:NAME or a relative path that stays inside the "
                            "repository");
        }
    }
    if (std::find(m_open.begin(), m_open.end(), path) != m_open.end()) {
        return fail(name.where, "extends: '" + support::visible(path, 60) +
                                    "' extends itself, directly or through others; remove one of "
                                    "the steps");
    }
    if (m_open.size() > deepest) {
        return fail(name.where,
                    "extends: found more than 8 policies that build on one another, "
                    "wanted at most 8");
    }
    if (m_documents >= most_documents) {
        return fail(name.where, "extends: found more than 64 policies to read, wanted at most 64");
    }
    if (!text) {
        auto read = m_extends(name.value, name.where);
        if (!read) {
            m_problems.insert(m_problems.end(), read.problems().begin(), read.problems().end());
            m_merged.complete = false;
            return;
        }
        text = std::move(*read);
    }
    add_document(*text, path);
    const auto& applied = m_merged.extends;
    if (std::find(applied.begin(), applied.end(), path) == applied.end()) {
        m_merged.extends.push_back(path);
    }
}

void Merger::add_extended(const SettingsReader& settings, const std::string& source) {
    for (const Located<std::string>& name : settings.words("extends")) {
        add_extended(name, source);
    }
}

void Merger::add_defaults(Node node) {
    if (node.kind != Node::Kind::map) {
        return fail(node.where, refuse(node, "defaults", "a map of settings").message);
    }
    overlay(m_merged.defaults, std::move(node));
}

void Merger::add_inputs(Node node) {
    if (node.kind != Node::Kind::map || node.members.empty()) {
        return fail(node.where,
                    refuse(node, "inputs", "a map of inputs by name, {NAME: {path: ...}}").message);
    }
    for (Member& member : node.members) {
        const auto [place, added] = m_inputs.emplace(member.key, m_merged.inputs.members.size());
        if (added) {
            m_merged.inputs.members.push_back(std::move(member));
            continue;
        }
        Member& base = m_merged.inputs.members[place->second];
        base.where = member.where;
        if (are_maps(base.value, member.value)) {
            overlay(base.value, std::move(member.value));
        } else {
            base.value = std::move(member.value);
        }
    }
}

std::vector<Node> Merger::take_items(Node node, std::string_view name, std::string_view why) {
    if (node.kind != Node::Kind::list) {
        fail(node.where, refuse(node, name, "a list", why).message);
        return {};
    }
    if (node.items.empty()) {
        fail(node.where, std::string(name) + ": found an empty list; " + std::string(why));
    }
    return std::move(node.items);
}

void Merger::add_checks(Node node) {
    auto items =
        take_items(std::move(node), "checks", "a gate without checks passes everything; add one");
    std::unordered_map<std::string, Location> here;
    for (Node& item : items) {
        const Node* id = item.find("id");
        if (id == nullptr || id->kind != Node::Kind::text) {
            m_merged.checks.push_back(std::move(item));  // reading it says what is wrong
            continue;
        }
        const auto [first, unique] = here.emplace(id->text, id->where);
        if (!unique) {
            m_problems.push_back(
                {id->where, "checks: found the id '" + support::visible(id->text, 100) +
                                "' twice, first at " + support::describe(first->second) +
                                "; give each check an id of its own"});
            m_merged.checks.push_back(std::move(item));
            continue;
        }
        const auto [place, added] = m_checks.emplace(id->text, m_merged.checks.size());
        if (added) {
            m_merged.checks.push_back(std::move(item));
        } else {
            overlay(m_merged.checks[place->second], std::move(item));
        }
    }
}

void Merger::add_waivers(Node node) {
    auto items = take_items(std::move(node), "waivers", "remove the key, or list the exceptions");
    std::move(items.begin(), items.end(), std::back_inserter(m_merged.waivers));
}

void Merger::add_document(std::string_view bytes, const std::string& source) {
    ++m_documents;
    if (auto hidden = support::find_hidden_character(bytes, source)) {
        m_problems.push_back(*std::move(hidden));
        m_merged.complete = false;
        return;
    }
    auto parsed = support::parse_yaml(bytes, source);
    if (!parsed) {
        m_problems.insert(m_problems.end(), parsed.problems().begin(), parsed.problems().end());
        m_merged.complete = false;
        return;
    }
    if (auto cut = support::find_cut_end(bytes, source)) {
        m_problems.push_back(*std::move(cut));
    }
    Node document = std::move(*parsed);
    const SettingsReader settings(document, "", top_keys, m_problems);
    if (!settings.usable()) {
        m_merged.complete = false;
        return;
    }
    check_version(settings);
    m_open.push_back(source);
    add_extended(settings, source);
    m_open.pop_back();
    for (Member& member : document.members) {
        if (member.value.kind == Node::Kind::null) {
            // The reader has said that it is empty; no checks may follow from that.
            m_merged.complete = false;
        } else if (member.key == "seed") {
            m_merged.seed = std::move(member.value);
        } else if (member.key == "multiplicity") {
            m_merged.multiplicity = std::move(member.value);
        } else if (member.key == "defaults") {
            add_defaults(std::move(member.value));
        } else if (member.key == "inputs") {
            add_inputs(std::move(member.value));
        } else if (member.key == "checks") {
            add_checks(std::move(member.value));
        } else if (member.key == "waivers") {
            add_waivers(std::move(member.value));
        }
    }
}

}  // namespace

MergedDocument merge_documents(std::string_view bytes, const std::string& source,
                               const Extends& extends, Diagnostics& problems) {
    Merger merger(extends, problems);
    merger.add_document(bytes, source);
    return std::move(merger).take();
}

}  // namespace metricgate::policy
