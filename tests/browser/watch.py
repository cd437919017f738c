"""What every browser test is watched for: no request leaves the site, nothing is refused by a policy, no script fails, no answer is an error."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError


class Watch:
    """Follows the contexts of one test; `found` is what was wrong. `expected` holds (status, path) that the test asks for on purpose."""

    def __init__(self, site: str) -> None:
        self.site = urlsplit(site)
        self.expected: set[tuple[int, str]] = set()
        self.requested: list[str] = []
        self.found: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", self._error)

    def _request(self, request: Request) -> None:
        self.requested.append(request.url)
        target = urlsplit(request.url)
        here = target.netloc.replace("localhost:", "127.0.0.1:")
        if target.scheme != "data" and (target.scheme, here) != (self.site.scheme, self.site.netloc):
            self.found.append(f"a request leaves the site: {request.url}")

    def _response(self, response: Response) -> None:
        path = urlsplit(response.url).path
        if response.status >= 400 and (response.status, path) not in self.expected:
            self.found.append(f"{response.request.method} {path} answers {response.status}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error" or message.text.startswith("Failed to load resource: the server responded with a status of"):
            return  # an answer that is an error comes to _response too
        self.found.append(f"the console says: {message.text} ({message.location['url']})")

    def _error(self, error: WebError) -> None:
        self.found.append(f"a script fails: {error.error}")
