#include "sources/http_client.h"
#include "reading.h"

using namespace reading;
using metricgate::sources::http_client;
using metricgate::sources::http_server;
using metricgate::sources::HttpServer;
using metricgate::sources::percent_encoded;
using metricgate::sources::quotable;

TEST_CASE("the address of a server is kept without credentials, query and final slash",
          "[sources]") {
    const auto server = http_server("https://me:pa%3Ass@host:8443/base/?x=1#y", "URL");
    REQUIRE(problems_of(server) == "");
    CHECK(server->address == "https://host:8443/base");
    CHECK(server->user == "me");
    CHECK(server->password == "pa:ss");
    CHECK(server->name == "the server of URL");
}

TEST_CASE("what is no address of a server is refused without being repeated", "[sources]") {
    for (const char* url : {"", "host:80", "ftp://me:secret@host", "file:///etc/passwd", "http://",
                            "http://ho\nst", "gopher://x"}) {
        const std::string problem = problems_of(http_server(url, "URL"));
        CHECK_THAT(problem, has("URL: is no address of a server"));
        CHECK(problem.find("secret") == std::string::npos);
    }
}

TEST_CASE("secrets are struck out of what a server says", "[sources]") {
    HttpServer server;
    server.token = "tok-123";
    server.user = "me";
    server.password = "pass word";
    CHECK(quotable("you sent tok-123", server) == "you sent ***");
    CHECK(quotable("Basic bWU6cGFzcyB3b3Jk, or pass word", server) == "Basic ***, or ***");
    CHECK(quotable("plain", server) == "plain");
}

TEST_CASE("a token that would end its header is not sent", "[sources]") {
    HttpServer server;
    server.name = "the server of URL";
    server.address = "http://127.0.0.1:1";
    server.token = "tok\r\nX: y";
    const std::string problem = problems_of(http_client(server)({}));
    CHECK_THAT(problem, has("holds a line end"));
    CHECK(problem.find("tok") == problem.find("token"));
}

TEST_CASE("a server that is not there is a problem without its address", "[sources]") {
    HttpServer server;
    server.name = "the server of URL";
    server.address = "http://127.0.0.1:1";
    metricgate::sources::HttpRequest request;
    request.path = "/x";
    const std::string problem = problems_of(http_client(server)(request));
    CHECK_THAT(problem, has("the server of URL: could not be asked"));
    CHECK(problem.find("127.0.0.1") == std::string::npos);
}

TEST_CASE("parts of a query are percent-encoded", "[sources]") {
    CHECK(percent_encoded("a-b_c.d~9") == "a-b_c.d~9");
    CHECK(percent_encoded("a/b &=\u00fc") == "a%2Fb%20%26%3D%C3%BC");
}
