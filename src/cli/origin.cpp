#include "cli/origin.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "sources/table_reader.h"
#include "sources/tracker.h"
#include "support/doomed_files.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

Origin from_commit(const sources::Commit& commit, const std::string& path) {
    Origin origin;
    origin.name = commit.described_as + ":" + path;
    origin.commit = commit.id;
    origin.repository_path = absolute_path("/", path);
    if (origin.repository_path.ends_with('/')) {
        origin.repository_path.pop_back();
    }
    origin.info.description = origin.name;
    origin.info.commit = commit.id;
    origin.info.commit_time = commit.time;
    return origin;
}

/// Most files of a folder that is read as evidence.
constexpr std::size_t most_files = 100'000;

constexpr sources::FolderLimits folder_limits = {most_files, evidence_limit, evidence_limit};

class DiskTree final : public sources::FileTree {
public:
    DiskTree(support::FileSystem& files, std::string folder, std::vector<std::string> names)
        : m_files(files), m_folder(std::move(folder)), m_names(std::move(names)) {}

    [[nodiscard]] const std::vector<std::string>& names() const override { return m_names; }
    /// Within the folder, which was looked at: a link that was put in between is not followed out.
    [[nodiscard]] support::Result<support::Bytes> read(const std::string& name) const override {
        return m_files.read(m_folder + "/" + name, evidence_limit, support::PathTrust::policy,
                            m_folder);
    }

private:
    support::FileSystem& m_files;
    std::string m_folder;
    std::vector<std::string> m_names;
};

}  // namespace

std::string absolute_path(const std::string& directory, const std::string& path) {
    return (std::filesystem::path(directory) / path).lexically_normal().string();
}

bool shares_a_file(const Origin& a, const Origin& b) {
    const auto files_of = [](const Origin& origin) {
        std::set<std::pair<std::uint64_t, std::uint64_t>> files;
        for (const support::FileIdentity& part : origin.parts) {
            files.emplace(part.device, part.inode);
        }
        if (origin.identity.known) {
            files.emplace(origin.identity.device, origin.identity.inode);
        }
        return files;
    };
    const auto of_a = files_of(a);
    const auto of_b = files_of(b);
    return std::any_of(of_a.begin(), of_a.end(),
                       [&](const auto& file) { return of_b.count(file) != 0; });
}

namespace {

/// One run of one tracker, under two addresses: all of them lead to the one store that the
/// environment names.
bool is_one_run(const Origin& a, const Origin& b) {
    const auto scheme = [](const Origin& origin) {
        return std::string_view(origin.name).substr(0, origin.name.find(':'));
    };
    return scheme(a) == scheme(b) && a.recording->runs.size() == 1 &&
           b.recording->runs.size() == 1 && !a.recording->runs[0].id.empty() &&
           a.recording->runs[0].id == b.recording->runs[0].id;
}

/// The folder that a path lies in and its name there, which tell a file before it exists.
std::pair<std::string, std::string> split_path(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) {
        return {".", path};
    }
    return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1)};
}

}  // namespace

bool same_source(const Origin& a, const Origin& b) {
    if (!a.commit.empty() && !b.commit.empty()) {
        return a.commit == b.commit &&
               ((a.repository_path + "/").starts_with(b.repository_path + "/") ||
                (b.repository_path + "/").starts_with(a.repository_path + "/"));
    }
    if (a.recording != nullptr && b.recording != nullptr) {
        return a.name == b.name || is_one_run(a, b);
    }
    if (a.standard_input && b.standard_input) {
        return true;  // a pipe has no identity on the disk
    }
    return a.recording == nullptr && b.recording == nullptr && shares_a_file(a, b);
}

support::Result<support::Done> unpack(Origin& origin) {
    if (origin.document || origin.recording != nullptr) {
        return support::Done{};
    }
    auto document = sources::open_document(origin.bytes, origin.name, evidence_limit);
    if (!document) {
        return document.problems();
    }
    origin.document = std::move(*document);
    return support::Done{};
}

