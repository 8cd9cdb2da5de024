#pragma once

#include <memory>
#include <string>

#include "support/result.h"

struct git_repository;

namespace metricgate::sources::git {

class Watchdog;

/// An open repository and its root.
struct Opened {
    std::shared_ptr<git_repository> repository;
    std::string root;  ///< of the work tree; of the repository itself when it is bare
};

/// See sources::open_repository.
support::Result<Opened> open(const std::string& directory, bool trust,
                             const std::shared_ptr<Watchdog>& watchdog);

}  // namespace metricgate::sources::git
