"""The page of pictures shows every kind of mail at both widths, and every picture that it names is there."""

import re
from pathlib import Path

from service.preview import KINDS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "mails"
NAMED = set(re.findall(r"\(([\w-]+\.webp)\)", (FOLDER / "index.md").read_text("utf-8")))


def test_every_kind_is_shown_as_a_telephone_and_as_a_mail_window_show_it() -> None:
    assert {f"{kind}-en-{width}.webp" for kind in KINDS for width in (375, 600)} <= NAMED


def test_every_picture_is_there_and_none_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.webp")} == NAMED


def test_pictures_are_small() -> None:
    assert max(path.stat().st_size for path in FOLDER.glob("*.webp")) < 100_000