support::Result<Origin> Opener::open_folder(const std::string& path, support::PathTrust trust,
                                            const std::string& root) {
    auto names = m_files.list(path, most_files, trust, root);
    if (!names) {
        return names.problems();
    }
    Origin origin;
    origin.name = origin.info.description = path;
    origin.identity = m_files.identify(path);
    for (const std::string& name : *names) {
        origin.parts.push_back(keep(path + "/" + name));
    }
    origin.document.emplace(std::make_shared<DiskTree>(m_files, path, std::move(*names)), path);
    return origin;
}

support::FileIdentity Opener::keep(const std::string& path) {
    support::pardon_file(path);
    const support::FileIdentity identity = m_files.identify(path);
    if (identity.known) {
        m_opened.push_back(identity);
        return identity;
    }
    const auto [folder, name] = split_path(path);
    const support::FileIdentity place = m_files.identify(folder);
    if (place.known) {
        m_absent.emplace_back(place, name);
    }
    return identity;
}

bool Opener::has_read(const std::string& path) {
    const support::FileIdentity identity = m_files.identify(path);
    if (identity.known) {
        return std::ranges::find(m_opened, identity) != m_opened.end();
    }
    const auto [folder, name] = split_path(path);
    const support::FileIdentity place = m_files.identify(folder);
    return place.known && std::ranges::find(m_absent, std::pair(place, name)) != m_absent.end();
}

support::Result<Origin> Opener::fetch(const std::string& address) {
    const sources::Tracker* tracker = sources::tracker_of(address);
    sources::TrackerEnvironment environment;
    environment.files = &m_files;
    environment.variable = [this](std::string_view name) { return variable(name); };
    auto fetched = tracker->fetch(address.substr(tracker->scheme.size() + 1), environment);
    if (!fetched) {
        return fetched.problems();
    }
    Origin origin;
    origin.name = origin.info.description = address;
    for (const std::string& file : fetched->files) {
        if (const support::FileIdentity identity = keep(file); identity.known) {
            origin.parts.push_back(identity);
        }
    }
    origin.recording = std::make_shared<sources::Recording>(std::move(fetched->recording));
    return origin;
}

support::Result<sources::Repository*> Opener::repository() {
    if (m_repository == nullptr) {
        auto opened = sources::open_repository(m_files.working_directory(), m_trust);
        if (!opened) {
            return opened.problems();
        }
        m_repository = std::move(*opened);
    }
    return m_repository.get();
}

support::Result<Origin> Opener::open(const std::string& path, support::PathTrust trust,
                                     const std::string& root) {
    return path != "-" && m_files.is_folder(path) ? open_folder(path, trust, root)
                                                  : open_file(path, evidence_limit, trust, root);
}

support::Result<Origin> Opener::open_file(const std::string& path, std::size_t limit,
                                          support::PathTrust trust, const std::string& root) {
    Origin origin;
    if (path == "-" && m_standard_input) {
        origin.bytes = *m_standard_input;
    } else {
        auto bytes = m_files.read(path, limit, trust, root);
        if (!bytes) {
            return bytes.problems();
        }
        origin.bytes = std::move(*bytes);
    }
    if (path == "-") {
        m_standard_input = origin.bytes;
        origin.standard_input = true;
    }
    origin.name = path == "-" ? "standard input" : path;
    origin.info.description = origin.name;
    origin.identity = keep(path);
    return origin;
}

support::Result<Origin> Opener::open(const Spec& spec) {
    if (spec.tracker) {
        return fetch(spec.path);
    }
    if (spec.revision.empty()) {
        return open(spec.path, support::PathTrust::command_line, "");
    }
    auto repository = this->repository();
    if (!repository) {
        return repository.problems();
    }
    auto commit = (*repository)->resolve(spec.revision);
    if (!commit) {
        return commit.problems();
    }
    commit->described_as = spec.revision;
    auto origin = open_inside(spec.path, *commit, Wanted::evidence);
    if (!origin) {
        return origin.problems();
    }
    if (!origin->has_value()) {
        return support::problem_in("git:" + spec.revision + ":" + spec.path,
                                   "commit " + commit->id.substr(0, 12) +
                                       " has no such file or folder" +
                                       support::bytes_of_name(spec.path));
    }
    return std::move(**origin);
}

