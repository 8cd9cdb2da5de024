"""A headless Chromium that writes down what a page does: messages, requests, and how it looks."""

import base64
import json
import os
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service


class Browser:
    def __init__(self):
        self._profile = tempfile.TemporaryDirectory(prefix="metricgate-browser-")
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in ("--headless=new", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-dev-shm-usage",
                         "--disable-background-networking", "--disable-component-update", f"--user-data-dir={self._profile.name}"):
            options.add_argument(argument)
        if os.geteuid() == 0:
            options.add_argument("--no-sandbox")  # Chromium refuses to run as root with it; containers do
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self._driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self._driver.set_page_load_timeout(120)  # a machine that compiles beside may take its time
        self.tell("Network.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._driver.quit()
        self._profile.cleanup()

    def tell(self, command, **parameters):
        return self._driver.execute_cdp_cmd(command, parameters)

    def look_like(self, width, height=900, scheme="light", scripts=True):
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.tell("Emulation.setScriptExecutionDisabled", value=not scripts)

    def open(self, path):
        """Opens a file and forgets what was logged before."""
        self._driver.get("about:blank")
        self._driver.get_log("browser")
        self._driver.get_log("performance")
        self._driver.get(f"file://{path}")

    def ask(self, expression):
        """The value of a JavaScript expression; asked from outside, so that the page's own rules do not matter."""
        answer = self.tell("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def wait_for(self, expression, seconds=60):
        return self.ask(f"new Promise((done) => {{ const end = Date.now() + {seconds * 1000};"
                        f"const look = () => {{ const found = {expression};"
                        "if (found || Date.now() > end) { done(Boolean(found)); } else { setTimeout(look, 20); } }; look(); })")

    def messages(self):
        """Everything on the console, violations of content security among it."""
        return [f"{entry['level']}: {entry['message']}" for entry in self._driver.get_log("browser")]

    def requests(self):
        """The addresses that the page asked for."""
        found = []
        for entry in self._driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        return found

    def photograph(self, path):
        size = self.ask("({width: document.documentElement.clientWidth, height: document.documentElement.scrollHeight})")
        shot = self.tell("Page.captureScreenshot", captureBeyondViewport=True,
                         clip={"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1})
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))
