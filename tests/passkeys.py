"""An authenticator in software: it makes a passkey and signs with it, as a browser hands both over."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from articles.people.models import User

PRESENT, VERIFIED, CREDENTIAL = 0x01, 0x04, 0x40


class Passkey:
    """One credential of a person for one site."""

    def __init__(self, person: User, *, site: str = "localhost") -> None:
        self.person, self.site = person, site
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)

    def enrol(self) -> Authenticator:
        """Puts it on the person's account, as if by the page."""
        answer = self.registration("AAAA")
        return Authenticator.objects.create(
            user=self.person, type=Authenticator.Type.WEBAUTHN, data={"name": "A key", "credential": answer}
        )

    def registration(self, challenge: str, *, origin: str = "http://localhost") -> dict[str, Any]:
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AuthenticatorData.create(
            self._rp(), PRESENT | VERIFIED | CREDENTIAL, 0, AttestedCredentialData.create(b"\0" * 16, self.id, public)
        )
        response = {
            "clientDataJSON": self._client("webauthn.create", challenge, origin),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._answer(response) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def assertion(self, challenge: str, *, origin: str = "http://localhost", flags: int = PRESENT | VERIFIED) -> dict[str, Any]:
        data = AuthenticatorData.create(self._rp(), flags, 1)
        client = CollectedClientData.create("webauthn.get", challenge, origin)
        signature = self.key.sign(data + client.hash, ec.ECDSA(SHA256()))
        handle = websafe_encode(user_pk_to_url_str(self.person).encode())
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": handle,
        }
        return self._answer(response)

    def log_in(self, browser: Client, **given: Any) -> Any:
        """The answer to a log-in by this passkey alone."""
        page = browser.get("/desk/accounts/login/passkey/", HTTP_ACCEPT="application/json", HTTP_HOST=self.site)
        challenge = page.json()["request_options"]["publicKey"]["challenge"]
        sent = {"credential": json.dumps(self.assertion(challenge, **given))}
        return browser.post("/desk/accounts/login/passkey/", sent, HTTP_HOST=self.site)

    def _rp(self) -> bytes:
        return hashlib.sha256(self.site.encode()).digest()

    def _client(self, kind: str, challenge: str, origin: str) -> str:
        return websafe_encode(CollectedClientData.create(kind, challenge, origin))

    def _answer(self, response: dict[str, Any]) -> dict[str, Any]:
        return {"type": "public-key", "id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "response": response}
