"""Take pictures of every kind of mail, as a telephone and as a desktop show it, and write the page that lists them.

Run it after a change of the mails' looks or words: .venv/bin/python deploy/mail_pictures.py [--png FOLDER] [NAME...]
It needs a Chromium on this machine, which it steers over two pipes (the DevTools protocol), and no network. Given
names, it takes only these; --png writes larger pictures without loss somewhere else, to look at them closely.
"""

import argparse
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from adapters.mail.compose import MailComposer
from domain.charter import Role
from domain.letters import Letter, LocalClock
from domain.mail import Envelope, MailKind
from service.preview import KINDS
from service.preview_samples import NO_AGENDA, Scene, reader_of, sample

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "mails"
NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
WIDTHS = (375, 600)
QUALITY = 55
CLOCKS = {Role.MENTOR: LocalClock("Mara", "America/Chicago"), Role.MENTEE: LocalClock("Jonas", "Europe/Berlin")}
# In other languages than English the same templates are filled, so a telephone's picture of the longer ones is enough.
TRANSLATED = ("request", "charter", "preparation", "agenda", NO_AGENDA, "follow-up", "conflict-question")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture to take; a dark one is as a reader at night sees it."""

    kind: str
    language: str
    width: int
    dark: bool = False

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return f"{self.kind}-{self.language}-{self.width}{'-dark' if self.dark else ''}"


class Browser:
    """A Chromium that listens on its file descriptors 3 and 4, one JSON message after another, each ended by a zero."""

    def __init__(self, program: str, profile: Path) -> None:
        to_browser, self._commands = os.pipe()
        self._answers, from_browser = os.pipe()
        os.set_inheritable(to_browser, True)
        os.set_inheritable(from_browser, True)
        # The shell gives the two pipes the numbers that Chromium looks for.
        script = f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}'
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe")
        self._process = subprocess.Popen(
            ["bash", "-c", script, program, *options, f"--user-data-dir={profile}"],
            pass_fds=(to_browser, from_browser),
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._read = b""
        self._number = 0
        self._session = ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def ask(self, method: str, **parameters: Any) -> Json:
        """Send one command and return its result; what the browser tells meanwhile is passed over."""
        self._number += 1
        message: Json = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                result: Json = answer["result"]
                return result

    def _next(self) -> Json:
        while b"\0" not in self._read:
            got = os.read(self._answers, 1 << 16)
            if not got:
                raise RuntimeError("the browser has ended")
            self._read += got
        one, _, self._read = self._read.partition(b"\0")
        message: Json = json.loads(one)
        return message

    def close(self) -> None:
        """End the browser."""
        os.close(self._commands)
        os.close(self._answers)
        self._process.terminate()
        self._process.wait()


def main(arguments: list[str]) -> int:
    """Take the pictures and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--png", type=Path, metavar="FOLDER")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args(arguments)
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        print("There is no Chromium on this machine.\nInstall one, such as Debian's chromium.", file=sys.stderr)
        return 6
    wanted = [p for p in pictures() if not options.names or p.kind in options.names or p.name in options.names]
    folder = options.png or FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mentorsync-pictures-") as work:
        browser = Browser(program, Path(work) / "profile")
        try:
            for picture in wanted:
                take(browser, picture, Path(work), folder, "png" if options.png else "webp")
        finally:
            browser.close()
    if not options.png and not options.names:
        (folder / "index.md").write_text(page(), encoding="utf-8")
    return 0


def pictures() -> Iterator[Picture]:
    """Every kind in English at both widths, one of them in the dark, and the longer ones in the other languages."""
    for kind in KINDS:
        yield from (Picture(kind, "en", width) for width in WIDTHS)
    yield Picture("agenda", "en", WIDTHS[0], dark=True)
    for language in ("de", "fr", "es"):
        yield from (Picture(kind, language, WIDTHS[0]) for kind in TRANSLATED)


def take(browser: Browser, picture: Picture, work: Path, folder: Path, form: str) -> None:
    """Take one picture of the whole mail, however long it is."""
    source = work / "mail.html"
    source.write_text(html_of(picture), encoding="utf-8")
    scheme = "dark" if picture.dark else "light"
    browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.ask(
        "Emulation.setDeviceMetricsOverride", width=picture.width, height=100, deviceScaleFactor=1, mobile=False
    )
    browser.ask("Page.navigate", url=source.as_uri())
    size = _settled(browser)
    clip = {"x": 0, "y": 0, "width": picture.width, "height": size, "scale": 1}
    quality = {"quality": QUALITY} if form == "webp" else {}
    shot = browser.ask("Page.captureScreenshot", format=form, clip=clip, captureBeyondViewport=True, **quality)
    (folder / f"{picture.name}.{form}").write_bytes(base64.b64decode(shot["data"]))


def _settled(browser: Browser) -> int:
    """Return the height of the page once it is there."""
    script = (
        "new Promise(done => { const look = () => document.readyState === 'complete' && document.body.children.length"
        " ? done(document.documentElement.scrollHeight) : setTimeout(look, 10); look(); })"
    )
    return int(browser.ask("Runtime.evaluate", expression=script, awaitPromise=True)["result"]["value"])


def html_of(picture: Picture) -> str:
    """Return the HTML part of the sample."""
    raw = MailComposer().compose(_envelope(picture), letter_of(picture.kind, picture.language))
    body = message_from_bytes(raw, policy=policy.default).get_body(("html",))
    return "" if body is None else str(body.get_content())


def letter_of(kind: str, language: str) -> Letter:
    """Return the sample letter."""
    effect, topic = KINDS[kind]
    scene = Scene(CLOCKS, reader_of(effect, topic), "Lindenhof Mentoring", language, NOW)
    return sample(effect, topic, scene, kind)


def _envelope(picture: Picture) -> Envelope:
    return Envelope(
        MailKind(KINDS[picture.kind][0].value),
        "mentoring@lindenhof.example",
        "Lindenhof Mentoring",
        "reader@example.org",
        "Reader",
        "Sample",
        "<sample@lindenhof.example>",
        (),
        NOW,
        "mentoring+sample@lindenhof.example",
    )


def page() -> str:
    """Return the page that shows all pictures."""
    lines = [
        "# How the mails look",
        "",
        "Every kind of mail at the width of a telephone (375 px) and of a mail window (600 px), with invented people.",
        "`deploy/mail_pictures.py` takes the pictures anew; `mentorsync preview` shows the mail of a real pair.",
        "What is true of all of them stands in `docs/adr/0004-words-of-the-mails.md` and",
        "`docs/adr/0005-html-of-the-mails.md`.",
        "",
    ]
    for kind in KINDS:
        names = [picture.name for picture in pictures() if picture.kind == kind and picture.language == "en"]
        lines += [f"## {kind}", "", " ".join(_image(name) for name in names), ""]
    lines += ["## In German, French and Spanish", ""]
    for kind in TRANSLATED:
        names = [picture.name for picture in pictures() if picture.kind == kind and picture.language != "en"]
        lines += [f"### {kind}", "", " ".join(_image(name) for name in names), ""]
    return "\n".join(lines).rstrip() + "\n"


def _image(name: str) -> str:
    return f"![{name}]({name}.webp)"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
