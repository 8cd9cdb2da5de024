#include "sources/late_library.h"

#include <dlfcn.h>

#include "support/text.h"

namespace metricgate::sources {

std::string load_late(const char* file, std::span<const LateFunction> functions) {
    const auto problem = [file] {
        const char* reason = ::dlerror();
        return std::string(file) + " cannot be loaded: " +
               (reason == nullptr ? "no reason is known" : support::visible(reason)) +
               "; install it in that version";
    };
    void* library = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        return problem();
    }
    for (const LateFunction& function : functions) {
        void* address = ::dlsym(library, function.name);
        if (address == nullptr) {
            return problem();
        }
        function.take(address);
    }
    return {};
}

}  // namespace metricgate::sources
