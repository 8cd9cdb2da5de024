#include "unit/stats/reference_case.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include "support/catch.h"
#include "support/paths.h"

namespace metricgate::stats::reference {

namespace {

std::vector<double> as_numbers(const nlohmann::json& value) {
    std::vector<double> numbers;
    for (const auto& item : value.is_array() ? value : nlohmann::json::array({value})) {
        if (item == "inf" || item == "-inf") {
            const double infinity = std::numeric_limits<double>::infinity();
            numbers.push_back(item == "inf" ? infinity : -infinity);
        } else {
            INFO("an expected value without number (undefined or null): " << item.dump());
            REQUIRE(item.is_number());
            numbers.push_back(item.get<double>());
        }
    }
    return numbers;
}

}  // namespace

Case::Case(std::string file, nlohmann::json content)
    : m_file(std::move(file)),
      m_op(content.at("op").get<std::string>()),
      m_id(content.at("id").get<std::string>()),
      m_content(std::move(content)),
      m_tolerance(m_content.at("abs_tol").get<double>()) {}

const nlohmann::json& Case::input(const std::string& key) const {
    const auto& data = m_content.at("data");
    return data.contains(key) ? data.at(key) : m_content.at("params").at(key);
}

bool Case::has(const std::string& key) const {
    return m_content.at("data").contains(key) || m_content.at("params").contains(key);
}

double Case::number(const std::string& key) const {
    return input(key).get<double>();
}

std::uint64_t Case::count(const std::string& key) const {
    return input(key).get<std::uint64_t>();
}

std::vector<double> Case::numbers(const std::string& key) const {
    return as_numbers(input(key));
}

void Case::expect(const std::string& key, double actual) {
    expect(key, std::vector<double>{actual});
}

void Case::expect(const std::string& key, const Interval& actual) {
    expect(key, std::vector<double>{actual.lower, actual.upper});
}

void Case::expect(const std::string& key, const std::vector<double>& actual) {
    INFO(m_file << ": " << m_op << " " << m_id << ": " << key);
    REQUIRE(m_content.at("expected").contains(key));
    m_seen.insert(key);
    const std::vector<double> expected = as_numbers(m_content.at("expected").at(key));
    REQUIRE(actual.size() == expected.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
        CHECK_THAT(actual[i], WithinAbs(expected[i], m_tolerance));
    }
}

void Case::expect_simulated(const std::string& key, const std::vector<double>& actual, double step,
                            double replicates) {
    INFO(m_file << ": " << m_op << " " << m_id << ": " << key);
    REQUIRE(m_content.at("expected").contains(key));
    m_seen.insert(key);
    const std::vector<double> expected = as_numbers(m_content.at("expected").at(key));
    const std::vector<double> noise = as_numbers(m_content.at("mc_sd_at_R").at(key));
    REQUIRE(actual.size() == expected.size());
    constexpr double no_noise = 1e-12;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        const double tolerance = noise[i] > no_noise
                                     ? 4.0 * noise[i] * std::sqrt(20000.0 / replicates + 0.125)
                                     : step + no_noise;
        CHECK_THAT(actual[i], WithinAbs(expected[i], tolerance));
    }
}

void Case::expect_none(const std::string& key) {
    INFO(m_file << ": " << m_op << " " << m_id << ": " << key);
    const auto& expected = m_content.at("expected").at(key);
    CHECK((expected.is_null() || expected.contains("undefined")));
    m_seen.insert(key);
}

std::vector<std::string> Case::unseen() const {
    std::vector<std::string> keys;
    for (const auto& [key, value] : m_content.at("expected").items()) {
        if (!m_seen.contains(key)) {
            keys.push_back(key);
        }
    }
    return keys;
}

std::vector<Case> all_cases() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(metricgate::test::data_folder() + "/reference")) {
        if (entry.path().extension() == ".json") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    std::vector<Case> cases;
    for (const auto& file : files) {
        std::ifstream stream(file);
        const nlohmann::json content = nlohmann::json::parse(stream);
        INFO(file.string());
        REQUIRE(content.at("schema") == "mg-reference/1");
        for (const auto& one : content.at("cases")) {
            cases.emplace_back(file.filename().string(), one);
        }
    }
    return cases;
}

}  // namespace metricgate::stats::reference
