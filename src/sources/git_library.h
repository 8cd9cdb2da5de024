#pragma once

#include <memory>
#include <string>

struct git_blob;
struct git_commit;
struct git_config;
struct git_object;
struct git_odb;
struct git_reference;
struct git_repository;
struct git_tree;
struct git_tree_entry;

namespace metricgate::sources::git {

/// Frees what libgit2 handed out.
struct Free {
    void operator()(git_blob* held) const noexcept;
    void operator()(git_commit* held) const noexcept;
    void operator()(git_config* held) const noexcept;
    void operator()(git_object* held) const noexcept;
    void operator()(git_odb* held) const noexcept;
    void operator()(git_reference* held) const noexcept;
    void operator()(git_repository* held) const noexcept;
    void operator()(git_tree* held) const noexcept;
    void operator()(git_tree_entry* held) const noexcept;
};

template <class T>
using Handle = std::unique_ptr<T, Free>;

/// Loads and starts libgit2 once for the process; safe from several threads. Gives back why it
/// cannot be loaded, or nothing. Nothing else here may be called before, or after a failure.
const std::string& start_library();

/// What libgit2 says about the call that just returned `code`, which may be nothing at all: then
/// the code itself.
std::string reason_of(int code);

}  // namespace metricgate::sources::git
