#pragma once

#include "history/store.h"

namespace metricgate::history {

/// A store of JSON lines that can live in a repository: a point a line, so that two branches merge
/// by the union of their lines. A call replaces the file in one step, under a lock on its folder.
std::unique_ptr<Store> jsonl_store(const std::string& path, support::FileSystem& files,
                                   support::PathTrust trust, const std::string& root);

}  // namespace metricgate::history
