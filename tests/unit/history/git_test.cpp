#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "history/catalog.h"
#include "history/newest.h"
#include "support/catch.h"

using namespace metricgate;

namespace {

/// A repository of one branch, its file as the commits left it.
class Branch final : public sources::Repository {
public:
    explicit Branch(std::vector<std::string> contents) {
        for (std::string& content : contents) {
            sources::FileVersion version;
            version.commit.id = std::string(39, 'a') + std::to_string(m_history.versions.size());
            version.commit.time = static_cast<std::int64_t>(m_history.versions.size());
            version.path = "m.json";
            version.bytes = support::Bytes::of(std::move(content));
            m_history.versions.push_back(std::move(version));
        }
    }

    [[nodiscard]] std::string root() const override { return "/repo"; }
    support::Result<sources::Commit> resolve(const std::string& revision) override {
        return sources::Commit{std::string(40, 'b'), 0, revision};
    }
    support::Result<sources::Commit> automatic_baseline(const sources::CiContext& /*ci*/) override {
        return support::problem_in("git", "not asked for");
    }
    support::Result<sources::Commit> merge_base(const std::string& /*branch*/) override {
        return support::problem_in("git", "not asked for");
    }
    support::Result<std::optional<sources::CommittedFile>> read(const sources::Commit& /*commit*/,
                                                                const std::string& /*path*/,
                                                                std::size_t /*limit*/) override {
        return std::optional<sources::CommittedFile>{};
    }
    support::Result<std::optional<sources::CommittedFolder>> read_folder(
        const sources::Commit& /*commit*/, const std::string& /*path*/,
        const sources::FolderLimits& /*limits*/) override {
        return std::optional<sources::CommittedFolder>{};
    }
    support::Result<sources::FileHistory> walk(const sources::Commit& newest,
                                               const std::string& /*path*/,
                                               const sources::WalkLimits& limits) override {
        asked = newest.described_as + " " + std::to_string(limits.versions);
        return m_history;
    }
    support::Result<bool> reaches(const sources::Commit& /*newer*/,
                                  const std::string& /*older*/) override {
        return false;
    }
    std::optional<sources::Commit> head() override {
        return sources::Commit{std::string(40, 'c'), 0, "HEAD"};
    }

    void remove_file() { m_history.gone = true; }

    std::string asked;

private:
    sources::FileHistory m_history;
};

support::Result<history::Histories> read(Branch& branch, history::Request request = {}) {
    request.address = "m.json";
    request.repository = [&branch]() -> support::Result<sources::Repository*> { return &branch; };
    return history::source_of("git")->read(request);
}

}  // namespace

TEST_CASE("every state of a metric file is a point that its commit names", "[history]") {
    Branch branch({R"({"accuracy": {"value": 0.9, "n": 100}, "loss": 0.3})",
                   R"({"accuracy": {"value": 0.8, "stderr": 0.01}, "metadata": {}})"});
    history::Request request;
    request.metrics = {"accuracy"};
    request.window = 7;
    const auto found = read(branch, request);
    REQUIRE(found);
    REQUIRE(branch.asked == "HEAD 7");
    REQUIRE(found->histories.size() == 1);
    const auto& points = found->histories[0].points;
    REQUIRE(points.size() == 2);
    REQUIRE(points[0].value.value == 0.9);
    REQUIRE(points[0].n == 100U);
    REQUIRE(points[0].key == "aaaaaaaaaaaa");
    REQUIRE(points[0].commit == std::string(39, 'a').append("0"));
    REQUIRE(points[1].time == 1);
}

TEST_CASE("a state that cannot be read is left out and said", "[history]") {
    Branch branch({R"({"accuracy": 0.9})", "{", R"({"accuracy": 0.8})"});
    const auto found = read(branch);
    REQUIRE(found);
    REQUIRE(found->histories.at(0).points.size() == 2);
    REQUIRE(found->notes.size() == 1);
    REQUIRE(found->notes[0].find("Left out of the history") != std::string::npos);
    REQUIRE(found->unread.empty());
}

TEST_CASE("a newest state that cannot be read is told apart from an old one", "[history]") {
    Branch branch({R"({"accuracy": 0.9})", "{"});
    const auto found = read(branch);
    REQUIRE(found);
    REQUIRE(found->notes.size() == 1);
    REQUIRE(found->unread.size() == 1);
    const std::string said = support::describe(found->unread[0]);
    REQUIRE(said.find("git:aaaaaaaaaaaa:m.json") != std::string::npos);
    REQUIRE(said.find("the newest version cannot be read") != std::string::npos);
}

TEST_CASE("a file that the newest commit no longer has is told of, its past is read", "[history]") {
    Branch branch({R"({"accuracy": 0.9})"});
    branch.remove_file();
    const auto found = read(branch);
    REQUIRE(found);
    REQUIRE(found->histories.size() == 1);
    REQUIRE(found->unread.size() == 1);
    REQUIRE(found->unread[0].message.find("HEAD has no m.json") == 0);
}

TEST_CASE("a metric that the newest state lacks is stale, also if it alone is asked for",
          "[history]") {
    Branch branch({R"({"accuracy": 0.9, "f1": 0.8})", R"({"accuracy": 0.9})"});
    history::Request request;
    request.metrics = {"f1"};
    const auto found = read(branch, request);
    REQUIRE(found);
    REQUIRE(found->newest);
    REQUIRE(history::stale_of(found->histories, "m.json", {}, found->newest).size() == 1);
    request.metrics = {"accuracy"};
    const auto kept = read(branch, request);
    REQUIRE(kept);
    REQUIRE(history::stale_of(kept->histories, "m.json", {}, kept->newest).empty());
}

TEST_CASE("a value that is not finite stays in its history, for the check to refuse", "[history]") {
    Branch branch({R"({"accuracy": NaN})"});
    const auto found = read(branch);
    REQUIRE(found);
    REQUIRE(found->histories.at(0).points.at(0).value.kind == support::NumberKind::not_a_number);
}

TEST_CASE("repeated runs of a state are its mean with its standard error", "[history]") {
    Branch branch({R"({"accuracy": [0.8, 0.9, 1.0]})"});
    const auto found = read(branch);
    REQUIRE(found);
    const auto& point = found->histories.at(0).points.at(0);
    REQUIRE(point.value.value == Approx(0.9));
    REQUIRE(point.standard_error->value == Approx(0.1 / 1.7320508075688772));
    REQUIRE_FALSE(point.n);  // runs are not examples
}
