#pragma once

#include <string>
#include <string_view>

#include "evidence/metric_file.h"
#include "sources/document.h"
#include "support/node.h"
#include "support/result.h"

namespace metricgate::sources {

/// The member `key` of `node` when `node` is a map and the member of that kind, or null.
const support::Node* part(const support::Node* node, std::string_view key,
                          support::Node::Kind kind);
const support::Node* map_in(const support::Node* node, std::string_view key);
const support::Node* list_in(const support::Node* node, std::string_view key);
const support::Node* text_in(const support::Node* node, std::string_view key);
/// Text, numbers and booleans as they are written; empty for the rest and for null.
std::string text_of(const support::Node* node);

/// Sets `condition` from the member `key` of `node`, when it is there and says something.
void take_condition(evidence::Conditions& conditions, const std::string& condition,
                    const support::Node* node, std::string_view key);
/// Host names stay out of reports: what must be equal is a short digest of them.
void take_host(evidence::Conditions& conditions, const support::Node* node, std::string_view key);

/// What a reader says of a document that was called its own by `--format`, and is not.
support::Diagnostic not_this(const Document& document, std::string_view what,
                             std::string_view wanted);

}  // namespace metricgate::sources
