#include "sources/tensorboard.h"

#include <bit>

#include <nlohmann/json.hpp>

#include <cmath>

#include "cut_everywhere.h"
#include "reading.h"
#include "sample_files.h"
#include "sources/tfrecord.h"
#include "zip_of.h"

using namespace reading;
using metricgate::sources::Document;
using metricgate::sources::masked_crc32c;
using metricgate::sources::read_tensorboard;
using metricgate::sources::recognises_tensorboard;
using metricgate::sources::Recording;
using metricgate::sources::Run;
using metricgate::sources::Series;
using metricgate::support::format_exact;
using metricgate::support::NumberKind;
using metricgate::support::Result;

namespace {

const std::string samples_folder = "data/tensorboard_events";

Document file_of(const std::string& content) {
    return {bytes(content), "run.tfevents"};
}

Result<Recording> read(const std::string& content) {
    return read_tensorboard(file_of(content));
}

Document folder_of(const std::map<std::string, std::string>& files) {
    return {metricgate::sources::tree_of(files), "logs"};
}

// A second writer, of the wire format and of records.

std::string varint(std::uint64_t value) {
    std::string text;
    for (; value >= 0x80; value >>= 7) {
        text += static_cast<char>((value & 0x7f) | 0x80);
    }
    return text + static_cast<char>(value);
}

std::string number_field(unsigned field, std::uint64_t value) {
    return varint(field << 3) + varint(value);
}

std::string bytes_field(unsigned field, const std::string& value) {
    return varint(field << 3 | 2) + varint(value.size()) + value;
}

std::string float_field(unsigned field, float value) {
    return varint(field << 3 | 5) + little(std::bit_cast<std::uint32_t>(value), 4);
}

std::string record(const std::string& data) {
    const std::string length = little(data.size(), 8);
    return length + little(masked_crc32c(length), 4) + data + little(masked_crc32c(data), 4);
}

const std::string version = record(bytes_field(3, "brain.Event:2"));

std::string event(std::uint64_t step, const std::string& value) {
    return record((step == 0 ? "" : number_field(2, step)) + bytes_field(5, bytes_field(1, value)));
}

std::string simple(const std::string& tag, std::uint64_t step, float value) {
    return event(step, bytes_field(1, tag) + float_field(2, value));
}

std::string tensor(const std::string& tag, std::uint64_t step, const std::string& message,
                   const std::string& plugin = "scalars") {
    const std::string metadata =
        plugin.empty() ? "" : bytes_field(9, bytes_field(1, bytes_field(1, plugin)));
    return event(step, bytes_field(1, tag) + bytes_field(8, message) + metadata);
}

/// "tag: step=value step=value | notes"
std::string told(const Result<Recording>& recording) {
    if (!recording.ok()) {
        return problems_of(recording);
    }
    std::string text;
    for (const Run& run : recording->runs) {
        text += run.id.empty() ? "" : "[" + run.id + "] ";
        for (const Series& series : run.series) {
            text += series.name + ":";
            for (const auto& point : series.points) {
                text += " " + std::to_string(point.step) + "=" +
                        (point.value.kind == NumberKind::finite ? format_exact(point.value.value)
                         : point.value.kind == NumberKind::not_a_number ? "nan"
                                                                        : "inf");
            }
            text += "; ";
        }
        for (const auto& entry : run.entries) {
            text += entry.name + "! " + (entry.flaw ? entry.flaw->message : "") + "; ";
        }
        for (const std::string& note : run.notes) {
            text += "| " + note;
        }
    }
    return text;
}

}  // namespace

TEST_CASE("hyperparameters of a session are metadata, and its metrics scalars", "[sources]") {
    const auto recording = read(sample("data/tensorboard_hparams/tensorboardX.tfevents"));
    REQUIRE(problems_of(recording) == "");
    const Run& run = recording->runs.front();
    CHECK(run.metadata == metricgate::evidence::Metadata{{"hparams.layers", "3"},
                                                         {"hparams.lr", "0.1"},
                                                         {"hparams.nesterov", "true"},
                                                         {"hparams.optimizer", "adam"}});
    REQUIRE(run.series.size() == 2);
    CHECK(run.series[0].name == "hparam/acc");
    CHECK(run.series[0].points.front().value.value == 0.9375);
    CHECK(run.notes.empty());
    CHECK_FALSE(run.refused);
}

