#include "sources/revision_lookup.h"

#include <git2.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "sources/commits.h"
#include "sources/late_libgit2.inc"
#include "sources/revision.h"
#include "support/text.h"

namespace metricgate::sources::git {

namespace {

constexpr std::size_t id_length = 40;

/// One thing that a name may mean.
struct Meaning {
    std::string name;  ///< in full
    Commit commit;
};

support::Diagnostic about(const std::string& revision, std::string message) {
    return {support::in_file("revision '" + revision + "'"), std::move(message)};
}

support::Result<Commit> peel(git_repository& repository, const git_oid& id,
                             const std::string& described_as) {
    git_object* found = nullptr;
    int code = git_object_lookup(&found, &repository, &id, GIT_OBJECT_ANY);
    const Handle<git_object> object(found);
    std::string hex(id_length, '0');
    git_oid_fmt(hex.data(), &id);
    if (code == GIT_ENOTFOUND) {
        return load_commit(repository, hex, described_as);  // says why it may be missing
    }
    git_object* peeled = nullptr;
    if (code == 0) {
        code = git_object_peel(&peeled, object.get(), GIT_OBJECT_COMMIT);
    }
    const Handle<git_object> commit(peeled);
    if (code == GIT_EPEEL || code == GIT_EINVALIDSPEC) {
        return about(described_as, "object " + shortened(hex) + " is a " +
                                       git_object_type2string(git_object_type(object.get())) +
                                       ", not a commit");
    }
    if (code != 0) {
        return about(described_as,
                     "object " + shortened(hex) + " cannot be read: " + reason_of(code));
    }
    git_oid_fmt(hex.data(), git_object_id(commit.get()));
    return load_commit(repository, hex, described_as);
}

// Read from the configuration, since git_remote_list of libgit2 1.5 leaks 20 kB for each entry of
// it.
std::set<std::string> remotes_of(git_repository& repository) {
    constexpr std::string_view prefix = "remote.";
    std::set<std::string> names = {"origin"};
    git_config* opened = nullptr;
    if (git_repository_config_snapshot(&opened, &repository) != 0) {
        return names;
    }
    const Handle<git_config> config(opened);
    git_config_iterator* iterator = nullptr;
    if (git_config_iterator_new(&iterator, config.get()) != 0) {
        return names;
    }
    git_config_entry* entry = nullptr;
    while (git_config_next(&entry, iterator) == 0) {
        const std::string_view key = entry->name;
        const std::size_t end = key.rfind('.');
        if (key.rfind(prefix, 0) == 0 && end > prefix.size()) {
            names.emplace(key.substr(prefix.size(), end - prefix.size()));
        }
    }
    git_config_iterator_free(iterator);
    return names;
}

// The object whose id starts with these digits, when it leads to a commit.
support::Result<std::optional<Meaning>> find_short_id(git_repository& repository,
                                                      const std::string& digits) {
    git_oid start;
    git_oid id;
    git_odb* opened = nullptr;
    int code = git_oid_fromstrn(&start, digits.c_str(), digits.size());
    code = code == 0 ? git_repository_odb(&opened, &repository) : code;
    const Handle<git_odb> objects(opened);
    if (code == 0) {
        // Only the names: what is found is read like any other (guarded_objects.h).
        code = git_odb_exists_prefix(&id, objects.get(), &start, digits.size());
    }
    if (code == GIT_ENOTFOUND) {
        return std::optional<Meaning>{};
    }
    if (code == GIT_EAMBIGUOUS) {
        return about(digits, "several objects have ids that start so; write more digits");
    }
    if (code != 0) {
        return about(digits, "cannot be looked up: " + reason_of(code));
    }
    auto commit = peel(repository, id, digits);
    if (!commit) {
        return commit.problems();
    }
    return std::optional<Meaning>(Meaning{"commit " + commit->id, *commit});
}

support::Result<std::vector<Meaning>> meanings_of(git_repository& repository,
                                                  const Revision& revision) {
    std::vector<std::string> references;
    for (const std::string& remote : remotes_of(repository)) {
        references.push_back("refs/remotes/" + remote + "/" + revision.base);
    }
    for (const char* prefix : {"refs/remotes/", "refs/heads/", "refs/tags/"}) {
        references.push_back(prefix + revision.base);
    }
    std::vector<Meaning> meanings;
    for (const std::string& reference : references) {
        auto commit = find_reference(repository, reference);
        if (!commit) {
            return commit.problems();
        }
        if (commit->has_value()) {
            meanings.push_back({reference, **commit});
        }
    }
    if (revision.is_short_id) {
        auto object = find_short_id(repository, revision.base);
        if (!object) {
            return object.problems();
        }
        if (object->has_value()) {
            meanings.push_back(**object);
        }
    }
    return meanings;
}

support::Result<Commit> find_name(git_repository& repository, const Revision& revision) {
    auto found = meanings_of(repository, revision);
    if (!found) {
        return found.problems();
    }
    if (found->empty()) {
        return about(
            revision.base,
            std::string("no branch, tag or commit of this clone is called so; ") +
                (is_shallow(repository) ? deepen(Depth::all)
                                        : "check the name, or fetch it first (`git fetch origin " +
                                              support::visible(revision.base) + "`)"));
    }
    const Meaning& first = found->front();
    for (const Meaning& other : *found) {
        if (other.commit.id != first.commit.id) {
            return about(revision.base, "it means " + first.name + " (" +
                                            shortened(first.commit.id) + ") and " + other.name +
                                            " (" + shortened(other.commit.id) +
                                            "), which differ; write one of them in full");
        }
    }
    Commit commit = first.commit;
    commit.described_as = revision.base;
    return commit;
}

support::Result<Commit> find_base(git_repository& repository, const Revision& revision) {
    switch (revision.kind) {
        case Revision::Kind::head:
            return find_head(repository);
        case Revision::Kind::reference: {
            auto commit = find_reference(repository, revision.base);
            if (!commit) {
                return commit.problems();
            }
            if (!commit->has_value()) {
                return about(revision.base, "there is no such reference in this clone");
            }
            return **commit;
        }
        case Revision::Kind::name:
            break;
    }
    if (revision.is_full_id) {
        git_oid id;
        const int code = git_oid_fromstr(&id, revision.base.c_str());
        if (code != 0) {
            return about(revision.base, reason_of(code));
        }
        return peel(repository, id, revision.base);
    }
    return find_name(repository, revision);
}

}  // namespace

support::Result<std::optional<Commit>> find_reference(git_repository& repository,
                                                      const std::string& reference) {
    git_oid id;
    const int code = git_reference_name_to_id(&id, &repository, reference.c_str());
    if (code == GIT_ENOTFOUND || code == GIT_EINVALIDSPEC) {
        return std::optional<Commit>{};
    }
    if (code != 0) {
        return about(reference, "cannot be read: " + reason_of(code));
    }
    auto commit = peel(repository, id, reference);
    if (!commit) {
        return commit.problems();
    }
    return std::optional<Commit>(std::move(*commit));
}

support::Result<Commit> find_head(git_repository& repository) {
    git_oid id;
    const int code = git_reference_name_to_id(&id, &repository, "HEAD");
    if (code == GIT_ENOTFOUND || code == GIT_EUNBORNBRANCH) {
        return about("HEAD", "there is no commit yet");
    }
    if (code != 0) {
        return about("HEAD", "cannot be read: " + reason_of(code));
    }
    return peel(repository, id, "HEAD");
}

support::Result<Commit> find_revision(git_repository& repository, const std::string& text) {
    auto revision = parse_revision(text);
    if (!revision) {
        return revision.problems();
    }
    auto commit = find_base(repository, *revision);
    // The tip's own parents are there at depth 2; anything further needs history.
    bool at_tip = revision->kind == Revision::Kind::head;
    for (const RevisionStep& step : revision->steps) {
        const bool is_ancestor = step.kind == RevisionStep::Kind::ancestor;
        const std::uint32_t hops = is_ancestor ? step.count : 1;
        const std::uint32_t parent = is_ancestor ? 1 : step.count;
        for (std::uint32_t hop = 0; hop < hops && commit.ok(); ++hop) {
            const bool near = at_tip && hops == 1 && revision->steps.size() == 1;
            commit = parent_of(repository, *commit, parent, text, near ? Depth::two : Depth::all);
            at_tip = false;
        }
    }
    if (commit) {
        commit->described_as = text;
    }
    return commit;
}

}  // namespace metricgate::sources::git
