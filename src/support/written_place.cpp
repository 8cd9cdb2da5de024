#include "support/written_place.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

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

/// "" for a place that a link in `tree` may lead to.
std::string way_out(const fs::path& tree, const fs::path& end) {
    const auto [in_tree, in_end] = std::mismatch(tree.begin(), tree.end(), end.begin(), end.end());
    if (in_tree != tree.end()) {
        return "out of the repository";
    }
    return std::any_of(in_end, end.end(), is_git_folder) ? "into .git" : "";
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
    explicit Walk(const fs::path& asked) : m_asked(asked) {}

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
        const fs::path tree = work_tree_of(link.parent_path());
        if (!tree.empty() && refusal.empty()) {
            const std::string way = m_failure.empty() ? way_out(tree, end) : "";
            refusal = way.empty() ? m_failure : told(link, target, way);
        }
        return end;
    }

    std::string told(const fs::path& link, const fs::path& target, const std::string& way) {
        const std::string name = link.filename().string();
        return (name == m_asked.filename()
                    ? "is a symbolic link " + way + " (to "
                    : "goes through a symbolic link " + way + " (" + visible(name) + ", to ") +
               visible(target.string()) +
               "), which a change can commit; name the file itself, or remove the link";
    }

    /// Behind a link that nobody can commit, what cannot be looked at may be a stream or what the
    /// system alone can reach; the call that writes tells.
    void fail(const char* step, const std::error_code& error) {
        m_failure = std::string("cannot be written (") + step + "): " + error.message();
        refusal = refusal.empty() && m_depth == 0 ? m_failure : refusal;
    }

    const fs::path& m_asked;
    std::string m_failure;
    int m_links = 0;
    int m_depth = 0;
};

}  // namespace

WrittenPlace written_place(const std::string& path) {
    const fs::path asked(path);
    std::error_code error;
    const fs::path here = fs::current_path(error);
    if (!may_have_link(asked)) {
        return {(here / asked).lexically_normal().string(), ""};
    }
    Walk walk(asked);
    const fs::path end = walk.follow(here, asked);
    return {end.string(), walk.refusal};
}

}  // namespace metricgate::support
