#include "sources/commits.h"

#include <git2.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>

#include "sources/late_libgit2.inc"
#include "support/text.h"

namespace metricgate::sources::git {

namespace {

constexpr std::size_t id_length = 40;

std::string text_of(const git_oid& id) {
    std::string text(id_length, '0');
    git_oid_fmt(text.data(), &id);
    return text;
}

std::string ordinal(std::uint32_t number) {
    switch (number) {
        case 1:
            return "first";
        case 2:
            return "second";
        default:
            return "number " + std::to_string(number);
    }
}

int lookup(Handle<git_commit>& out, git_repository& repository, const std::string& id) {
    git_oid oid;
    int code = git_oid_fromstr(&oid, id.c_str());
    if (code == 0) {
        git_commit* found = nullptr;
        code = git_commit_lookup(&found, &repository, &oid);
        out.reset(found);
    }
    return code;
}

/// Where a clone is cut off, one of the commits that only one of the two has in its past may lack a
/// parent: what is hidden behind it may be a better common ancestor than the one that was found.
support::Result<bool> is_cut_before(git_repository& repository, const std::string& base,
                                    const std::vector<std::string>& tips) {
    std::set<std::string> seen;
    const auto walk = [&](std::vector<std::string> open, bool beyond) -> support::Result<bool> {
        while (!open.empty()) {
            const std::string id = std::move(open.back());
            open.pop_back();
            Handle<git_commit> commit;
            const int code = seen.contains(id) ? 0 : lookup(commit, repository, id);
            if (code == GIT_ENOTFOUND && !beyond) {
                return true;
            }
            if (!seen.insert(id).second || code == GIT_ENOTFOUND) {
                continue;
            }
            const auto parents = parent_ids(repository, id);
            if (!parents) {
                return parents.problems();
            }
            open.insert(open.end(), parents->begin(), parents->end());
        }
        return false;
    };
    if (const auto past = walk({base}, true); !past) {
        return past;
    }
    return walk(tips, false);
}

support::Diagnostic about(const std::string& described_as, std::string message) {
    return {support::in_file(described_as), std::move(message)};
}

}  // namespace

std::string shortened(const std::string& id) {
    return id.substr(0, 12);
}

bool is_shallow(git_repository& repository) {
    if (git_repository_is_shallow(&repository) == 1) {
        return true;
    }
    // A worktree's own folder has no such file; the clone it belongs to has.
    std::error_code ignored;
    const char* common = git_repository_commondir(&repository);
    return common != nullptr &&
           std::filesystem::exists(std::filesystem::path(common) / "shallow", ignored);
}

std::string deepen(Depth depth) {
    return depth == Depth::two ? "set `fetch-depth: 2` on actions/checkout, or `GIT_DEPTH: 2` in "
                                 "GitLab CI"
                               : "set `fetch-depth: 0` on actions/checkout, or `GIT_DEPTH: 0` in "
                                 "GitLab CI";
}

support::Result<Commit> load_commit(git_repository& repository, const std::string& id,
                                    const std::string& described_as, Depth depth) {
    Handle<git_commit> commit;
    const int code = lookup(commit, repository, id);
    if (code == GIT_ENOTFOUND && is_shallow(repository)) {
        return about(described_as, "commit " + shortened(id) +
                                       " is not in this clone, which is shallow; " + deepen(depth));
    }
    if (code == GIT_ENOTFOUND) {
        return about(described_as, "commit " + shortened(id) +
                                       " is not in this clone; fetch the branch that holds it (" +
                                       reason_of(code) + ")");
    }
    if (code != 0) {
        return about(described_as,
                     "commit " + shortened(id) + " cannot be read: " + reason_of(code));
    }
    return Commit{id, git_commit_time(commit.get()), described_as};
}

namespace {

/// The ids that a commit's header states under a key: "parent ", "tree ".
support::Result<std::vector<std::string>> stated_ids(git_repository& repository,
                                                     const std::string& id, std::string_view key) {
    Handle<git_commit> commit;
    const int code = lookup(commit, repository, id);
    if (code != 0) {
        return about("commit " + shortened(id), "cannot be read: " + reason_of(code));
    }
    // libgit2 from 1.7 hides the parents that a shallow clone cut off; the header does not.
    std::string_view header = git_commit_raw_header(commit.get());
    std::vector<std::string> ids;
    while (!header.empty()) {
        const std::size_t end = std::min(header.find('\n'), header.size());
        const std::string_view line = header.substr(0, end);
        if (line.rfind(key, 0) == 0 && line.size() == key.size() + id_length) {
            ids.emplace_back(line.substr(key.size()));
        }
        if (line.rfind("author ", 0) == 0) {
            break;  // what follows is not about parents
        }
        header.remove_prefix(std::min(end + 1, header.size()));
    }
    return ids;
}

}  // namespace

support::Result<std::vector<std::string>> parent_ids(git_repository& repository,
                                                     const std::string& id) {
    return stated_ids(repository, id, "parent ");
}

support::Result<std::string> tree_id(git_repository& repository, const std::string& id) {
    const auto trees = stated_ids(repository, id, "tree ");
    if (!trees) {
        return trees.problems();
    }
    if (trees->size() != 1) {
        return about("commit " + shortened(id), "it does not name one tree");
    }
    return trees->front();
}

support::Result<Commit> parent_of(git_repository& repository, const Commit& commit,
                                  std::uint32_t number, const std::string& described_as,
                                  Depth depth) {
    const auto parents = parent_ids(repository, commit.id);
    if (!parents) {
        return parents.problems();
    }
    if (number == 0) {
        return Commit{commit.id, commit.time, described_as};
    }
    if (parents->empty()) {
        return about(described_as, "commit " + shortened(commit.id) +
                                       " is the first of its history and has no parent");
    }
    if (number > parents->size()) {
        return about(described_as, "commit " + shortened(commit.id) + " has " +
                                       support::count_of(parents->size(), "parent", "parents") +
                                       ", no " + ordinal(number) + " one");
    }
    return load_commit(repository, (*parents)[number - 1], described_as, depth);
}

support::Result<Commit> merge_base_of(git_repository& repository, const Commit& head,
                                      const Commit& other, const std::string& branch) {
    const std::string described_as = "merge base of " + head.described_as + " and " + branch;
    git_oid base;
    git_oid left;
    git_oid right;
    int code = git_oid_fromstr(&left, head.id.c_str());
    if (code == 0) {
        code = git_oid_fromstr(&right, other.id.c_str());
    }
    if (code == 0) {
        code = git_merge_base(&base, &repository, &left, &right);
    }
    const bool shallow = is_shallow(repository);
    bool cut = code != 0;
    if (shallow && code == 0) {
        const auto answer = is_cut_before(repository, text_of(base), {head.id, other.id});
        if (!answer) {
            return answer.problems();
        }
        cut = *answer;
    }
    if (shallow && cut) {
        return about(described_as,
                     "this clone is shallow and ends before the two meet; " + deepen(Depth::all));
    }
    if (code == 0) {
        return load_commit(repository, text_of(base), described_as);
    }
    if (code == GIT_ENOTFOUND) {
        return about(described_as, "the two have no common ancestor (" + reason_of(code) + ")");
    }
    return about(described_as, "history cannot be read: " + reason_of(code));
}

support::Result<bool> reaches(git_repository& repository, const Commit& newer,
                              const std::string& older) {
    if (newer.id == older) {
        return true;
    }
    git_oid from;
    git_oid wanted;
    int code = git_oid_fromstr(&from, newer.id.c_str());
    code = code == 0 ? git_oid_fromstr(&wanted, older.c_str()) : code;
    code = code == 0 ? git_graph_descendant_of(&repository, &from, &wanted) : code;
    if (code < 0) {
        return about(newer.described_as,
                     "whether commit " + shortened(older) +
                         " is in its history cannot be told: " + reason_of(code));
    }
    return code == 1;
}

}  // namespace metricgate::sources::git
