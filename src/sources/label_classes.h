#pragma once

#include <string>
#include <string_view>

#include "evidence/examples.h"
#include "sources/pairing.h"

namespace metricgate::sources {

/// Gives labels and predicted classes of both sides one list of classes, `examples.classes`, and
/// recodes them. A class that only `roles.class_scores` names is a class, too.
void unify_classes(evidence::Examples& examples, const Roles& roles);

/// Whether a class of that name is the positive one of two where the policy names none.
bool names_positive(std::string_view name);

/// Sets the positive class: the one the policy names; else, among at most two label classes, the
/// one called 1, true, True, yes, positive or pos. Unset when that does not single one out. Returns
/// why the policy's name cannot be used, or an empty string.
std::string choose_positive(evidence::Examples& examples, const PairingRules& rules);

}  // namespace metricgate::sources
