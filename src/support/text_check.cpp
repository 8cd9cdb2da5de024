#include <algorithm>
#include <array>
#include <optional>

#include "support/files.h"
#include "support/text.h"

namespace metricgate::support {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf"sv;

/// Bytes that open a file of another kind, and what to say of it.
struct Signature {
    std::string_view start;
    const char* message;
};

constexpr std::array signatures = {
    Signature{"\x1f\x8b"sv,
              "is gzip-compressed, but its name does not end in .gz; rename or unpack it"},
    Signature{"\x28\xb5\x2f\xfd"sv,
              "is zstd-compressed, but its name does not end in .zst; rename or unpack it"},
    Signature{"PK\x03\x04"sv, "is a zip archive, not text; unpack it first"},
    Signature{"\xfd"
              "7zXZ\0"sv,
              "is xz-compressed, not text; unpack it first"},
    Signature{"PAR1\x15"sv, "is a Parquet file, not text; export it as CSV or JSONL"},
    Signature{"SQLite format 3\0"sv,
              "is an SQLite database, not text; a table of examples in it is read without "
              "`format:`, or as `format: sqlite`"},
    Signature{"\xff\xfe"sv, "is UTF-16 or UTF-32 text; save it as UTF-8"},
    Signature{"\xfe\xff"sv, "is UTF-16 text; save it as UTF-8"},
    Signature{"version https://git-lfs.github.com/spec/v1"sv,
              "is a Git LFS pointer, not the file itself; run `git lfs pull`, or set `lfs: true` "
              "on actions/checkout"},
};

/// DuckDB's mark stands behind a checksum of eight bytes.
bool is_duckdb(std::string_view bytes) {
    constexpr std::size_t checksum = 8;
    constexpr std::string_view mark = "DUCK";
    return bytes.size() >= checksum + mark.size() && bytes.substr(checksum).starts_with(mark) &&
           bytes.find('\0') != std::string_view::npos;
}

bool starts_with_any_case(std::string_view text, std::string_view lower_case) {
    return text.size() >= lower_case.size() &&
           std::equal(lower_case.begin(), lower_case.end(), text.begin(), [](char a, char b) {
               return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
           });
}

/// The place of a byte in a text.
Location place(std::string_view text, std::size_t at, std::string_view file) {
    const std::string_view before = text.substr(0, at);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    return in_file(file, static_cast<std::uint32_t>(lines + 1),
                   static_cast<std::uint32_t>(at - line_start + 1));
}

}  // namespace

Result<std::string_view> as_text(std::string_view bytes, std::string_view file) {
    if (bytes.empty()) {
        return Diagnostic{in_file(file), "is empty"};
    }
    for (const Signature& signature : signatures) {
        if (bytes.starts_with(signature.start)) {
            return Diagnostic{in_file(file), signature.message};
        }
    }
    if (is_duckdb(bytes)) {
        return Diagnostic{in_file(file),
                          "is a database of DuckDB, which only DuckDB reads; export what is to be "
                          "judged: COPY (SELECT ...) TO 'x.parquet'"};
    }
    std::string_view text = bytes;
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    if (text.starts_with(byte_order_mark)) {
        return Diagnostic{in_file(file, 1, 1), "starts with two byte order marks; remove them"};
    }
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return Diagnostic{in_file(file), text.empty() ? "is empty" : "holds only blanks"};
    }
    const std::string_view start = text.substr(first);
    if (starts_with_any_case(start, "<!doctype html") || starts_with_any_case(start, "<html")) {
        return Diagnostic{in_file(file),
                          "is an HTML page, perhaps the error or login page of a download"};
    }
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
        return Diagnostic{place(text, nul, file),
                          "a NUL byte; this is binary data or UTF-16 text, save it as UTF-8"};
    }
    if (const std::size_t bad = find_invalid_utf8(text); bad != std::string_view::npos) {
        return Diagnostic{place(text, bad, file), "byte '" + visible(text.substr(bad, 1)) +
                                                      "' is not valid UTF-8; save the file as "
                                                      "UTF-8"};
    }
    return text;
}

}  // namespace metricgate::support
