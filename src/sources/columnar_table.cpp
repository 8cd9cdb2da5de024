#include "sources/columnar_table.h"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#include "sources/arrow_file.h"
#include "sources/table_columns.h"
#include "sources/table_parts.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

struct Kind {
    std::string_view format;
    OpenedArrowFile (*open)(const support::Bytes&, const std::string&);
    /// Why these bytes are none of this kind: empty when they may be.
    std::string_view (*refuses)(std::string_view bytes);
};

std::string_view no_parquet(std::string_view bytes) {
    constexpr std::string_view magic = "PAR1";
    if (bytes.starts_with("PARE")) {
        return "the Parquet file is encrypted; write it without encryption";
    }
    if (!bytes.starts_with(magic)) {
        return "is no Parquet file: it does not begin with PAR1";
    }
    return bytes.size() < 2 * magic.size() || !bytes.ends_with(magic)
               ? "the Parquet file is cut short: it does not end with PAR1, so it was not written "
                 "or copied whole"
               : "";
}

std::string_view no_arrow(std::string_view bytes) {
    constexpr std::string_view magic = "ARROW1";
    if (bytes.starts_with("FEA1")) {
        return "a Feather file of version 1, which lacks what is checked here; write it again with "
               "pyarrow.feather.write_feather";
    }
    if (!bytes.starts_with(magic)) {
        return "is no Arrow file: it does not begin with ARROW1 (streams of Arrow have no such "
               "mark; write a file)";
    }
    return bytes.size() < 2 * magic.size() || !bytes.ends_with(magic)
               ? "the Arrow file is cut short: it does not end with ARROW1, so it was not written "
                 "or copied whole"
               : "";
}

constexpr Kind parquet = {"parquet", open_parquet_file, no_parquet};
constexpr Kind arrow = {"arrow", open_arrow_file, no_arrow};

bool recognises(const Document& document, bool (*marked)(std::string_view)) {
    if (!document.is_folder()) {
        return marked(document.bytes().view());
    }
    const auto parts = parts_of(document.folder(), document.source());
    return parts.ok() && std::all_of(parts->begin(), parts->end(), [&](const TablePart& part) {
               const auto bytes = document.folder().read(part.name);
               return bytes.ok() && marked(bytes->view());
           });
}

/// The parts of a document, opened one by one.
class Parts {
public:
    Parts(const Document& document, const Kind& kind) : m_document(document), m_kind(kind) {}

    support::Result<std::vector<TablePart>> list() const {
        if (m_document.is_folder()) {
            return parts_of(m_document.folder(), m_document.source());
        }
        return std::vector<TablePart>{TablePart{}};
    }

    [[nodiscard]] std::string place(const TablePart& part) const {
        return part.name.empty() ? m_document.source() : m_document.source() + "/" + part.name;
    }

    [[nodiscard]] OpenedArrowFile open(const TablePart& part) const {
        support::Bytes bytes = m_document.bytes();
        if (m_document.is_folder()) {
            auto content = m_document.folder().read(part.name);
            if (!content.ok()) {
                return content.problems();
            }
            bytes = std::move(*content);
        }
        if (const std::string_view refused = m_kind.refuses(bytes.view()); !refused.empty()) {
            return support::problem_in(place(part), std::string(refused));
        }
        return m_kind.open(bytes, place(part));
    }

private:
    const Document& m_document;
    const Kind& m_kind;
};

/// The columns of a part: its own, and behind them the keys of its folders.
std::vector<std::string> names_of(const ArrowFile& file, const TablePart& part) {
    std::vector<std::string> names = file.columns();
    for (const auto& [key, value] : part.keys) {
        names.push_back(key);
    }
    return names;
}

/// Reads the parts into the columns of the first one.
class PartReader {
public:
    PartReader(TableColumns& columns, const std::vector<std::string>& names,
               InputProblems& problems)
        : m_names(names), m_problems(problems) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            ColumnReader* reader = columns.at(i);
            m_sinks.push_back(reader == nullptr ? nullptr
                                                : std::make_unique<ReaderSink>(*reader, problems));
        }
    }

    /// Gives back how many rows the part has, or a problem that ends reading.
    support::Result<std::size_t> read(ArrowFile& file, const TablePart& part,
                                      const std::string& place) {
        m_problems.enter(place);
        const std::vector<std::string> names = names_of(file, part);
        std::vector<CellSink*> sinks(file.columns().size(), nullptr);
        for (std::size_t i = 0; i < m_names.size(); ++i) {
            if (m_sinks[i] == nullptr) {
                continue;
            }
            m_sinks[i]->enter_file();
            const auto found = std::find(names.begin(), names.end(), m_names[i]);
            const auto index = static_cast<std::size_t>(found - names.begin());
            if (found == names.end()) {
                return support::problem_in(place, "has no column '" + support::visible(m_names[i]) +
                                                      "', but the first part has");
            }
            if (index >= sinks.size()) {
                continue;  // a key
            }
            if (const std::string type = file.unreadable(index); !type.empty()) {
                return support::problem_in(
                    place,
                    "column '" + support::visible(m_names[i]) + "' holds " + type +
                        ", wanted text, numbers, or true and false; convert it when it is written");
            }
            sinks[index] = m_sinks[i].get();
        }
        auto rows = file.read(sinks, std::numeric_limits<std::uint32_t>::max());
        if (rows.ok()) {
            put_keys(part, *rows);
        }
        return rows;
    }

