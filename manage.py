#!/usr/bin/env python
"""The newsroom's command line."""

import os
import secrets
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

KEYS = ("SECRET_KEY", "AUDIT_KEY", "MFA_KEY")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    if sys.argv[1:2] == ["open_inquiry"]:  # runs on an officer's own computer, where the newsroom's keys are not: any will do
        os.environ.update({name: secrets.token_urlsafe(48) for name in KEYS})
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"Newsroom does not start: {error}")


if __name__ == "__main__":
    main()
