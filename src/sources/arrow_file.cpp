// The one file that sees Arrow C++: its exceptions and its Status end here.

#include "sources/arrow_file.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <arrow/array/array_binary.h>
#include <arrow/array/array_decimal.h>
#include <arrow/array/array_dict.h>
#include <arrow/array/array_primitive.h>
#include <arrow/config.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/reader.h>
#include <arrow/memory_pool.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/file_reader.h>
#include <parquet/properties.h>

#include "sources/binary32.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using arrow::Type;

constexpr std::int64_t memory_limit = std::int64_t{4} << 30;
constexpr std::int64_t batch_rows = 65536;

/// Damaged files ask for memory that they do not fill.
arrow::MemoryPool* pool() {
    static arrow::CappedMemoryPool capped(arrow::default_memory_pool(), memory_limit);
    return &capped;
}

bool is_scalar(const arrow::DataType& type) {
    switch (type.id()) {
        case Type::BOOL:
        case Type::INT8:
        case Type::INT16:
        case Type::INT32:
        case Type::INT64:
        case Type::UINT8:
        case Type::UINT16:
        case Type::UINT32:
        case Type::UINT64:
        case Type::HALF_FLOAT:
        case Type::FLOAT:
        case Type::DOUBLE:
        case Type::DECIMAL32:
        case Type::DECIMAL64:
        case Type::DECIMAL128:
        case Type::DECIMAL256:
        case Type::STRING:
        case Type::LARGE_STRING:
        case Type::STRING_VIEW:
        case Type::NA:
            return true;
        default:  // an enumeration of Arrow, which grows
            return false;
    }
}

bool can_be_read(const arrow::DataType& type) {
    return type.id() == Type::DICTIONARY
               ? is_scalar(*static_cast<const arrow::DictionaryType&>(type).value_type())
               : is_scalar(type);
}

template <class Array>
auto value_at(const arrow::Array& array, std::int64_t row) {
    return static_cast<const Array&>(array).GetView(row);
}

template <class Array>
void put_decimal(const arrow::Array& array, std::int64_t row, CellSink& sink) {
    sink.put_decimal(static_cast<const Array&>(array).FormatValue(row));
}

void put_cell(const arrow::Array& array, std::int64_t row, CellSink& sink) {
    if (array.IsNull(row)) {
        sink.put_null();
        return;
    }
    switch (array.type_id()) {
        case Type::BOOL:
            return sink.put(value_at<arrow::BooleanArray>(array, row));
        case Type::INT8:
            return sink.put(std::int64_t{value_at<arrow::Int8Array>(array, row)});
        case Type::INT16:
            return sink.put(std::int64_t{value_at<arrow::Int16Array>(array, row)});
        case Type::INT32:
            return sink.put(std::int64_t{value_at<arrow::Int32Array>(array, row)});
        case Type::INT64:
            return sink.put(std::int64_t{value_at<arrow::Int64Array>(array, row)});
        case Type::UINT8:
            return sink.put(std::uint64_t{value_at<arrow::UInt8Array>(array, row)});
        case Type::UINT16:
            return sink.put(std::uint64_t{value_at<arrow::UInt16Array>(array, row)});
        case Type::UINT32:
            return sink.put(std::uint64_t{value_at<arrow::UInt32Array>(array, row)});
        case Type::UINT64:
            return sink.put(std::uint64_t{value_at<arrow::UInt64Array>(array, row)});
        case Type::HALF_FLOAT:
            return sink.put(of_binary16(value_at<arrow::HalfFloatArray>(array, row)));
        case Type::FLOAT:
            return sink.put(value_at<arrow::FloatArray>(array, row));
        case Type::DOUBLE:
            return sink.put(value_at<arrow::DoubleArray>(array, row));
        case Type::DECIMAL32:
            return put_decimal<arrow::Decimal32Array>(array, row, sink);
        case Type::DECIMAL64:
            return put_decimal<arrow::Decimal64Array>(array, row, sink);
        case Type::DECIMAL128:
            return put_decimal<arrow::Decimal128Array>(array, row, sink);
        case Type::DECIMAL256:
            return put_decimal<arrow::Decimal256Array>(array, row, sink);
        case Type::STRING:
            return sink.put_text(value_at<arrow::StringArray>(array, row));
        case Type::LARGE_STRING:
            return sink.put_text(value_at<arrow::LargeStringArray>(array, row));
        case Type::STRING_VIEW:
            return sink.put_text(value_at<arrow::StringViewArray>(array, row));
        default:  // is_scalar has refused the column
            return sink.put_null();
    }
}

