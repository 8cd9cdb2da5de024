"""What the interop scripts of MLflow share: a real tracking server on loopback, and counting."""
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.request

PASSWORD = "a-long-secret-1234"
failed = []
passed = []


def check(name, good, detail=""):
    if good:
        passed.append(name)
    else:
        failed.append(f"{name}: {detail}")


def finish(least):
    """Prints what failed, and ends; fewer checks than `least` are a failure, too."""
    for problem in failed:
        print(problem[:1500])
    print(f"{len(passed)} passed, {len(failed)} failed")
    sys.exit(1 if failed or len(passed) < least else 0)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """mlflow server on loopback with an SQLite store; with a password, by basic authentication."""

    def __init__(self, folder, password=None):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.database = folder / "server.db"
        self.log = open(folder / "server.log", "w+")
        environment = {**os.environ, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
        authentication = []
        if password:
            (folder / "auth.ini").write_text(f"[mlflow]\ndefault_permission = READ\ndatabase_uri = sqlite:///{folder}/auth.db\nadmin_username = admin\n"
                                             f"admin_password = {password}\nauth_cache_ttl_seconds = 600\n"
                                             "authorization_function = mlflow.server.auth:authenticate_request_basic_auth\n")
            environment |= {"MLFLOW_AUTH_CONFIG_PATH": str(folder / "auth.ini"), "MLFLOW_FLASK_SERVER_SECRET_KEY": "key"}
            authentication = ["--app-name", "basic-auth"]
        self.process = subprocess.Popen(
            [pathlib.Path(sys.executable).parent / "mlflow", "server", *authentication, "--backend-store-uri", f"sqlite:///{self.database}",
             "--default-artifact-root", str(folder / "artifacts"), "--host", "127.0.0.1", "--port", str(port), "--workers", "1"],
            stdout=self.log, stderr=self.log, cwd=folder, env=environment, start_new_session=True)

    def wait(self):
        for _ in range(480):
            try:
                urllib.request.urlopen(self.url + "/health", timeout=2).read()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.25)
        self.log.seek(0)
        sys.exit("mlflow server does not start:\n" + self.log.read()[-3000:])

    def stop(self):
        os.killpg(self.process.pid, 15)
        self.process.wait(timeout=30)