TEST_CASE("a session that failed is refused, and metrics without scalars are said", "[sources]") {
    const auto recording = read(sample("data/tensorboard_hparams/tensorboard.tfevents"));
    REQUIRE(problems_of(recording) == "");
    const Run& run = recording->runs.front();
    CHECK(run.metadata.at("hparams.cell") == "gru");
    CHECK(run.metadata.at("hparams.dropout") == "false");
    CHECK(run.metadata.at("hparams.lr") == "0.001");
    CHECK(run.notes ==
          Texts{"the hparams plugin names metrics of which this run has no scalar: 'gone'"});
    REQUIRE(run.refused);
    CHECK_THAT(run.refused->message, has("the run ended as FAILURE, says the hparams plugin"));
}

TEST_CASE("data of the hparams plugin that cannot be read are said and left out", "[sources]") {
    const std::string metadata =
        bytes_field(1, bytes_field(1, "hparams") + bytes_field(2, std::string("\x1a\x05\x0a", 3)));
    const auto recording =
        read(version + simple("acc", 0, 0.5F) +
             event(0, bytes_field(1, "_hparams_/session_start_info") + bytes_field(9, metadata)));
    REQUIRE(problems_of(recording) == "");
    CHECK(recording->runs.front().metadata.empty());
    REQUIRE(recording->runs.front().notes.size() == 1);
    CHECK_THAT(recording->runs.front().notes.front(), has("holds no hyperparameters"));
    CHECK(recording->runs.front().series.size() == 1);
}

TEST_CASE("how a session ended is about the runs below it, and must be said", "[sources]") {
    const auto plugin = [](const std::string& data) {
        return event(0, bytes_field(1, "_hparams_/session") +
                            bytes_field(9, bytes_field(1, bytes_field(1, "hparams") +
                                                              bytes_field(2, data))));
    };
    const std::string start = plugin(bytes_field(3, ""));
    const auto end = [&](std::uint64_t status) {
        return plugin(bytes_field(4, number_field(1, status)));
    };
    const std::string acc = simple("acc", 0, 0.5F);
    const auto refusals = [&](const std::map<std::string, std::string>& files) {
        const auto recording = read_tensorboard(folder_of(files));
        REQUIRE(problems_of(recording) == "");
        Texts ids;
        for (const Run& run : recording->runs) {
            if (run.refused) {
                ids.push_back(run.id);
            }
        }
        return ids;
    };
    const std::string failed = version + start + end(2);
    const std::string well = version + start + acc + end(1);
    const std::string plain = version + acc;
    CHECK(refusals(
              {{"s/tfevents.1", failed}, {"s/train/tfevents.1", plain}, {"t/tfevents.1", plain}}) ==
          Texts{"s", "s/train"});
    CHECK(refusals({{"tfevents.1", failed}, {"a/b/tfevents.1", plain}}) == Texts{".", "a/b"});
    CHECK(refusals({{"tfevents.1", failed}, {"a/tfevents.1", well}, {"a/b/tfevents.1", plain}}) ==
          Texts{"."});
    CHECK(refusals({{"tfevents.1", well}, {"a/tfevents.1", plain}}).empty());
    const auto alone = [&](const std::string& content) {
        const auto recording = read(content);
        REQUIRE(problems_of(recording) == "");
        const auto& refused = recording->runs.front().refused;
        return refused ? refused->message : "";
    };
    // What `hp.hparams` writes when nobody writes an end: said, and read.
    CHECK(alone(version + start + acc) == "");
    CHECK(read(version + start + acc)->runs.front().notes ==
          Texts{"the hparams plugin records no end of this run"});
    CHECK(alone(well + start) == "");
    CHECK(read(well)->runs.front().notes.empty());
    CHECK(alone(well) == "");
    CHECK(alone(plain) == "");
    CHECK_THAT(problems_of(read(version + start + acc + end(4))), has("ends a session"));
    CHECK_THAT(problems_of(read(version + acc + plugin(bytes_field(4, "\x08")))),
               has("in a way that TensorBoard does not write"));
}

TEST_CASE("the checksum is CRC-32C under TensorFlow's mask", "[sources]") {
    // RFC 3720 B.4: 32 bytes of zeros have the CRC 0x8a9136aa.
    const std::uint32_t crc = 0x8a9136aaU;
    CHECK(masked_crc32c(std::string(32, '\0')) == ((crc >> 15) | (crc << 17)) + 0xa282ead8U);
}

