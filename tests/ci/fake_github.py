"""An HTTPS server on this machine that answers as GitHub does: comments of a pull request, open pull requests, files of releases."""
import http.server
import json
import pathlib
import ssl
import subprocess
import threading
import urllib.parse


class GitHub:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.comments = []  # of pull request 7
        self.pulls = []
        self.files = {}  # path: bytes
        self.requests = []  # (method, path)
        self.posts = []  # (path, body) of webhooks, and of GitLab's pipeline triggers and issues
        self.status = None  # answers everything with this
        key, self.certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost", "-keyout", key, "-out", self.certificate], check=True, capture_output=True)
        self.server = http.server.ThreadingHTTPServer(("localhost", 0), self.handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"https://localhost:{self.server.server_address[1]}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def environment(self):
        """What leads the action's scripts here; curl takes the certificate from its own variable."""
        return {"GITHUB_API_URL": self.address, "GITHUB_SERVER_URL": self.address, "GITHUB_REPOSITORY": "team/model", "CURL_CA_BUNDLE": str(self.certificate)}

    def answer(self, method, target, body):
        url = urllib.parse.urlsplit(target)
        query = dict(urllib.parse.parse_qsl(url.query))
        comments = "/repos/team/model/issues/7/comments"
        if self.status:
            return self.status, {"message": "no"}
        if method == "GET" and url.path in self.files:
            return 200, self.files[url.path]
        if method == "GET" and url.path == "/repos/team/model/pulls":
            return 200, [pull for pull in self.pulls if pull["state"] == query["state"] and pull["head"]["label"] == query["head"]]
        if method == "GET" and url.path == comments:
            size, page = int(query["per_page"]), int(query["page"])
            return 200, self.comments[size * (page - 1):size * page]
        if method == "POST" and url.path == comments:
            self.comments.append({"id": len(self.comments) + 1, "user": {"login": "github-actions[bot]"}, "body": body["body"]})
            return 201, self.comments[-1]
        if method == "PATCH" and url.path.startswith("/repos/team/model/issues/comments/"):
            comment = next(one for one in self.comments if one["id"] == int(url.path.rsplit("/", 1)[1]))
            comment["body"] = body["body"]
            return 200, comment
        if method == "POST" and (url.path == "/hook" or url.path.endswith(("/trigger/pipeline", "/issues"))):
            self.posts.append((url.path, body))
            return 201, {}
        return 404, {"message": "not found"}

    def handler(github):
        class Handler(http.server.BaseHTTPRequestHandler):
            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                github.requests.append((self.command, self.path, self.headers.get("Authorization")))
                status, answer = github.answer(self.command, self.path, json.loads(body) if body.startswith(b"{") else body.decode())
                data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PATCH = handle_any

            def log_message(self, *_):
                pass

        return Handler
