#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "support/catch.h"

namespace metricgate::test {

/// A folder that goes away with the test.
class Scratch {
public:
    Scratch() {
        std::string name =
            (std::filesystem::temp_directory_path() / "metricgate-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        m_path = std::filesystem::canonical(name);
    }
    ~Scratch() { std::filesystem::remove_all(m_path); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::string operator/(const std::string& name) const { return (m_path / name).string(); }
    std::string put(const std::string& name, const std::string& content) const {
        std::ofstream(m_path / name, std::ios::binary) << content;
        return *this / name;
    }
    std::string content(const std::string& name) const {
        std::ostringstream text;
        text << std::ifstream(m_path / name, std::ios::binary).rdbuf();
        return text.str();
    }

private:
    std::filesystem::path m_path;
};

}  // namespace metricgate::test
