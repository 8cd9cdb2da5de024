// Both kinds of stores, which must be told apart by nothing but their files.

#include "history/store.h"

#include <sys/stat.h>

#include <thread>

#include "scratch.h"
#include "store_points.h"
#include "support/catch.h"

using namespace metricgate;
using namespace metricgate::test;
using history::NewPoint;
using history::open_store;

namespace {

std::vector<double> values(const evidence::History& history) {
    std::vector<double> all;
    for (const auto& point : history.points) {
        all.push_back(point.value.value);
    }
    return all;
}

std::string named(const std::string& kind) {
    return kind == "sqlite" ? "metricgate.db" : "metrics.jsonl";
}

}  // namespace

TEST_CASE("What was appended is read back whole, whichever store holds it") {
    const std::string kind = GENERATE("sqlite", "jsonl");
    const Scratch scratch;
    const auto files = support::disk();
    const auto store = open_store(scratch / named(kind), *files);

    NewPoint full = point("accuracy", 0.1 + 0.2, 5, 3);
    full.unit = "ratio";
    full.point.standard_error = support::ParsedNumber{support::NumberKind::finite, 0.01};
    full.point.n = 1200;
    full.point.commit = first_commit;
    full.point.data_digest = "xxh3:0123456789abcdef";
    full.point.metadata = {{"attempt", "2"},
                           {"features", "v3 \"wide\"\n"},
                           {"model_version", "v7"},
                           {"run", "nightly"}};
    const auto done = store->append({full, point("loss", 1e-300)});
    INFO(why(done));
    REQUIRE(done.ok());
    CHECK(done->added == 2);
    CHECK(done->known == 0);

    const auto read = store->read({});
    INFO(why(read));
    REQUIRE(read.ok());
    REQUIRE(read->size() == 2);
    CHECK((*read)[1].metric == "loss");
    CHECK((*read)[1].points[0].value.value == 1e-300);
    CHECK((*read)[1].points[0].key == "2026-01-01T00:00:00Z");
    const evidence::History& accuracy = (*read)[0];
    CHECK(accuracy.metric == "accuracy");
    CHECK(accuracy.unit == "ratio");
    REQUIRE(accuracy.points.size() == 1);
    const evidence::HistoryPoint& found = accuracy.points[0];
    CHECK(found.value.value == 0.1 + 0.2);
    CHECK(found.standard_error->value == 0.01);
    CHECK(found.n == 1200);
    CHECK(found.step == 3);
    CHECK(found.time == full.point.time);
    CHECK(found.commit == first_commit);
    CHECK(found.key == "aaaaaaaaaaaa");
    CHECK(found.data_digest == full.point.data_digest);
    CHECK(found.metadata == full.point.metadata);
}

TEST_CASE("Points come by time, and in the order of their calls where times are equal") {
    const std::string kind = GENERATE("sqlite", "jsonl");
    const Scratch scratch;
    const auto files = support::disk();
    const auto store = open_store(scratch / named(kind), *files);
    REQUIRE(store->append({point("a", 3, 20), point("a", 4, 20)}).ok());
    REQUIRE(store->append({point("a", 5, 20)}).ok());
    REQUIRE(store->append({point("a", 1, 0), point("b", 9)}).ok());
    REQUIRE(store->append({point("a", 2, 10)}).ok());
    const auto all = store->read({{"a"}, std::nullopt});
    REQUIRE(all.ok());
    REQUIRE(all->size() == 1);
    CHECK(values(all->front()) == std::vector<double>{1, 2, 3, 4, 5});
    const auto last = store->read({{"a"}, 2});
    REQUIRE(last.ok());
    CHECK(values(last->front()) == std::vector<double>{4, 5});
    const auto names = store->metrics();
    CHECK_FALSE(files->exists(scratch / (named(kind) + "-wal")));
    CHECK_FALSE(files->exists(scratch / (named(kind) + "-shm")));
    REQUIRE(names.ok());
    CHECK(*names == std::vector<std::string>{"a", "b"});
}

TEST_CASE(
    "A step goes forward within commit, run and attempt; all of a call or nothing is stored") {
    const std::string kind = GENERATE("sqlite", "jsonl");
    const Scratch scratch;
    const auto files = support::disk();
    const auto store = open_store(scratch / named(kind), *files);
    REQUIRE(store->append({point("a", 1, 0, 5)}).ok());
    const auto back = store->append({point("b", 1, 1, 9), point("a", 1, 1, 4)});
    REQUIRE_FALSE(back.ok());
    CHECK_THAT(why(back), Catch::Contains("command line: step 4 of 'a' goes backwards") &&
                              Catch::Contains("holds step 5"));
    CHECK(store->metrics().value() == std::vector<std::string>{"a"});
    const auto within = store->append({point("b", 1, 1, 9), point("b", 1, 1, 8)});
    CHECK_FALSE(within.ok());

    CHECK(store->append({point("a", 1, 2, 5)}).ok());
    CHECK(store->append({point("a", 1, 3)}).ok());
    NewPoint other = point("a", 1, 4, 1);
    SECTION("another commit") {
        other.point.commit = first_commit;
    }
    SECTION("another run") {
        other.point.metadata["run"] = "second";
    }
    SECTION("another attempt") {
        other.point.metadata["attempt"] = "2";
    }
    const auto done = store->append({other});
    INFO(why(done));
    CHECK(done.ok());
}