std::optional<std::string> Opener::variable(std::string_view name) const {
    const auto found = m_environment.find(std::string(name));
    return found == m_environment.end() ? std::nullopt : std::optional(found->second);
}

support::Result<std::string> Opener::inside(const std::string& path) {
    auto repository = this->repository();
    if (!repository) {
        return repository.problems();
    }
    const std::string root = absolute_path((*repository)->root(), "");
    const std::string prefix = root.back() == '/' ? root : root + "/";
    const std::string absolute = absolute_path(m_files.working_directory(), path);
    if (absolute.rfind(prefix, 0) != 0) {
        return support::problem_in(path,
                                   "lies outside the repository " + prefix +
                                       ", so no revision holds it; give --baseline FILE instead");
    }
    return absolute.substr(prefix.size());
}

bool Opener::is_inside(const std::string& path) {
    return inside(path).ok();
}

support::Result<std::optional<Origin>> Opener::open_committed(const std::string& path,
                                                              const sources::Commit& commit,
                                                              Wanted wanted) {
    const auto relative = inside(path);
    return relative ? open_inside(*relative, commit, wanted) : relative.problems();
}

support::Result<std::optional<Origin>> Opener::open_inside(const std::string& path,
                                                           const sources::Commit& commit,
                                                           Wanted wanted) {
    auto repository = this->repository();
    if (!repository) {
        return repository.problems();
    }
    Origin origin = from_commit(commit, path);
    if (wanted == Wanted::evidence) {
        auto folder = (*repository)->read_folder(commit, path, folder_limits);
        if (!folder) {
            return folder.problems();
        }
        if (folder->has_value()) {
            origin.blobs = std::move((*folder)->blobs);
            origin.document.emplace(std::move((*folder)->files), origin.name);
            return std::optional(std::move(origin));
        }
    }
    auto file =
        (*repository)->read(commit, path, wanted == Wanted::policy ? policy_limit : evidence_limit);
    if (!file) {
        return file.problems();
    }
    if (!file->has_value()) {
        return std::optional<Origin>{};
    }
    if ((*file)->bytes.view().starts_with("version https://git-lfs.github.com/spec/v1")) {
        return support::problem_in(
            origin.name,
            "is a Git LFS pointer, and no commit holds what it points to; keep this file out of "
            "Git LFS, or give the file itself, after `git lfs pull`, in place of a revision "
            "(--baseline FILE)");
    }
    origin.bytes = std::move((*file)->bytes);
    origin.info.blob = (*file)->blob;
    return std::optional(std::move(origin));
}

support::Result<sources::Commit> Opener::baseline_commit(const CheckArguments& arguments) {
    auto repository = this->repository();
    if (!repository) {
        return repository.problems();
    }
    if (!arguments.baseline_merge_base.empty()) {
        return (*repository)->merge_base(arguments.baseline_merge_base);
    }
    return resolve(arguments.baseline_revision);
}

support::Result<sources::Commit> Opener::resolve(const std::string& revision) {
    auto repository = this->repository();
    if (!repository) {
        return repository.problems();
    }
    if (revision == "auto") {
        return (*repository)->automatic_baseline(m_ci);
    }
    return (*repository)->resolve(revision);
}

std::optional<sources::Commit> Opener::head() {
    if (m_repository == nullptr) {
        return std::nullopt;
    }
    return m_repository->head();
}

std::string Opener::root_of(const std::string& directory) {
    std::filesystem::path folder = std::filesystem::path(directory).lexically_normal();
    while (true) {
        if (m_files.exists((folder / ".git").string())) {
            return folder.string();
        }
        if (!folder.has_parent_path() || folder.parent_path() == folder) {
            return directory;
        }
        folder = folder.parent_path();
    }
}

}  // namespace metricgate::cli