void put_cells(const arrow::Array& array, std::int64_t rows, CellSink& sink) {
    if (array.type_id() != Type::DICTIONARY) {
        for (std::int64_t row = 0; row < rows; ++row) {
            put_cell(array, row, sink);
        }
        return;
    }
    const auto& coded = static_cast<const arrow::DictionaryArray&>(array);
    const arrow::Array& values = *coded.dictionary();
    for (std::int64_t row = 0; row < rows; ++row) {
        if (coded.IsNull(row)) {
            sink.put_null();
        } else {
            put_cell(values, coded.GetValueIndex(row), sink);
        }
    }
}

support::Diagnostic damaged(const std::string& source, std::string_view said) {
    return support::problem_in(source,
                               "the file is damaged or cut short: " + support::visible(said, 200));
}

/// Runs `step`, which gives an arrow::Status: the problem, if there is one.
template <class Step>
std::optional<support::Diagnostic> guarded(const std::string& source, const Step& step) {
    try {
        const arrow::Status status = step();
        return status.ok() ? std::nullopt
                           : std::optional(damaged(source, status.ToStringWithoutContextLines()));
    } catch (const std::exception& thrown) {
        return damaged(source, thrown.what());
    }
}

/// What both kinds of files share: the schema, and batches of the columns that are wanted.
class SchemaFile : public ArrowFile {
public:
    [[nodiscard]] const std::vector<std::string>& columns() const final { return m_names; }

    [[nodiscard]] std::string unreadable(std::size_t index) const final {
        const arrow::DataType& type = *m_schema->field(static_cast<int>(index))->type();
        return can_be_read(type) ? std::string() : support::visible(type.ToString());
    }

    support::Result<std::size_t> read(const std::vector<CellSink*>& sinks, std::size_t most) final {
        std::vector<int> wanted;
        for (std::size_t i = 0; i < sinks.size(); ++i) {
            if (sinks[i] != nullptr) {
                wanted.push_back(static_cast<int>(i));
            }
        }
        std::size_t rows = 0;
        const auto problem = guarded(m_source, [&] {
            return read_batches(wanted, [&](const arrow::RecordBatch& batch) {
                const std::size_t take =
                    std::min(most - rows, static_cast<std::size_t>(batch.num_rows()));
                for (std::size_t i = 0; i < wanted.size(); ++i) {
                    put_cells(*batch.column(static_cast<int>(i)), static_cast<std::int64_t>(take),
                              *sinks[static_cast<std::size_t>(wanted[i])]);
                }
                rows += take;
                return rows < most;
            });
        });
        if (problem) {
            return *problem;
        }
        return rows;
    }

protected:
    using Take = std::function<bool(const arrow::RecordBatch&)>;  ///< false: no more

    SchemaFile(support::Bytes bytes, std::string source)
        : m_bytes(std::move(bytes)), m_source(std::move(source)) {}

    void set_schema(std::shared_ptr<arrow::Schema> schema) {
        m_schema = std::move(schema);
        m_names = m_schema->field_names();
    }

    [[nodiscard]] const arrow::Schema& schema() const { return *m_schema; }

    [[nodiscard]] std::shared_ptr<arrow::io::BufferReader> input() const {
        const std::string_view view = m_bytes.view();
        return std::make_shared<arrow::io::BufferReader>(
            std::make_shared<arrow::Buffer>(reinterpret_cast<const std::uint8_t*>(view.data()),
                                            static_cast<std::int64_t>(view.size())));
    }

    /// Batches with exactly the wanted columns, in this order.
    virtual arrow::Status read_batches(const std::vector<int>& wanted, const Take& take) = 0;

private:
    support::Bytes m_bytes;
    std::string m_source;
    std::shared_ptr<arrow::Schema> m_schema;
    std::vector<std::string> m_names;
};

class ParquetFile final : public SchemaFile {
public:
    ParquetFile(support::Bytes bytes, std::string source)
        : SchemaFile(std::move(bytes), std::move(source)) {}

