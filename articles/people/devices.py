"""The kind of browser and system that a log-in came from, guessed from the agent it names. The guess is kept, the agent is not."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BROWSERS = (
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrom", "Chrome"),
    ("safari", "Safari"),
)
"""(what stands in the agent, the family), the first that fits: most agents name several."""
SYSTEMS = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("mac os", "macOS"),
    ("cros", "ChromeOS"),
    ("linux", "Linux"),
)
OTHER: tuple[str | Promise, str | Promise] = (gettext_lazy("another browser"), gettext_lazy("another system"))


def device_of(agent: str) -> str:
    """The guess as a code, such as `Firefox+Linux`; a part that is not known is blank."""
    said = agent.casefold()
    return "+".join(next((family for word, family in known if word in said), "") for known in (BROWSERS, SYSTEMS))


def device_named(code: str) -> str:
    """The guess in words."""
    browser, _plus, system = code.partition("+")
    return _("%(browser)s on %(system)s") % {"browser": browser or OTHER[0], "system": system or OTHER[1]}