private:
    void put_keys(const TablePart& part, std::size_t rows) {
        for (std::size_t i = 0; i < m_names.size(); ++i) {
            const auto key = part.keys.find(m_names[i]);
            if (m_sinks[i] == nullptr || key == part.keys.end()) {
                continue;
            }
            for (std::size_t row = 0; row < rows; ++row) {
                if (key->second == null_key) {
                    m_sinks[i]->put_null();
                } else {
                    m_sinks[i]->put_untyped(key->second);
                }
            }
        }
    }

    const std::vector<std::string>& m_names;
    InputProblems& m_problems;
    std::vector<std::unique_ptr<ReaderSink>> m_sinks;
};

support::Result<evidence::Table> read(const Document& document,
                                      const std::vector<ColumnRequest>& requests,
                                      const Kind& kind) {
    const Parts parts(document, kind);
    const auto listed = parts.list();
    if (!listed.ok()) {
        return listed.problems();
    }
    auto first = parts.open(listed->front());
    if (!first.ok()) {
        return first.problems();
    }
    const std::vector<std::string> names = names_of(**first, listed->front());
    if (const auto name = repeated_name(names)) {
        return support::problem_in(document.source(),
                                   "has two columns called '" + support::visible(*name) + "'");
    }
    InputProblems problems(document.source());
    TableColumns columns(support::Bytes(), document.source(), names, requests, problems);
    if (!problems.empty()) {
        return problems.take();
    }
    PartReader reader(columns, names, problems);
    std::vector<std::size_t> ends;  // behind the last row of each part
    std::size_t rows = 0;
    for (const TablePart& part : *listed) {
        auto file = ends.empty() ? std::move(first) : parts.open(part);
        if (!file.ok()) {
            return file.problems();
        }
        const auto read = reader.read(**file, part, parts.place(part));
        if (!read.ok()) {
            return read.problems();
        }
        rows += *read;
        ends.push_back(rows);
        if (problems.full()) {
            break;
        }
    }
    problems.enter(document.source());
    if (rows >= std::numeric_limits<std::uint32_t>::max()) {
        problems.add(0, 0, "has more than 4,294,967,294 rows");
    }
    if (rows == 0 && problems.empty()) {
        problems.add(0, 0, "has columns but no rows, wanted at least one example");
    }
    return columns.finish(rows, problems, "rows", [&](std::size_t row) {
        const auto part = static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), row) -
                                                   ends.begin());
        const std::size_t before = part == 0 ? 0 : ends[part - 1];
        return support::in_file(parts.place((*listed)[part]),
                                static_cast<std::uint32_t>(row - before + 1));
    });
}

support::Result<Outline> outline(const Document& document, const Kind& kind) {
    constexpr std::size_t most = 50;
    const Parts parts(document, kind);
    const auto listed = parts.list();
    if (!listed.ok()) {
        return listed.problems();
    }
    Outline result;
    result.format = std::string(kind.format);
    for (const TablePart& part : *listed) {  // the first ones may be empty
        auto file = parts.open(part);
        if (!file.ok()) {
            return file.problems();
        }
        result.columns = names_of(**file, part);
        std::vector<TextSink> texts(result.columns.size());
        std::vector<CellSink*> sinks;
        for (std::size_t i = 0; i < (*file)->columns().size(); ++i) {
            sinks.push_back((*file)->unreadable(i).empty() ? &texts[i] : nullptr);
        }
        const auto rows = (*file)->read(sinks, most);
        if (!rows.ok()) {
            return rows.problems();
        }
        for (std::size_t row = 0; row < *rows; ++row) {
            std::vector<std::string>& cells = result.first_rows.emplace_back();
            for (std::size_t i = 0; i < result.columns.size(); ++i) {
                const auto key = part.keys.find(result.columns[i]);
                cells.push_back(i >= sinks.size()     ? key->second
                                : sinks[i] == nullptr ? std::string()
                                                      : texts[i].texts()[row]);
            }
        }
        if (*rows > 0) {
            return result;
        }
    }
    return support::problem_in(document.source(),
                               "has columns but no rows, wanted at least one example");
}

}  // namespace

bool recognises_parquet(const Document& document) {
    return recognises(document, [](std::string_view bytes) {
        return bytes.starts_with("PAR1") || bytes.starts_with("PARE");
    });
}

bool recognises_arrow(const Document& document) {
    return recognises(document, [](std::string_view bytes) {
        return bytes.starts_with("ARROW1") || bytes.starts_with("FEA1");
    });
}

support::Result<evidence::Table> read_parquet(const Document& document,
                                              const std::vector<ColumnRequest>& columns) {
    return read(document, columns, parquet);
}

support::Result<Outline> outline_parquet(const Document& document) {
    return outline(document, parquet);
}

support::Result<evidence::Table> read_arrow(const Document& document,
                                            const std::vector<ColumnRequest>& columns) {
    return read(document, columns, arrow);
}

support::Result<Outline> outline_arrow(const Document& document) {
    return outline(document, arrow);
}

}  // namespace metricgate::sources
