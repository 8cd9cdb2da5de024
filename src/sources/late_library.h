#pragma once

#include <span>
#include <stdexcept>
#include <string>

namespace metricgate::sources {

/// A function of a library that is loaded late: its name there, and what takes its address.
struct LateFunction {
    const char* name;
    void (*take)(void* address);
};

/// Thrown where a library is missing that everything rests on, as out-of-memory is: no run can go
/// on, and it is no bug. `what` says which and how to fix it.
class MissingLibrary : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Loads a shared library, and with it those that it needs itself, when something of it is needed
/// first: libgit2 and libcurl bring some thirty others along, and a program that is linked with
/// them spends most of its start on that (bench/store.py). `file` is the name that a linked
/// program would ask for, with the version of the ABI, and is looked for in the same places. All
/// `functions` are looked up at once, so that none can be missing later. Gives back why that is
/// impossible and how to fix it, or nothing. The library stays until the process ends.
std::string load_late(const char* file, std::span<const LateFunction> functions);

}  // namespace metricgate::sources

// NOLINTBEGIN(cppcoreguidelines-macro-usage): only the preprocessor makes a text of a name.

/// For lists of functions, METRICGATE_LIBNAME(each): a pointer of the function's own name and type,
/// which calls in the same namespace find before the declaration in the library's header; and its
/// entry for load_late.
#define METRICGATE_LATE_POINTER(function) inline decltype(&::function) function = nullptr;
#define METRICGATE_LATE_ENTRY(function)  \
    ::metricgate::sources::LateFunction{ \
        #function,                       \
        [](void* address) { function = reinterpret_cast<decltype(&::function)>(address); }},

// NOLINTEND(cppcoreguidelines-macro-usage)
