#include "cli/origin.h"

#include <filesystem>

namespace metricgate::cli {
namespace {

Origin from_commit(sources::CommittedFile file, const std::string& path,
                   const std::string& described_as) {
    Origin origin;
    origin.bytes = std::move(file.bytes);
    origin.name = described_as + ":" + path;
    origin.commit = file.commit.id;
    origin.repository_path = absolute_path("/", path);
    origin.info.description = origin.name;
    origin.info.commit = file.commit.id;
    origin.info.blob = file.blob;
    origin.info.commit_time = file.commit.time;
    return origin;
}

}  // namespace

std::string absolute_path(const std::string& directory, const std::string& path) {
    return (std::filesystem::path(directory) / path).lexically_normal().string();
}

bool same_source(const Origin& a, const Origin& b) {
    if (!a.commit.empty() && !b.commit.empty()) {
        return a.commit == b.commit && a.repository_path == b.repository_path;
    }
    return a.identity.known && b.identity.known && a.identity == b.identity;
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
    Origin origin;
    if (path == "-" && m_standard_input) {
        origin.bytes = *m_standard_input;
    } else {
        auto bytes = m_files.read(path, evidence_limit, trust, root);
        if (!bytes) {
            return bytes.problems();
        }
        origin.bytes = std::move(*bytes);
    }
    if (path == "-") {
        m_standard_input = origin.bytes;
    }
    origin.name = path == "-" ? "standard input" : path;
    origin.info.description = origin.name;
    origin.identity = m_files.identify(path);
    m_opened.push_back(origin.identity);
    return origin;
}

support::Result<Origin> Opener::open(const Spec& spec) {
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
    auto file = (*repository)->read(*commit, spec.path, evidence_limit);
    if (!file) {
        return file.problems();
    }
    if (!file->has_value()) {
        return support::problem_in("git:" + spec.revision + ":" + spec.path,
                                   "commit " + commit->id.substr(0, 12) + " has no such file");
    }
    return from_commit(std::move(**file), spec.path, spec.revision);
}

support::Result<std::optional<Origin>> Opener::open_committed(const std::string& path,
                                                              const sources::Commit& commit) {
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
    return open_inside(absolute.substr(prefix.size()), commit);
}

support::Result<std::optional<Origin>> Opener::open_inside(const std::string& path,
                                                           const sources::Commit& commit) {
    auto repository = this->repository();
    if (!repository) {
        return repository.problems();
    }
    auto file = (*repository)->read(commit, path, evidence_limit);
    if (!file) {
        return file.problems();
    }
    if (!file->has_value()) {
        return std::optional<Origin>{};
    }
    return std::optional<Origin>(from_commit(std::move(**file), path, commit.described_as));
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
