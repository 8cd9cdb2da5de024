#include "support/written_place.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "support/text.h"

namespace metricgate::support {

namespace {

namespace fs = std::filesystem;

/// As many as Linux follows.
constexpr int most_links = 40;

constexpr std::string_view git_folder = ".git";

/// True also for what cannot be looked at.
bool may_be_there(const fs::path& path) {
    std::error_code error;
    return fs::symlink_status(path, error).type() != fs::file_type::not_found;
}

/// The work tree that a folder lies in: the nearest one above that holds `.git`; empty if none.
fs::path work_tree_of(fs::path folder) {
    while (!may_be_there(folder / git_folder)) {
        if (folder == folder.root_path()) {
            return {};
        }
        folder = folder.parent_path();
    }
    return folder;
}

bool is_git_folder(const fs::path& part) {
    // Some file systems take small and capital letters for one.
    const std::string name = part.string();
    return name.size() == git_folder.size() && name[0] == '.' &&
           std::equal(name.begin() + 1, name.end(), git_folder.begin() + 1,
                      [](char c, char small) { return c == small || c == small - 'a' + 'A'; });
}

/// A folder from which no link may lead away.
struct Tree {
    fs::path top;                          // empty: there is none
    std::string_view name = "repository";  // for messages

    [[nodiscard]] bool holds(const fs::path& end) const {
        return !top.empty() &&
               std::mismatch(top.begin(), top.end(), end.begin(), end.end()).first == top.end();
    }
    /// Of what it holds.
    [[nodiscard]] bool holds_in_git(const fs::path& end) const {
        const auto in_end = std::mismatch(top.begin(), top.end(), end.begin(), end.end()).second;
        return std::any_of(in_end, end.end(), is_git_folder);
    }
};

/// Of the current folder: its work tree or, where sources lie without git (an archive, a layer of
/// an image), the folder itself. The root of the file system is nobody's sources.
Tree tree_of_run(const fs::path& here) {
    if (here.empty()) {
        return {};
    }
    fs::path top = work_tree_of(here);
    if (!top.empty()) {
        return {std::move(top)};
    }
    return here == here.root_path() ? Tree{} : Tree{here, "current folder"};
}

bool is_device(const fs::path& end) {
    std::error_code error;
    const fs::file_status status = fs::status(end, error);
    return fs::is_character_file(status) || fs::is_block_file(status);
}

/// Also true where it cannot be looked at. Without one nothing needs to be followed, so that a
/// current folder which is out of reach by its full path is in nobody's way.
bool may_have_link(const fs::path& path) {
    fs::path begun;
    return std::ranges::any_of(path, [&begun](const fs::path& part) {
        begun /= part;
        std::error_code error;
        const fs::file_status status = fs::symlink_status(begun, error);
        return fs::is_symlink(status) || status.type() == fs::file_type::none;
    });
}

class Walk {
public:
    Walk(const fs::path& asked, const fs::path& here) : m_asked(asked), m_own(tree_of_run(here)) {}

    /// Where `text` leads from the folder `at`, which has no links.
    fs::path follow(fs::path at, const fs::path& text) {
        at = text.is_absolute() ? text.root_path() : at;
        for (const fs::path& part : text.relative_path()) {
            if (part == ".." || part == "." || part.empty()) {
                at = part == ".." ? at.parent_path() : at;
                continue;
            }
            at /= part;
            std::error_code error;
            const fs::file_status status = fs::symlink_status(at, error);
            if (status.type() == fs::file_type::none) {
                fail("lstat", error);
            } else if (fs::is_symlink(status)) {
                at = end_of(at);
            }
        }
        return at;
    }

    /// Of the first link that leads to where nothing may be written.
    std::string refusal;
    /// Nobody knows where the path leads.
    [[nodiscard]] bool is_lost() const { return !m_failure.empty(); }

private:
    fs::path end_of(const fs::path& link) {
        std::error_code error;
        const fs::path target = fs::read_symlink(link, error);
        if (!error && ++m_links > most_links) {
            error = std::make_error_code(std::errc::too_many_symbolic_link_levels);
        }
        ++m_depth;
        fs::path end;
        if (error) {
            fail("readlink", error);
        } else {
            end = follow(link.parent_path(), target);
        }
        --m_depth;
        const Tree tree = tree_around(link.parent_path());
        if (!tree.top.empty() && refusal.empty()) {
            const std::string way = m_failure.empty() ? way_out(tree, end) : "";
            refusal = way.empty() ? m_failure : told(link, target, way, is_device(end));
        }
        return end;
    }

    /// Of a link in `folder`.
    [[nodiscard]] Tree tree_around(const fs::path& folder) const {
        fs::path top = work_tree_of(folder);
        if (!top.empty()) {
            return {std::move(top)};
        }
        return m_own.holds(folder) ? m_own : Tree{};
    }

    /// "" for a place that a link in `tree` may lead to. Into the sources that the run works on a
    /// link of another work tree may lead, too, as from a home folder that is a repository.
    [[nodiscard]] std::string way_out(const Tree& tree, const fs::path& end) const {
        const Tree& around = tree.holds(end) ? tree : m_own;
        if (!around.holds(end)) {
            return "out of the " + std::string(tree.name);
        }
        return around.holds_in_git(end) ? "into .git" : "";
    }

    std::string told(const fs::path& link, const fs::path& target, const std::string& way,
                     bool to_device) {
        const std::string name = link.filename().string();
        const std::string end = (to_device ? "to the device " : "to ") + visible(target.string());
        return (name == m_asked.filename()
                    ? "is a symbolic link " + way + " (" + end
                    : "goes through a symbolic link " + way + " (" + visible(name) + ", " + end) +
               "), which a change can commit; name the " + (to_device ? "device" : "file") +
               " itself, or remove the link";
    }

    /// Behind a link that nobody can commit, what cannot be looked at may be a stream or what the
    /// system alone can reach; the call that writes tells.
    void fail(const char* step, const std::error_code& error) {
        m_failure = std::string("cannot be written (") + step + "): " + error.message();
        refusal = refusal.empty() && m_depth == 0 ? m_failure : refusal;
    }

    const fs::path& m_asked;
    const Tree m_own;
    std::string m_failure;
    int m_links = 0;
    int m_depth = 0;
};

}  // namespace

WrittenPlace written_place(const std::string& path) {
    const fs::path asked(path);
    std::error_code error;
    const fs::path here = fs::current_path(error);
    const bool is_known = !error || asked.is_absolute();
    if (!may_have_link(asked)) {
        return {is_known ? (here / asked).lexically_normal().string() : "", ""};
    }
    if (!is_known) {
        return {"", "cannot be written (getcwd): " + error.message()};
    }
    Walk walk(asked, here);
    const fs::path end = walk.follow(here, asked);
    return {walk.is_lost() ? "" : end.string(), walk.refusal};
}

}  // namespace metricgate::support
