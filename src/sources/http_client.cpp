#include "sources/http_client.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <thread>

#include <curl/curl.h>

#include "sources/curl_library.h"
#include "sources/late_libcurl.inc"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Result;

struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(char* text) const { curl_free(text); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;
using Url = std::unique_ptr<CURLU, CloseHandle>;
using Headers = std::unique_ptr<curl_slist, CloseHandle>;

struct Received {
    std::string body;
    std::size_t limit = 0;
    bool too_large = false;
};

std::size_t receive(char* data, std::size_t size, std::size_t count, void* user) {
    Received& received = *static_cast<Received*>(user);
    const std::size_t bytes = size * count;
    if (bytes > received.limit - received.body.size()) {
        received.too_large = true;
        return 0;
    }
    received.body.append(data, bytes);
    return bytes;
}

/// A part of a URL, decoded where it is a user or a password; empty where there is none.
std::string part_of(CURLU* url, CURLUPart part, unsigned flags) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK) {
        return "";
    }
    const std::unique_ptr<char, CloseHandle> owned(text);
    return text;
}

/// Only what curl says of the kind of failure: its longer texts name hosts.
support::Diagnostic failure(CURLcode code, const HttpServer& server, const Received& received,
                            const HttpLimits& limits) {
    std::string message = "could not be asked: " + std::string(curl_easy_strerror(code)) +
                          "; check the address, and that it is reachable from here";
    if (received.too_large || code == CURLE_FILESIZE_EXCEEDED) {
        message = "answers with more than " + support::count_of(limits.bytes, "byte", "bytes") +
                  "; ask for less";
    } else if (code == CURLE_OPERATION_TIMEDOUT) {
        message = "did not answer within " + std::to_string(limits.seconds) +
                  " seconds; try again, or ask for less";
    } else if (code == CURLE_PEER_FAILED_VERIFICATION) {
        message =
            "shows a certificate that no known authority vouches for; name the file of its "
            "authority in the environment";
    }
    return support::problem_in(server.name, message);
}

class Client {
public:
    Client(HttpServer server, HttpLimits limits)
        : m_server(std::move(server)), m_limits(limits), m_handle(curl_easy_init()) {}

    Result<HttpAnswer> ask(const HttpRequest& request) {
        constexpr int tries = 3;
        if (m_spent > m_limits.seconds_in_all) {
            return support::problem_in(
                m_server.name, "took more than " + support::format_short(m_limits.seconds_in_all) +
                                   " seconds for all answers; ask for less");
        }
        for (int attempt = 1;; ++attempt) {
            auto answer = ask_once(request);
            const bool busy = answer.ok() && (answer->status == 429 || answer->status == 502 ||
                                              answer->status == 503 || answer->status == 504);
            if (!busy || attempt == tries) {
                return answer;
            }
            std::this_thread::sleep_for(std::chrono::seconds(attempt));
        }
    }

private:
    Result<HttpAnswer> ask_once(const HttpRequest& request) {
        CURL* handle = m_handle.get();
        if (handle == nullptr) {
            return support::problem_in(m_server.name, "cannot be asked: libcurl does not start");
        }
        curl_easy_reset(handle);
        Received received;
        received.limit = m_limits.bytes;
        const std::string url = m_server.address + request.path;
        const Headers headers = headers_of(request);
        curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
        curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, m_limits.connect_seconds);
        curl_easy_setopt(handle, CURLOPT_TIMEOUT, m_limits.seconds);
        curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE,
                         static_cast<curl_off_t>(m_limits.bytes));
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &receive);
        curl_easy_setopt(handle, CURLOPT_WRITEDATA, &received);
        curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(handle, CURLOPT_USERAGENT, "metricgate");
        if (request.method == HttpRequest::Method::post) {
            curl_easy_setopt(handle, CURLOPT_POST, 1L);
            curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
            curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                             static_cast<curl_off_t>(request.body.size()));
        }
        authenticate(handle);
        const CURLcode code = curl_easy_perform(handle);
        curl_off_t microseconds = 0;
        curl_easy_getinfo(handle, CURLINFO_TOTAL_TIME_T, &microseconds);
        m_spent += static_cast<double>(microseconds) / 1e6;
        if (code != CURLE_OK) {
            return failure(code, m_server, received, m_limits);
        }
        HttpAnswer answer;
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer.status);
        answer.body = std::move(received.body);
        return answer;
    }

    [[nodiscard]] Headers headers_of(const HttpRequest& request) const {
        curl_slist* list = curl_slist_append(nullptr, "Accept: application/json");
        const auto add = [&](const std::string& header) {
            list = curl_slist_append(list, header.c_str());
        };
        add("Expect:");
        if (!request.content_type.empty()) {
            add("Content-Type: " + request.content_type);
        }
        for (const auto& [name, value] : m_server.headers) {
            add(name + ": " + value);
        }
        if (!m_server.token.empty()) {
            add("Authorization: Bearer " + m_server.token);
        }
        return Headers(list);
    }

    void authenticate(CURL* handle) const {
        if (m_server.token.empty() && (!m_server.user.empty() || !m_server.password.empty())) {
            curl_easy_setopt(handle, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
            curl_easy_setopt(handle, CURLOPT_USERNAME, m_server.user.c_str());
            curl_easy_setopt(handle, CURLOPT_PASSWORD, m_server.password.c_str());
        }
        if (m_server.insecure_tls) {
            curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 0L);
            curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 0L);
        }
        if (!m_server.certificate_authorities.empty()) {
            std::error_code unknown;
            const std::string& path = m_server.certificate_authorities;
            curl_easy_setopt(
                handle,
                std::filesystem::is_directory(path, unknown) ? CURLOPT_CAPATH : CURLOPT_CAINFO,
                path.c_str());
        }
        if (!m_server.client_certificate.empty()) {
            curl_easy_setopt(handle, CURLOPT_SSLCERT, m_server.client_certificate.c_str());
        }
    }

    HttpServer m_server;
    HttpLimits m_limits;
    double m_spent = 0;  ///< seconds
    Handle m_handle;
};