TEST_CASE("event files of PyTorch hold what is known of them", "[sources]") {
    const auto expected = nlohmann::json::parse(sample(samples_folder + "/expected_scalars.json"));
    REQUIRE(expected.size() == 9);
    for (const auto& [path, facts] : expected.items()) {
        CAPTURE(path);
        const auto recording = read(sample(samples_folder + "/" + path));
        REQUIRE(recording.ok());
        REQUIRE(recording->runs.size() == 1);
        const Run& run = recording->runs.front();
        CHECK(run.series.size() == facts["scalars"].size());
        const bool restarted = path.starts_with("duplicate_steps");
        for (const Series& series : run.series) {
            const auto& known = facts["scalars"][series.name];
            // Ten of the 210 records were written again.
            CHECK(series.points.size() + (restarted ? 10 : 0) == known["count"]);
            for (const auto& [point, wanted] : {std::pair(series.points.front(), known["first"]),
                                                std::pair(series.points.back(), known["last"])}) {
                CHECK(point.step == wanted[0]);
                CHECK(static_cast<float>(point.value.value) ==
                      static_cast<float>(wanted[1].get<double>()));
            }
        }
    }
}

TEST_CASE("a log directory has a run for each folder with event files", "[sources]") {
    const Document document = folder_of(samples(samples_folder));
    CHECK(recognises_tensorboard(document));
    const auto recording = read_tensorboard(document);
    REQUIRE(recording.ok());
    Texts ids;
    for (const Run& run : recording->runs) {
        ids.push_back(run.id);
    }
    CHECK(ids == Texts{"duplicate_steps/run_1", "duplicate_steps/run_2", "duplicate_steps/run_3",
                       "lax/run_1", "lax/run_2", "lax/run_3", "strict/run_1", "strict/run_2",
                       "strict/run_3"});
    CHECK(recording->runs[0].notes ==
          Texts{"20 values were written again, from step 90 on (a run that went on from a "
                "checkpoint): the later ones count, as in TensorBoard"});
    CHECK(recording->runs[6].notes.empty());
}

TEST_CASE("the files of a run continue each other in the order of their names", "[sources]") {
    const std::map<std::string, std::string> files = {
        {"events.out.tfevents.100.box.1",
         version + simple("loss", 0, 3.0F) + simple("loss", 1, 2.0F) + simple("loss", 2, 1.5F)},
        {"events.out.tfevents.200.box.1", version + simple("loss", 1, 2.5F)},
        {"eval/events.out.tfevents.150.box.1", version + simple("acc", 2, 0.5F)},
        {"hparams.yaml", "lr: 1"}};
    CHECK(told(read_tensorboard(folder_of(files))) ==
          "[.] loss: 0=3 1=2.5; | 2 values were written again, from step 1 on (a run that went on "
          "from a checkpoint): the later ones count, "
          "as in TensorBoard[eval] acc: 2=0.5; ");
}

TEST_CASE("binary32 values are read as their shortest decimals, and non-finite ones are carried",
          "[sources]") {
    CHECK(told(read(version + simple("acc", 3, 0.94F) + simple("acc", 4, 1e-8F))) ==
          "acc: 3=0.94 4=1e-8; ");
    CHECK(told(read(version + simple("x", 0, std::nanf("")) + simple("x", 1, HUGE_VALF))) ==
          "x: 0=nan 1=inf; ");
    CHECK(told(read(version + simple("x", static_cast<std::uint64_t>(-5), 1.0F) +
                    simple("x", 0, 2.0F))) == "x: -5=1 0=2; ");
}

TEST_CASE("tensors without dimensions are scalars, as TensorFlow 2 writes them", "[sources]") {
    const std::string packed = number_field(1, 1) + bytes_field(2, "") +
                               bytes_field(5, little(std::bit_cast<std::uint32_t>(0.25F), 4));
    const std::string loose = number_field(1, 1) + float_field(5, 0.5F);
    const std::string content =
        number_field(1, 1) + bytes_field(4, little(std::bit_cast<std::uint32_t>(0.75F), 4));
    const std::string wide =
        number_field(1, 2) + bytes_field(4, little(std::bit_cast<std::uint64_t>(0.1), 8));
    // The metadata stands on the first value of a tag only.
    CHECK(told(read(version + tensor("a", 0, packed) + tensor("a", 1, loose, "") +
                    tensor("a", 2, content, "") + tensor("a", 3, wide, ""))) ==
          "a: 0=0.25 1=0.5 2=0.75 3=0.1; ");
    CHECK(told(read(version + tensor("a", 0, packed, ""))) == "a: 0=0.25; ");
    CHECK(told(read(version + tensor("a", 0, packed, "hparams") + simple("b", 0, 1.0F))) ==
          "b: 0=1; ");
}

