"""One report's page, for the public and for the preview alike: the shell's pieces, the head and the main, joined."""

from __future__ import annotations

from articles.identity.shell import ShellPieces


def assemble(shell: ShellPieces, head_html: str, main_html: str, *, section: str = "") -> bytes:
    """The whole page. `section` is the path of the menu item to mark as the one the reader is in."""
    before_main = shell.before_main
    if section:
        before_main = before_main.replace(f'<a href="{section}"', f'<a href="{section}" aria-current="page"', 1)
    return "".join((shell.before_head, head_html, before_main, main_html, shell.after_main)).encode()