TEST_CASE("A copy of a log that has grown adds what is new") {
    const std::string kind = GENERATE("sqlite", "jsonl");
    const Scratch scratch;
    const auto files = support::disk();
    const auto store = open_store(scratch / named(kind), *files);
    std::vector<NewPoint> log = {point("a", 1, 0, 1), point("a", 2, 1, 2)};
    for (NewPoint& copied : log) {
        copied.is_copy = true;
    }
    REQUIRE(store->append(log)->added == 2);
    log.push_back(point("a", 3, 2, 3));
    log.back().is_copy = true;
    const auto again = store->append(log);
    REQUIRE(again.ok());
    CHECK(again->added == 1);
    CHECK(again->known == 2);
    // A measurement is taken again, even where it gives the same.
    CHECK(store->append({point("a", 3, 2, 3)})->added == 1);
}

TEST_CASE("A unit is that of the metric; one that is not told says nothing") {
    const std::string kind = GENERATE("sqlite", "jsonl");
    const Scratch scratch;
    const auto files = support::disk();
    const auto store = open_store(scratch / named(kind), *files);
    NewPoint timed = point("latency", 5);
    REQUIRE(store->append({timed}).ok());
    timed.unit = "ms";
    REQUIRE(store->append({timed}).ok());
    timed.unit = "s";
    const auto other = store->append({timed});
    CHECK_THAT(why(other), Catch::Contains("'latency' is in 's'") && Catch::Contains("in 'ms'"));
    CHECK(store->read({})->front().unit == "ms");
}

TEST_CASE("Points that no store takes") {
    const std::string kind = GENERATE("sqlite", "jsonl");
    const Scratch scratch;
    const auto files = support::disk();
    const auto store = open_store(scratch / named(kind), *files);
    NewPoint bad = point("a", 1);
    std::string wanted;
    SECTION("no name") {
        bad.metric = "";
        wanted = "a value has no name";
    }
    SECTION("a name of two lines") {
        bad.metric = "a\nb";
        wanted = "control characters";
    }
    SECTION("NaN") {
        bad.point.value = {support::NumberKind::not_a_number, 0};
        wanted = "the value of 'a' is not a number (NaN)";
    }
    SECTION("infinite") {
        bad.point.value = {support::NumberKind::negative_infinity, 0};
        wanted = "the value of 'a' is infinite";
    }
    SECTION("a negative standard error") {
        bad.point.standard_error = support::ParsedNumber{support::NumberKind::finite, -1};
        wanted = "the standard error of 'a' is -1";
    }
    SECTION("no time") {
        bad.point.time.reset();
        wanted = "'a' has no time";
    }
    SECTION("a time that no calendar has") {
        bad.point.time = std::int64_t{1} << 60;
        wanted = "the years 1 to 9999";
    }
    SECTION("a step that a double would round") {
        bad.point.step = (std::int64_t{1} << 53) + 1;
        wanted = "beyond 2^53";
    }
    SECTION("a short commit") {
        bad.point.commit = "abc";
        wanted = "wanted a full id";
    }
    SECTION("metadata without a name") {
        bad.point.metadata[""] = "x";
        wanted = "the metadata of 'a'";
    }
    SECTION("metadata that is no text") {
        bad.point.metadata["x"] = "\xff";
        wanted = "is no UTF-8";
    }
    const auto done = store->append({point("good", 1), bad});
    CHECK_THAT(why(done), Catch::Contains("command line: ") && Catch::Contains(wanted));
    CHECK_FALSE(files->exists(scratch / named(kind)));
}

TEST_CASE("What is not in a store is a problem, with a near name") {
    const std::string kind = GENERATE("sqlite", "jsonl");
    const Scratch scratch;
    const auto files = support::disk();
    const auto store = open_store(scratch / named(kind), *files);
    CHECK_THAT(why(store->read({})), Catch::Contains("does not exist"));
    REQUIRE(store->append({point("accuracy", 1)}).ok());
    CHECK_THAT(why(store->read({{"acuracy"}, 5})),
               Catch::Contains("holds no metric 'acuracy' (did you mean 'accuracy'?)"));
    scratch.put(named(kind), "");
    CHECK_THAT(why(store->read({})), Catch::Contains("is empty"));
    CHECK(store->append({point("accuracy", 1)}).ok());
    CHECK(store->read({}).ok());
}

