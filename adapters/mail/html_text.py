"""HTML mail as plain text, with the parts that known clients mark as quotes left out.

The tree is walked by no recursion of ours: five thousand nested elements are an old trick to make a reader see nothing.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from adapters.mail.limits import MARKUP

# A character of the private use area stands for a line break of the layout until the source's own white space is gone.
_BREAK = "\ue000"
_UNSEEN = "head, script, style, title, template, noscript"
_QUOTES = (
    ".gmail_quote_container, .gmail_quote, blockquote[type=cite], .moz-cite-prefix, .yahoo_quoted, "
    ".protonmail_quote, #OLK_SRC_BODY_SECTION, #mail-editor-reference-message-container"
)
_FROM_HERE = "#divRplyFwdMsg, #appendonsend"
_BLOCKS = (
    "p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, table, tr, blockquote, pre, hr, section, article, header, footer, "
    "dl, dt, dd"
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_GAPS = re.compile(r"\n{3,}")


def text_of(markup: str, quotes: bool = False) -> str:
    """Return what a reader sees, a line per line; without what known clients quote unless `quotes`."""
    tree = LexborHTMLParser(markup[:MARKUP].replace(_BREAK, ""))
    if tree.body is None:
        return ""
    _drop(tree, _UNSEEN)
    for node in reversed(tree.css("[style]")):
        if _HIDDEN.search(node.attributes.get("style") or ""):
            node.decompose()
    if not quotes:
        _drop(tree, _QUOTES)
        _drop_rest(tree)
    _break_lines(tree)
    lines = _SPACE.sub(" ", tree.body.text()).split(_BREAK)
    return _GAPS.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()


def _drop(tree: LexborHTMLParser, selector: str) -> None:
    """Take elements out, inner ones before outer ones, because what went with its parent must not be touched again."""
    for node in reversed(tree.css(selector)):
        node.decompose()


def _drop_rest(tree: LexborHTMLParser) -> None:
    """Outlook on the web marks only where the quote begins: that element and all after it go."""
    mark = tree.css_first(_FROM_HERE)
    node = mark
    while node is not None and node.tag != "body":
        _drop_later(node)
        node = node.parent
    if mark is not None:
        mark.decompose()


def _drop_later(node: LexborNode) -> None:
    later = node.next
    while later is not None:
        following = later.next
        later.decompose()
        later = following


def _break_lines(tree: LexborHTMLParser) -> None:
    for node in tree.css("br"):
        node.insert_before(_BREAK)
    for node in tree.css("li"):
        node.insert_before(f"{_BREAK}- ")
    for node in tree.css(_BLOCKS):
        if node.tag != "li":
            node.insert_before(_BREAK)
        node.insert_after(_BREAK)
