#pragma once

namespace metricgate::sources::git {

/// Where libgit2 is to take its memory from: malloc; but where there is none, the process ends as
/// by std::terminate, which removes earlier reports and exits with 70. libgit2 1.5 goes on without
/// the memory instead: while it starts it reads what it has not got, and later it needs some to
/// note that there is none, and calls itself until the stack is full.
///
/// A git_allocator, for git_libgit2_opts(GIT_OPT_SET_ALLOCATOR), before the library is started.
void* memory_or_end() noexcept;

}  // namespace metricgate::sources::git
