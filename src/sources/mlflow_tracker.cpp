#include "sources/mlflow_tracker.h"

#include <algorithm>
#include <utility>

#include "sources/http_client.h"
#include "sources/mlflow_address.h"
#include "sources/mlflow_database.h"
#include "sources/mlflow_folder.h"
#include "sources/mlflow_server.h"
#include "sources/mlflow_store.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Result;
/// A store, and the files of this machine that it is read from.
struct Store {
    std::unique_ptr<MlflowStore> runs;
    std::vector<std::string> files;
};

constexpr std::string_view uri_variable = "MLFLOW_TRACKING_URI";
constexpr std::size_t most_files = 1'000'000;
constexpr std::size_t largest_file = std::size_t{256} << 20;

std::string variable(const TrackerEnvironment& environment, std::string_view name) {
    return environment.variable ? environment.variable(name).value_or("") : "";
}

/// A folder of the machine, listed once, its files read when they are asked for.
class DiskTree final : public FileTree {
public:
    DiskTree(support::FileSystem& files, std::string path, std::vector<std::string> names)
        : m_files(files), m_path(std::move(path)), m_names(std::move(names)) {}
    [[nodiscard]] const std::vector<std::string>& names() const override { return m_names; }
    [[nodiscard]] Result<support::Bytes> read(const std::string& name) const override {
        return m_files.read(m_path + "/" + name, largest_file, support::PathTrust::command_line,
                            "");
    }

private:
    support::FileSystem& m_files;
    std::string m_path;
    std::vector<std::string> m_names;
};

Result<Store> open_folder(const std::string& path, const std::string& source,
                          const TrackerEnvironment& environment) {
    auto names = environment.files->list(path, most_files, support::PathTrust::command_line, "");
    if (!names.ok()) {
        return names.problems();
    }
    Store store;
    for (const std::string& name : *names) {
        store.files.push_back(path + "/" + name);
    }
    store.runs = mlflow_folder(
        std::make_shared<DiskTree>(*environment.files, path, std::move(names).value()), source);
    return store;
}

Result<MlflowConnection> connect(const std::string& uri, const TrackerEnvironment& environment) {
    auto server = http_server(uri, uri_variable);
    if (!server.ok()) {
        return server.problems();
    }
    server->token = variable(environment, "MLFLOW_TRACKING_TOKEN");
    const std::string user = variable(environment, "MLFLOW_TRACKING_USERNAME");
    const std::string password = variable(environment, "MLFLOW_TRACKING_PASSWORD");
    if (!user.empty() || !password.empty()) {
        server->user = user;
        server->password = password;
    }
    std::string insecure = variable(environment, "MLFLOW_TRACKING_INSECURE_TLS");
    std::transform(insecure.begin(), insecure.end(), insecure.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    server->insecure_tls = insecure == "true" || insecure == "1";
    server->certificate_authorities = variable(environment, "MLFLOW_TRACKING_SERVER_CERT_PATH");
    server->client_certificate = variable(environment, "MLFLOW_TRACKING_CLIENT_CERT_PATH");
    const std::string workspace = variable(environment, "MLFLOW_WORKSPACE");
    if (!workspace.empty()) {
        server->headers.emplace_back("X-MLFLOW-WORKSPACE", percent_encoded(workspace));
    }
    MlflowConnection connection;
    for (const std::string& file : {server->certificate_authorities, server->client_certificate}) {
        if (!file.empty()) {
            connection.files.push_back(file);
        }
    }
    connection.transport = http_client(*server);
    connection.server = std::move(*server);
    return connection;
}

bool is_server(std::string_view uri) {
    return uri.starts_with("http://") || uri.starts_with("https://");
}

Result<Store> open_server(const std::string& uri, const std::string& source,
                          const TrackerEnvironment& environment) {
    auto connection = connect(uri, environment);
    if (!connection.ok()) {
        return connection.problems();
    }
    return Store{
        mlflow_server(std::move(connection->server), std::move(connection->transport), source),
        std::move(connection->files)};
}

Result<Store> open_database(const std::string& path, const std::string& source,
                            const TrackerEnvironment& environment) {
    if (!environment.files->exists(path)) {
        return support::problem_in(uri_variable,
                                   "names a database that does not exist; check the "
                                   "path: sqlite:///PATH, and sqlite:////PATH from "
                                   "the root");
    }
    auto database = SqliteDatabase::at_path(path, source);
    if (!database.ok()) {
        return database.problems();
    }
    // SQLite looks for these beside it, and takes what stands there for its own.
    return Store{mlflow_database(std::move(database).value()),
                 {path, path + "-wal", path + "-shm", path + "-journal"}};
}

std::string percent_decoded(std::string_view text) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
    };
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool whole = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
                           digit(text[i + 2]) >= 0;
        decoded +=
            whole ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
        i += whole ? 2 : 0;
    }
    return decoded;
}

