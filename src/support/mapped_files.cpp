#include "support/mapped_files.h"

#include <map>
#include <mutex>

#include <sys/mman.h>

namespace metricgate::support {

namespace {

/// Where files are mapped, so that no other memory is ever given away.
struct Mappings {
    std::mutex mutex;
    std::map<const char*, std::size_t> sizes;  ///< by start
};

Mappings& mappings() {
    static Mappings all;
    return all;
}

// Only madvise and munmap want a pointer to what may be written.
void* start_of(const char* mapping) {
    return const_cast<char*>(mapping);
}

}  // namespace

std::shared_ptr<const void> own_mapping(std::string_view mapping) {
    Mappings& all = mappings();
    {
        const std::lock_guard lock(all.mutex);
        all.sizes[mapping.data()] = mapping.size();
    }
    return {mapping.data(), [&all, mapping](const void*) {
                const std::lock_guard lock(all.mutex);
                all.sizes.erase(mapping.data());
                ::munmap(start_of(mapping.data()), mapping.size());
            }};
}

void put_away(std::string_view text) {
    Mappings& all = mappings();
    const std::lock_guard lock(all.mutex);
    auto at = all.sizes.upper_bound(text.data());
    if (at == all.sizes.begin()) {
        return;
    }
    --at;
    const auto& [start, size] = *at;
    if (text.data() < start + size) {
        // Where it fails, more memory is used and nothing else changes.
        static_cast<void>(::madvise(start_of(start), size, MADV_DONTNEED));
    }
}

}  // namespace metricgate::support
