// TensorFlow Metadata's statistics.proto (tensorflow_metadata/proto/v0), as its text format needs
// it: messages that metricgate passes over are here too, because the text names their fields.

#include "sources/tfdv_schema.h"

namespace metricgate::sources {

namespace {

constexpr auto message = TextField::Type::message;
constexpr auto text = TextField::Type::text;
constexpr auto real64 = TextField::Type::real64;
constexpr auto real32 = TextField::Type::real32;
constexpr auto integer = TextField::Type::integer;
constexpr auto choice = TextField::Type::choice;

const TextMessage path = {{{"step", 1, text}}};

const TextMessage bucket = {
    {{"low_value", 1, real64}, {"high_value", 2, real64}, {"sample_count", 4, real64}}};

const TextMessage histogram = {{{"num_nan", 1, integer},
                                {"num_undefined", 2, integer},
                                {"buckets", 3, message, &bucket},
                                {"type", 4, choice, nullptr, {{"STANDARD", 0}, {"QUANTILES", 1}}},
                                {"name", 5, text}}};

const TextMessage rank_bucket = {{{"low_rank", 1, integer},
                                  {"high_rank", 2, integer},
                                  {"label", 4, text},
                                  {"sample_count", 5, real64}}};

const TextMessage rank_histogram = {{{"buckets", 1, message, &rank_bucket}, {"name", 2, text}}};

const TextMessage weighted_common = {{{"num_non_missing", 1, real64},
                                      {"num_missing", 2, real64},
                                      {"avg_num_values", 3, real64},
                                      {"tot_num_values", 4, real64}}};

const TextMessage presence = {{{"num_non_missing", 1, integer},
                               {"num_missing", 2, integer},
                               {"min_num_values", 3, integer},
                               {"max_num_values", 4, integer},
                               {"tot_num_values", 5, integer}}};

const TextMessage common = {
    {{"num_non_missing", 1, integer},
     {"num_missing", 2, integer},
     {"min_num_values", 3, integer},
     {"max_num_values", 4, integer},
     {"avg_num_values", 5, real32},
     {"num_values_histogram", 6, message, &histogram},
     {"weighted_common_stats", 7, message, &weighted_common},
     {"tot_num_values", 8, integer},
     {"feature_list_length_histogram", 9, message, &histogram},
     {"presence_and_valency_stats", 10, message, &presence},
     {"weighted_presence_and_valency_stats", 11, message, &weighted_common}}};

const TextMessage weighted_numbers = {{{"mean", 1, real64},
                                       {"std_dev", 2, real64},
                                       {"median", 3, real64},
                                       {"histograms", 4, message, &histogram}}};

const TextMessage numbers = {{{"common_stats", 1, message, &common},
                              {"mean", 2, real64},
                              {"std_dev", 3, real64},
                              {"num_zeros", 4, integer},
                              {"min", 5, real64},
                              {"median", 6, real64},
                              {"max", 7, real64},
                              {"histograms", 8, message, &histogram},
                              {"weighted_numeric_stats", 9, message, &weighted_numbers}}};

const TextMessage frequency = {{{"value", 2, text}, {"frequency", 3, real64}}};

const TextMessage weighted_texts = {
    {{"top_values", 1, message, &frequency}, {"rank_histogram", 2, message, &rank_histogram}}};

const TextMessage texts = {{{"common_stats", 1, message, &common},
                            {"unique", 2, integer},
                            {"top_values", 3, message, &frequency},
                            {"avg_length", 4, real32},
                            {"rank_histogram", 5, message, &rank_histogram},
                            {"weighted_string_stats", 6, message, &weighted_texts},
                            {"vocabulary_file", 7, text},
                            {"invalid_utf8_count", 8, integer}}};

const TextMessage bytes = {{{"common_stats", 1, message, &common},
                            {"unique", 2, integer},
                            {"avg_num_bytes", 3, real32},
                            {"min_num_bytes", 4, real32},
                            {"max_num_bytes", 5, real32},
                            {"max_num_bytes_int", 6, integer}}};

const TextMessage structs = {{{"common_stats", 1, message, &common}}};

const TextMessage custom = {{{"name", 1, text},
                             {"num", 2, real64},
                             {"str", 3, text},
                             {"histogram", 4, message, &histogram},
                             {"rank_histogram", 5, message, &rank_histogram}}};

const TextMessage derived = {{{"deriver_name", 1, text}, {"source_path", 2, message, &path}}};

const TextMessage feature = {
    {{"name", 1, text},
     {"type",
      2,
      choice,
      nullptr,
      {{"INT", 0}, {"FLOAT", 1}, {"STRING", 2}, {"BYTES", 3}, {"STRUCT", 4}}},
     {"num_stats", 3, message, &numbers},
     {"string_stats", 4, message, &texts},
     {"bytes_stats", 5, message, &bytes},
     {"custom_stats", 6, message, &custom},
     {"struct_stats", 7, message, &structs},
     {"path", 8, message, &path},
     {"validation_derived_source", 10, message, &derived}}};

const TextMessage numeric_cross = {{{"correlation", 1, real32}, {"covariance", 2, real32}}};

const TextMessage cross = {{{"path_x", 1, message, &path},
                            {"path_y", 2, message, &path},
                            {"count", 3, integer},
                            {"num_cross_stats", 4, message, &numeric_cross}}};

const TextMessage dataset = {{{"name", 1, text},
                              {"num_examples", 2, integer},
                              {"features", 3, message, &feature},
                              {"weighted_num_examples", 4, real64},
                              {"cross_features", 5, message, &cross}}};

const TextMessage list = {{{"datasets", 1, message, &dataset}}};

}  // namespace

const TextMessage& tfdv_schema() {
    return list;
}

}  // namespace metricgate::sources
