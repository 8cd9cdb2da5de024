#pragma once

#include "sources/column_supply.h"
#include "sources/pairing.h"

namespace metricgate::sources {

/// Fills `paired.examples` with the columns that `roles` names, compares those that both sides must
/// agree on, and settles classes and weights. A null supply leaves that side empty; both may be one
/// supply, when baseline and candidate are columns of one file. Rows, ids and pairing figures are
/// there already.
void fill_examples(Paired& paired, const Roles& roles, const PairingRules& rules,
                   ColumnSupply* baseline, ColumnSupply* candidate);

}  // namespace metricgate::sources
