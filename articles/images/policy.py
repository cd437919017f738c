"""Whether a picture may go public."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.images.models import Image


def problems(image: Image, *, at: dt.datetime | None = None) -> list[str]:
    """Sentences that say why the picture cannot be published at that time; empty when it can."""
    found = []
    renditions = list(image.renditions.all())
    if not renditions or not all(each.clean for each in renditions):
        found.append(_("The picture has no files proved clean: upload it again."))
    if image.rights_expire_on and image.rights_expire_on < (at or timezone.now()).date():
        found.append(_("The rights to a picture have expired: renew them or choose another picture."))
    return found