Result<Store> open_store(const std::string& source, const TrackerEnvironment& environment) {
    const std::string uri = variable(environment, uri_variable);
    if (uri.empty()) {
        return support::problem_in(source,
                                   "MLFLOW_TRACKING_URI is not set; set it to the store: "
                                   "http(s)://HOST, sqlite:///PATH or a folder");
    }
    if (is_server(uri)) {
        return open_server(uri, source, environment);
    }
    if (uri.starts_with("sqlite:///")) {
        const std::string_view path = std::string_view(uri).substr(10);
        return open_database(std::string(path.substr(0, path.find('?'))), source, environment);
    }
    if (uri.starts_with("file:")) {
        std::string_view path = std::string_view(uri).substr(5);
        path.remove_prefix(path.starts_with("///") ? 2 : 0);
        return open_folder(percent_decoded(path), source, environment);
    }
    if (uri.find("://") != std::string::npos || uri == "databricks" || uri == "uc") {
        // Other databases carry a password in their address, so it is not repeated.
        return support::problem_in(
            uri_variable,
            "names a store of another kind, wanted http(s)://HOST, sqlite:///PATH or "
            "a folder; for other databases start mlflow server on them, and for "
            "Databricks set https://HOST and MLFLOW_TRACKING_TOKEN");
    }
    if (uri.find('@') != std::string::npos && !environment.files->is_folder(uri)) {
        // An address without its scheme, perhaps with a password in it.
        return support::problem_in(uri_variable,
                                   "names no folder that is there; wanted http(s)://HOST, "
                                   "sqlite:///PATH or a folder");
    }
    return open_folder(uri, source, environment);
}

/// The run that an address leads to, with what it was reached by.
Result<MlflowRun> run_at(const MlflowAddress& address, MlflowStore& store) {
    std::map<std::string, std::string> registry;
    Result<std::string> id = address.name;
    std::string version = address.detail;
    switch (address.kind) {
        case MlflowAddress::Kind::run:
            break;
        case MlflowAddress::Kind::alias: {
            auto found = store.version_of(address.name, address.detail);
            if (!found.ok()) {
                return found.problems();
            }
            version = std::move(found).value();
            registry["model_alias"] = address.detail;
            [[fallthrough]];
        }
        case MlflowAddress::Kind::version:
            id = store.run_of_version(address.name, version);
            registry["model"] = address.name;
            registry["model_version"] = version;
            break;
        case MlflowAddress::Kind::experiment:
            id = store.latest_run(address.name, address.filter);
            break;
    }
    if (!id.ok()) {
        return id.problems();
    }
    auto run = store.run(*id);
    if (run.ok()) {
        run->registry = std::move(registry);
    }
    return run;
}

}  // namespace

Result<MlflowConnection> connect_to_mlflow(const TrackerEnvironment& environment) {
    const std::string uri = variable(environment, uri_variable);
    if (!is_server(uri)) {
        // It may hold a password, so it is not repeated.
        return support::problem_in(
            uri_variable,
            "names no tracking server, which alone is written to; set it to "
            "http(s)://HOST, and start mlflow server on a database or folder");
    }
    return connect(uri, environment);
}

Result<MlflowExperiment> read_mlflow_experiment(std::string_view address,
                                                const TrackerEnvironment& environment,
                                                const MlflowRuns& wanted) {
    const auto parsed = parse_mlflow_address(address);
    if (!parsed.ok()) {
        return parsed.problems();
    }
    const std::string source =
        address.starts_with("mlflow:") ? std::string(address) : "mlflow:" + std::string(address);
    if (parsed->kind != MlflowAddress::Kind::experiment) {
        return support::problem_in(source,
                                   "names no experiment; wanted experiments/NAME, whose runs are "
                                   "values over time");
    }
    auto store = open_store(source, environment);
    if (!store.ok()) {
        return store.problems();
    }
    const auto ids = store->runs->runs_in(parsed->name, parsed->filter);
    if (!ids.ok()) {
        return ids.problems();
    }
    MlflowExperiment experiment;
    experiment.files = std::move(store->files);
    for (const std::string& id : *ids) {
        auto run = wanted.current_values ? store->runs->current_values(id) : store->runs->run(id);
        if (!run.ok()) {
            return run.problems();
        }
        experiment.runs.push_back(std::move(run).value());
        if (wanted.goes_on && !wanted.goes_on(experiment.runs.back())) {
            break;
        }
    }
    return experiment;
}

Result<Fetched> fetch_from_mlflow(std::string_view address, const TrackerEnvironment& environment) {
    const auto parsed = parse_mlflow_address(address);
    if (!parsed.ok()) {
        return parsed.problems();
    }
    const std::string source =
        address.starts_with("mlflow:") ? std::string(address) : "mlflow:" + std::string(address);
    auto store = open_store(source, environment);
    if (!store.ok()) {
        return store.problems();
    }
    auto run = run_at(*parsed, *store->runs);
    if (!run.ok()) {
        return run.problems();
    }
    std::vector<MlflowRun> runs;
    runs.push_back(std::move(run).value());
    return Fetched{recording_of(std::move(runs), source), std::move(store->files)};
}

}  // namespace metricgate::sources
