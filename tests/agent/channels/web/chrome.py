"""A real browser, and the page in a process of its own."""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.conftest import TODAY

ROOT = Path(__file__).parents[4]
PICTURES = ROOT / "var" / "screenshots"
SECONDS = 60
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,920",
)


@contextmanager
def served_page(home, port):
    """Serve the page from this home; gives its address and the one-time link it printed."""
    environment = os.environ | {"TILLSIGHT_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, str(ROOT / "app.py"), "serve", "--port", str(port)]
    server = subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--today", str(TODAY)],
        env=environment,
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    printed = []
    try:
        for line in server.stdout:
            printed.append(line)
            if found := re.search(r"http\S+/link/\S+", line):
                break
        else:
            raise AssertionError(f"The page did not start: {''.join(printed)}")
        drain = threading.Thread(target=printed.extend, args=(server.stdout,), daemon=True)
        drain.start()
        yield f"http://127.0.0.1:{port}", found.group(), printed
    finally:
        server.terminate()
        server.wait(timeout=20)
        server.stdout.close()


class Visitor:
    """One person at one browser."""

    def __init__(self):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        for flag in (*FLAGS, f"--user-data-dir={self._profile.name}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = webdriver.ChromeService("/usr/bin/chromedriver")
        self.driver = webdriver.Chrome(options=options, service=service)

    def close(self):
        self.driver.quit()
        self._profile.cleanup()

    def sees(self, css):
        return [
            each for each in self.driver.find_elements(By.CSS_SELECTOR, css) if each.is_displayed()
        ]

    def until(self, look, what):
        """Return what `look` finds as soon as it finds something."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            try:
                if found := look():
                    return found
            except (NoSuchElementException, StaleElementReferenceException, IndexError):
                pass  # between two pages there is not even a body
            time.sleep(0.1)
        raise AssertionError(f"Waited {SECONDS} s for {what}; the page shows: {self.text}")

    @property
    def text(self):
        return self.driver.find_element(By.TAG_NAME, "body").text

    @property
    def answers(self):
        return [each.text for each in self.sees("#chat .bot.message")]

    def open(self, address):
        self.driver.get(address)
        return self.until(lambda: self.sees("#question textarea"), "the page")[0]

    def type(self, question):
        self.until(lambda: self.sees("#question textarea"), "the box")[0].send_keys(
            question, Keys.ENTER
        )

    def ask(self, question):
        """Ask, wait until the answer is whole, and return its text."""
        before = len(self.sees("#chat .user.message"))
        self.type(question)
        self.until(lambda: len(self.sees("#chat .user.message")) > before, "the question")
        self.until(lambda: not self.sees("#stop") and len(self.answers) > before, "the answer")
        return self.answers[-1]

    def press(self, words):
        button = self.until(
            lambda: [each for each in self.sees("button, a") if each.text.strip() == words], words
        )
        button[-1].click()

    def open_working(self):
        script = "[...document.querySelectorAll('#chat .thought-group .title')].at(-1).click()"
        self.driver.execute_script(script)
        return self.until(
            lambda: [each.text for each in self.sees("#chat .thought-group") if "{" in each.text],
            "the working",
        )[-1]

    def picture(self, name):
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.driver.save_screenshot(str(PICTURES / f"{name}.png"))

    def addresses(self):
        """Return the web addresses the browser asked for since the last call."""
        events = [
            json.loads(each["message"])["message"] for each in self.driver.get_log("performance")
        ]
        asked = {
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        }
        return {address for address in asked if address.startswith("http")}

    def complaints(self):
        """Return what the browser's console complained of."""
        return [
            entry["message"]
            for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
        ]