    arrow::Status open() {
        parquet::arrow::FileReaderBuilder builder;
        parquet::ReaderProperties checked(pool());
        checked.set_page_checksum_verification(true);  // where its writer set any
        ARROW_RETURN_NOT_OK(builder.Open(input(), checked));
        parquet::ArrowReaderProperties properties(/*use_threads=*/false);
        properties.set_batch_size(batch_rows);
        properties.set_pre_buffer(false);
        builder.memory_pool(pool())->properties(properties);
        ARROW_ASSIGN_OR_RAISE(m_reader, builder.Build());
        std::shared_ptr<arrow::Schema> schema;
        ARROW_RETURN_NOT_OK(m_reader->GetSchema(&schema));
        set_schema(std::move(schema));
        return arrow::Status::OK();
    }

private:
    arrow::Status read_batches(const std::vector<int>& wanted, const Take& take) override {
        std::vector<int> leaves;
        const auto& fields = m_reader->manifest().schema_fields;
        for (const int index : wanted) {
            leaves.push_back(fields[static_cast<std::size_t>(index)].column_index);
        }
        std::int64_t rows = 0;
        for (int group = 0; group < m_reader->num_row_groups(); ++group) {
            ARROW_ASSIGN_OR_RAISE(auto batches, m_reader->GetRecordBatchReader({group}, leaves));
            for (;;) {
                ARROW_ASSIGN_OR_RAISE(const auto batch, batches->Next());
                if (batch == nullptr) {
                    break;
                }
                rows += batch->num_rows();
                if (!take(*batch)) {
                    return arrow::Status::OK();
                }
            }
        }
        const std::int64_t declared = m_reader->parquet_reader()->metadata()->num_rows();
        return rows == declared ? arrow::Status::OK()
                                : arrow::Status::Invalid("it says that it has ", declared,
                                                         " rows, but holds ", rows);
    }

    std::unique_ptr<parquet::arrow::FileReader> m_reader;
};

class IpcFile final : public SchemaFile {
public:
    IpcFile(support::Bytes bytes, std::string source)
        : SchemaFile(std::move(bytes), std::move(source)) {}

    arrow::Status open() {
        ARROW_ASSIGN_OR_RAISE(const auto reader,
                              arrow::ipc::RecordBatchFileReader::Open(input(), options()));
        set_schema(reader->schema());
        return arrow::Status::OK();
    }

private:
    static arrow::ipc::IpcReadOptions options() {
        auto chosen = arrow::ipc::IpcReadOptions::Defaults();
        chosen.memory_pool = pool();
        chosen.use_threads = false;
        chosen.ensure_alignment = arrow::ipc::Alignment::kDataTypeSpecificAlignment;
        return chosen;
    }

    arrow::Status read_batches(const std::vector<int>& wanted, const Take& take) override {
        auto chosen = options();
        chosen.included_fields = wanted;
        ARROW_ASSIGN_OR_RAISE(const auto reader,
                              arrow::ipc::RecordBatchFileReader::Open(input(), chosen));
        for (int i = 0; i < reader->num_record_batches(); ++i) {
            ARROW_ASSIGN_OR_RAISE(const auto batch, reader->ReadRecordBatch(i));
            ARROW_RETURN_NOT_OK(
                batch->ValidateFull());  // offsets and codes come from the file as they are
            if (!take(*batch)) {
                break;
            }
        }
        return arrow::Status::OK();
    }
};

template <class File>
OpenedArrowFile opened(const support::Bytes& bytes, const std::string& source) {
    auto file = std::make_unique<File>(bytes, source);
    if (auto problem = guarded(source, [&] { return file->open(); })) {
        return *problem;
    }
    return std::unique_ptr<ArrowFile>(std::move(file));
}

}  // namespace

bool arrow_is_built_in() noexcept {
    return true;
}

support::LibraryVersion arrow_version() {
    return {"Arrow C++", ARROW_VERSION_STRING, arrow::GetBuildInfo().version_string};
}

OpenedArrowFile open_parquet_file(const support::Bytes& bytes, const std::string& source) {
    return opened<ParquetFile>(bytes, source);
}

OpenedArrowFile open_arrow_file(const support::Bytes& bytes, const std::string& source) {
    return opened<IpcFile>(bytes, source);
}

}  // namespace metricgate::sources
