#include "sources/wandb_offline.h"

#include <nlohmann/json.hpp>

#include <zlib.h>

#include "cut_everywhere.h"
#include "llm_data.h"
#include "sample_files.h"
#include "sources/wandb_records.h"

using namespace reading;
using namespace metricgate;

namespace {

std::string file(const std::string& name) {
    return sample("data/wandb_offline/" + name);
}

support::Result<sources::Run> read(const std::string& content) {
    return sources::read_wandb_log(content, "run.wandb");
}

// A second writer, of short fields and records.

std::string field(char number, const std::string& bytes) {
    return std::string(1, static_cast<char>(number << 3 | 2)) + static_cast<char>(bytes.size()) +
           bytes;
}

/// An item with the field 16, value_json, whose tag takes two bytes.
std::string item(const std::string& key, const std::string& json) {
    return field(1, field(1, key) + "\x82\x01" + static_cast<char>(json.size()) + json);
}

std::string piece(char kind, const std::string& bytes) {
    const std::string summed = kind + bytes;
    const auto crc = static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(summed.data()), static_cast<uInt>(summed.size())));
    std::string text;
    for (unsigned i = 0; i < 4; ++i) {
        text += static_cast<char>(crc >> (8 * i) & 0xffU);
    }
    text += static_cast<char>(bytes.size() & 0xffU);
    text += static_cast<char>(bytes.size() >> 8);
    return text + summed;
}

const std::string mark(":W&B\xe1\xbe\0", 7);
const std::string ended = piece(1, std::string("\x92\x01\x00", 3));

std::string history(const std::string& step, const std::string& json) {
    return piece(1, field(2, item("_step", step) + item("acc", json)));
}

}  // namespace

TEST_CASE("an offline run of W&B holds what was logged in it", "[sources]") {
    const auto expected = nlohmann::json::parse(file("expected.json"));
    std::size_t compared = 0;
    for (const auto& [name, metrics] : expected.items()) {
        const auto run = read(file(name + ".wandb"));
        REQUIRE(problems_of(run) == "");
        CHECK_FALSE(run->refused);
        CHECK(run->name == name);
        CHECK(run->metadata.at("config.lr") == "0.1");
        CHECK(scalar(*run, "best_acc").value.value == metrics["best_acc"]);
        for (const sources::Series& series : run->series) {
            if (series.name == "bad" || series.name == "big") {
                CHECK(series.points.front().value.kind != support::NumberKind::finite);
                continue;
            }
            const auto& wanted = metrics.at(series.name);
            REQUIRE(series.points.size() == wanted.size());
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                CHECK(series.points[i].step == wanted[i][0]);
                CHECK(series.points[i].value.value == wanted[i][1].get<double>());
                ++compared;
            }
        }
        CHECK_THAT(entry(*run, "text").flaw->message, has("wanted a number"));
        CHECK_THAT(entry(*run, "long._type").flaw->message, has("wanted a number"));
    }
    CHECK(compared == 4 * (8 + 8 + 100));
    CHECK(file("long.wandb").size() > 32768);  // more than a block
}

TEST_CASE("a run of W&B that failed or did not end is refused", "[sources]") {
    const auto refused = [](const std::string& content) {
        const auto run = read(content);
        REQUIRE(problems_of(run) == "");
        return run->refused ? run->refused->message : "";
    };
    const std::string logged = mark + history("3", "0.5");
    CHECK(refused(logged + ended) == "");
    CHECK_THAT(refused(logged), has("did not say that it ended"));
    CHECK_THAT(refused(logged + piece(1, "\x92\x01\x02\x08\x01")),
               has("the run failed with exit code 1"));
    CHECK_THAT(refused(logged + ended.substr(0, 8)), has("ends inside a record"));
}

TEST_CASE("numbers of W&B are read as it writes them", "[sources]") {
    const auto one = [](const std::string& json) {
        return *read(mark + history("7", json) + ended);
    };
    CHECK(one("0.25").series.front().points.front().step == 7);
    CHECK(one("NaN").series.front().points.front().value.kind == support::NumberKind::not_a_number);
    CHECK(one("\"-Infinity\"").series.front().points.front().value.kind ==
          support::NumberKind::negative_infinity);
    CHECK(entry(one("\"0.5\""), "acc").flaw);
    CHECK(entry(one("true"), "acc").flaw);
    CHECK_THAT(problems_of(read(mark + history("x", "1"))), has("is no record of W&B"));
}

TEST_CASE("what stands in the summary alone is a value, and may be taken out again", "[sources]") {
    const std::string summary = piece(1, '\x1a' + std::string(1, '\x0e') + item("best", "0.9"));
    const auto run = read(mark + history("1", "0.5") + summary + ended);
    REQUIRE(problems_of(run) == "");
    CHECK(scalar(*run, "best").value.value == 0.9);
    const std::string removed = piece(1, field(3, field(2, field(1, "best"))));
    CHECK(read(mark + summary + removed + ended)->entries.empty());
}

TEST_CASE("a log of W&B cut anywhere is read up to there and refused, or is none", "[sources]") {
    const std::string whole = file("baseline.wandb");
    std::size_t judged = 0;
    accepted_cuts(whole, [&](const std::string& cut) {
        const auto run = read(cut);
        judged += run.ok() && !run->refused ? 1U : 0U;
        return run.ok();
    });
    // Behind the record that says how the run ended.
    CHECK(judged <= 1);
    CHECK_THAT(problems_of(read(whole.substr(0, 5))), has("does not begin with its mark"));
    CHECK_THAT(problems_of(read(whole.substr(0, 20))), has("ends inside its first record"));
}

TEST_CASE("a changed bit in a log of W&B is noticed", "[sources]") {
    std::size_t judged = 0;
    accepted_flips(file("baseline.wandb"), [&](const std::string& flipped) {
        const auto run = read(flipped);
        judged += run.ok() && !run->refused ? 1U : 0U;
        return run.ok();
    });
    CHECK(judged == 0);
}

TEST_CASE("pieces of a record of W&B must fit together", "[sources]") {
    const std::string record = field(2, item("_step", "1") + item("acc", "0.5"));
    const std::string split =
        piece(2, record.substr(0, 5)) + piece(3, record.substr(5, 4)) + piece(4, record.substr(9));
    CHECK(read(mark + split + ended)->series.size() == 1);
    CHECK_THAT(problems_of(read(mark + piece(3, record))), has("is damaged"));
    CHECK_THAT(problems_of(read(mark + piece(2, record) + ended)), has("is damaged"));
    CHECK_THAT(problems_of(read(mark + piece(5, record))), has("is damaged"));
    CHECK(sources::is_wandb_log(document(mark)));
    CHECK_FALSE(sources::is_wandb_log(document(":W&B")));
}

TEST_CASE("what W&B logs as true is not called false", "[sources]") {
    CHECK_THAT(entry(*read(mark + history("0", "true") + ended), "acc").flaw->message,
               has("the boolean true"));
    CHECK_THAT(entry(*read(mark + history("0", "false") + ended), "acc").flaw->message,
               has("the boolean false"));
}