TEST_CASE("A path that is no file is refused") {
    const std::string kind = GENERATE("sqlite", "jsonl");
    const Scratch scratch;
    const auto files = support::disk();
    std::filesystem::create_directory(scratch / named(kind));
    const auto folder = open_store(scratch / named(kind), *files);
    CHECK_FALSE(folder->append({point("a", 1)}).ok());
    CHECK_FALSE(folder->read({}).ok());
    const auto nowhere = open_store(scratch / ("none/" + named(kind)), *files);
    CHECK_FALSE(nowhere->append({point("a", 1)}).ok());
}

TEST_CASE("A journal that came with a store makes SQLite remove no other file") {
    const Scratch scratch;
    const auto files = support::disk();
    const std::string mine = scratch.put("mine", "precious");
    const auto store = open_store(scratch / "metricgate.db", *files);
    REQUIRE(store->append({point("a", 1)}).ok());
    // A head of one sector, and behind it the name of the journal of several databases, as
    // writeSuperJournal() in SQLite's pager.c writes it.
    const auto number = [](std::size_t value) {
        return std::string{static_cast<char>(value >> 24U & 255U),
                           static_cast<char>(value >> 16U & 255U),
                           static_cast<char>(value >> 8U & 255U), static_cast<char>(value & 255U)};
    };
    const std::string magic = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7";
    const std::size_t pages = std::filesystem::file_size(scratch / "metricgate.db") / 4096;
    std::string journal =
        magic + number(0) + number(0) + number(pages) + number(512) + number(4096);
    journal.resize(512);
    std::size_t sum = 0;
    for (const char c : mine) {
        sum += static_cast<unsigned char>(c);
    }
    journal += number(0x40000000 / 4096 + 1) + mine + number(mine.size()) + number(sum) + magic;
    scratch.put("metricgate.db-journal", journal);

    CHECK_THAT(why(store->append({point("a", 2)})), Catch::Contains("names another file"));
    CHECK_THAT(why(store->read({})), Catch::Contains("names another file"));
    CHECK(scratch.content("mine") == "precious");
    std::filesystem::remove(scratch / "metricgate.db-journal");
    CHECK(store->append({point("a", 2)}).ok());
}

TEST_CASE("What is no file beside a store is refused and not waited for") {
    const std::string ending = GENERATE("-journal", "-wal", "-shm");
    const Scratch scratch;
    const auto files = support::disk();
    const auto store = open_store(scratch / "metricgate.db", *files);
    REQUIRE(store->append({point("a", 1)}).ok());
    std::filesystem::remove(scratch / ("metricgate.db" + ending));
    REQUIRE(::mkfifo((scratch / ("metricgate.db" + ending)).c_str(), 0600) == 0);
    const std::string told = "'" + ending + "' is no regular file";
    CHECK_THAT(why(store->append({point("a", 2)})), Catch::Contains(told));
    CHECK_THAT(why(store->read({})), Catch::Contains(told));
}

TEST_CASE("A store that a policy names lies in its repository") {
    const std::string kind = GENERATE("sqlite", "jsonl");
    const Scratch scratch;
    const auto files = support::disk();
    std::filesystem::create_directory(scratch / "repo");
    REQUIRE(open_store(scratch / named(kind), *files)->append({point("a", 1)}).ok());
    const auto outside = open_store(scratch / ("repo/../" + named(kind)), *files,
                                    support::PathTrust::policy, scratch / "repo");
    CHECK_THAT(why(outside->read({})), Catch::Contains("outside"));
    REQUIRE(open_store(scratch / ("repo/" + named(kind)), *files)->append({point("a", 1)}).ok());
    CHECK(open_store(scratch / ("repo/" + named(kind)), *files, support::PathTrust::policy,
                     scratch / "repo")
              ->read({})
              .ok());
}

TEST_CASE("Threads that append at once lose nothing") {
    const std::string kind = GENERATE("sqlite", "jsonl");
    const Scratch scratch;
    const auto files = support::disk();
    constexpr int writers = 8;
    constexpr int calls = 5;
    std::vector<std::string> failures(writers);
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            const auto store = open_store(scratch / named(kind), *files);
            for (int call = 0; call < calls; ++call) {
                const auto done =
                    store->append({point("a", writer, call), point("b", writer, call)});
                if (!done.ok()) {
                    failures[static_cast<std::size_t>(writer)] = why(done);
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(failures == std::vector<std::string>(writers));
    const auto all = open_store(scratch / named(kind), *files)->read({});
    REQUIRE(all.ok());
    CHECK((*all)[0].points.size() == writers * calls);
    CHECK((*all)[1].points.size() == writers * calls);
}
