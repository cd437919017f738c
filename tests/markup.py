"""What is wrong with the HTML of an answer."""

from __future__ import annotations

import re
from typing import Any

import html5lib

TEMPLATE = re.compile(r"<template\b.*?</template>", re.S)


def flaws(answer: Any, path: str) -> list[str]:
    """What is wrong with the page, each line with its address."""
    html = answer.content.decode()
    parser = html5lib.HTMLParser()
    parser.parse(html)
    found = [f"{position}: {code} {facts} {html.splitlines()[position[0] - 1][:100]}" for position, code, facts in parser.errors]
    ids = re.findall(r'\sid="([^"]+)"', TEMPLATE.sub("", html))
    found += [f"id {each} stands twice" for each in {each for each in ids if ids.count(each) > 1}]
    found += [
        f"{each} leads nowhere" for each in re.findall(r'(?:aria-labelledby|\sfor)="([^"]+)"', TEMPLATE.sub("", html)) if each not in ids
    ]
    if len(re.findall(r"<h1\b", html)) != 1:
        found.append(f"{len(re.findall(r'<h1', html))} first headings")
    return [f"{path}: {each}" for each in found]
