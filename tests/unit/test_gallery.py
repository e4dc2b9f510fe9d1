"""The page of all mails tells the story in lines of their own and shows each reader's mails."""

from email.message import EmailMessage
from pathlib import Path

from adapters.gallery.gallery import Exhibit, write_gallery

STORY = "Ann mentors Bo.\n  1.1  Wed 24 Feb: held.\n  2.1  <moved>\n\n2 mails left."


def exhibit(to: str, file: str = "mails/001-agenda-ann.eml") -> Exhibit:
    """A mail with an HTML part."""
    mail = EmailMessage()
    mail.set_content("words")
    mail.add_alternative("<p>words</p>", subtype="html")
    return Exhibit(to, "follow_up", "Agenda: Ann / Bo", "2027-02-24T07:30:00Z", file, bytes(mail))


def page(folder: Path) -> str:
    """The page as it was written."""
    return write_gallery(folder, "The demo", STORY, [exhibit("ann@example.org")]).read_text("utf-8")


def test_each_line_of_the_story_is_an_element_and_the_indented_ones_are_a_list(tmp_path: Path) -> None:
    html = page(tmp_path)
    assert "<p>Ann mentors Bo.</p>" in html
    assert "<li>1.1  Wed 24 Feb: held.</li>" in html
    assert "<li>2.1  &lt;moved&gt;</li>" in html
    assert "<p>2 mails left.</p>" in html
    assert html.count("<ul>") == html.count("</ul>") == 1


def test_a_reader_s_mails_link_to_how_they_look_and_how_they_left(tmp_path: Path) -> None:
    html = page(tmp_path)
    assert "ann@example.org" in html
    assert '<a href="mails/001-agenda-ann.html">Agenda: Ann / Bo</a>' in html
    assert '<a href="mails/001-agenda-ann.eml">' in html
    assert "follow up" in html


def test_the_mails_of_an_earlier_run_are_gone(tmp_path: Path) -> None:
    page(tmp_path)
    write_gallery(tmp_path, "The demo", STORY, [exhibit("bo@example.org", "mails/002-chase-bo.eml")])
    assert sorted(path.name for path in (tmp_path / "mails").iterdir()) == ["002-chase-bo.eml", "002-chase-bo.html"]