std::string base64(std::string_view bytes) {
    static constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::string_view group = bytes.substr(i, 3);
        unsigned bits = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            bits = bits << 8 | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            text += k <= group.size() ? digits[bits >> (18 - 6 * k) & 63U] : '=';
        }
    }
    return text;
}

void replace_all(std::string& text, const std::string& secret) {
    for (std::size_t at = text.find(secret); !secret.empty() && at != std::string::npos;
         at = text.find(secret, at)) {
        text.replace(at, secret.size(), "***");
        at += 3;
    }
}

bool is_plain(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; });
}

}  // namespace

Result<HttpServer> http_server(const std::string& url, std::string_view variable) {
    HttpServer server;
    server.name = "the server of " + std::string(variable);
    if (const std::string& missing = start_curl(); !missing.empty()) {
        return support::problem_in(server.name, "cannot be asked: " + missing);
    }
    const Url parsed(curl_url());
    const bool valid = is_plain(url) && curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(),
                                                     CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
    const std::string scheme = valid ? part_of(parsed.get(), CURLUPART_SCHEME, 0) : "";
    if (scheme != "http" && scheme != "https") {
        return support::problem_in(variable,
                                   "is no address of a server, wanted http://HOST:PORT "
                                   "or https://HOST:PORT");
    }
    server.user = part_of(parsed.get(), CURLUPART_USER, CURLU_URLDECODE);
    server.password = part_of(parsed.get(), CURLUPART_PASSWORD, CURLU_URLDECODE);
    for (const CURLUPart part : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS,
                                 CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
        curl_url_set(parsed.get(), part, nullptr, 0);
    }
    server.address = part_of(parsed.get(), CURLUPART_URL, 0);
    while (server.address.ends_with('/')) {
        server.address.pop_back();
    }
    return server;
}

HttpTransport http_client(HttpServer server, HttpLimits limits) {
    for (const std::string* secret : {&server.token, &server.user, &server.password}) {
        if (!is_plain(*secret)) {
            return [name = server.name](const HttpRequest&) -> Result<HttpAnswer> {
                return support::problem_in(
                    name,
                    "is not asked: a token, a user or a password of the environment holds a "
                    "line end or another control character; set it without");
            };
        }
    }
    if (const std::string& missing = start_curl(); !missing.empty()) {
        return [name = server.name, missing](const HttpRequest&) -> Result<HttpAnswer> {
            return support::problem_in(name, "cannot be asked: " + missing);
        };
    }
    return [client = std::make_shared<Client>(std::move(server), limits)](
               const HttpRequest& request) { return client->ask(request); };
}

std::string quotable(std::string_view text, const HttpServer& server) {
    std::string clean(text.substr(0, 4096));
    replace_all(clean, base64(server.user + ":" + server.password));
    for (const std::string* secret : {&server.token, &server.password}) {
        replace_all(clean, *secret);
    }
    return support::visible(clean, 200);
}

std::string percent_encoded(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') ||
                           std::string_view("-._~").find(c) != std::string_view::npos;
        if (plain) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += digits[byte >> 4];
            encoded += digits[byte & 15U];
        }
    }
    return encoded;
}

}  // namespace metricgate::sources
