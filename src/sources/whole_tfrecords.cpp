#include "sources/whole_tfrecords.h"

#include <cstdint>

#include "sources/little_endian.h"
#include "sources/tfrecord.h"

namespace metricgate::sources {

bool begins_as_tfrecord(std::string_view bytes) {
    constexpr std::size_t length = 8;
    return bytes.size() >= length + sizeof(std::uint32_t) &&
           masked_crc32c(bytes.substr(0, length)) == little_endian<std::uint32_t>(bytes, length);
}

support::Result<std::vector<std::string_view>> whole_tfrecords(std::string_view bytes,
                                                               const std::string& source) {
    std::vector<std::string_view> found;
    TfRecords records(bytes);
    for (TfRecords::Next next = records.next();; next = records.next()) {
        const std::string place = "the record at byte " + std::to_string(records.offset());
        switch (next) {
            case TfRecords::Next::record:
                found.push_back(records.record());
                break;
            case TfRecords::Next::end:
                return found;
            case TfRecords::Next::cut:
                return support::problem_in(source, "the file ends inside " + place +
                                                       ": it was not written or copied whole");
            case TfRecords::Next::damaged:
                return support::problem_in(source,
                                           "the checksum of " + place + " is wrong: it is damaged");
        }
    }
}

}  // namespace metricgate::sources