TEST_CASE("a tag that should be a scalar and is none says so to the check that uses it",
          "[sources]") {
    const std::string vector = number_field(1, 1) +
                               bytes_field(2, bytes_field(2, number_field(1, 2))) +
                               float_field(5, 1.0F) + float_field(5, 2.0F);
    const std::string text = number_field(1, 7) + bytes_field(8, "words");
    CHECK(told(read(version + tensor("v", 7, vector) + simple("b", 0, 1.0F))) ==
          "b: 0=1; v! 'v' at step 7 is no scalar, wanted one float without dimensions; ");
    CHECK_THAT(told(read(version + tensor("v", 7, text))), has("'v' at step 7 is no scalar"));
    CHECK(told(read(version + tensor("notes", 7, text, "text"))) == "");
}

TEST_CASE("a cut tail is read up to the cut, and said", "[sources]") {
    const std::string whole =
        sample(samples_folder + "/strict/run_1/events.out.tfevents.1622543341.host.86862.0");
    REQUIRE(read(whole).ok());
    const std::size_t first = 12 + 24 + 4;
    std::size_t silent = 0;
    const auto accepted = accepted_cuts(whole, [&](const std::string& cut) {
        const auto recording = read(cut);
        silent += recording.ok() && recording->runs.front().notes.empty() ? 1U : 0U;
        return recording.ok();
    });
    // A file of no bytes says that it is empty; a cut behind one of its 101 records leaves a file
    // as it once was.
    CHECK(accepted.size() == whole.size() - first + 1);
    CHECK(silent == 100);
    CHECK_THAT(told(read(whole.substr(0, whole.size() - 1))),
               has("ends inside the record at byte"));
    CHECK_THAT(told(read(whole.substr(0, 20))), has("ends inside its first record"));
}

TEST_CASE("a damaged byte is never read", "[sources]") {
    const std::string whole = version + simple("acc", 3, 0.94F) + simple("acc", 4, 0.95F);
    // Only a length that is damaged together with its checksum could be taken for a cut.
    CHECK(accepted_flips(whole, [](const std::string& damaged) {
              return read(damaged).ok();
          }).empty());
    CHECK_THAT(told(read(version + "garbage behind the records")),
               has("the checksum of the record at byte 31 is wrong"));
}

TEST_CASE("a record that is no event is refused", "[sources]") {
    CHECK_THAT(told(read(version + record("\xff"))), has("is no event of TensorBoard"));
    CHECK_THAT(told(read(version + record(bytes_field(5, "\x0a\x7f")))),
               has("is no event of TensorBoard"));
    CHECK_THAT(told(read(version + simple("", 0, 1.0F))),
               has("has a tag that is empty or no UTF-8 text"));
    CHECK_THAT(told(read(version + simple("\xff", 0, 1.0F))), has("no UTF-8 text"));
    const std::string endless(12, '\xff');
    CHECK_THAT(told(read(version + record(endless))), has("is no event of TensorBoard"));
}

TEST_CASE("only files that begin with TensorBoard's version are recognised", "[sources]") {
    const auto named =
        metricgate::sources::read_metrics(file_of(version + simple("acc", 0, 0.5F)), "tensorboard");
    CHECK(told(named) ==
          told(metricgate::sources::read_metrics(file_of(version + simple("acc", 0, 0.5F)), "")));
    CHECK(told(named) == "acc: 0=0.5; ");
    CHECK(recognises_tensorboard(file_of(version)));
    CHECK_FALSE(recognises_tensorboard(file_of("")));
    CHECK_FALSE(recognises_tensorboard(file_of(version.substr(0, 30))));
    CHECK_FALSE(recognises_tensorboard(file_of(record("example"))));
    CHECK_FALSE(recognises_tensorboard(file_of("id,y\n1,2\n")));
    CHECK_FALSE(recognises_tensorboard(folder_of({{"a.json", "{}"}, {"tfevents.txt", "no"}})));
    CHECK_FALSE(recognises_tensorboard(folder_of({})));
    CHECK_THAT(told(read_tensorboard(folder_of({{"a.json", "{}"}}))), has("holds no event file"));
}

TEST_CASE("messages leave out the name of the host", "[sources]") {
    const auto recording = read_tensorboard(folder_of(
        {{"r/events.out.tfevents.16.secret-host.5.0", version + simple("a", 0, 1.0F) + "x"}}));
    CHECK_THAT(told(recording),
               has("'logs/r/events.out.tfevents.16.*' ends inside the record at byte"));
    CHECK_THAT(told(recording), !has("secret"));
}
