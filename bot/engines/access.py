"""The two doors to Google's models: the Gemini API with a key, and Vertex AI with a project's credentials.

In google-genai 3.4.0 the environment decides whatever is not handed in, so all that matters is. The SDK loads and
refreshes credentials in a thread of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx2
from google import genai
from google.auth import default, exceptions
from google.auth.credentials import Credentials
from google.auth.transport import Request
from google.genai import types

from bot.errors import ModelDown, OperatorMustFix

SCOPES = ("https://www.googleapis.com/auth/cloud-platform",)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of the Gemini API. An empty base URL is Google's own."""

    key: str = field(repr=False)
    base_url: str = ""
    api_version: str = "v1beta"

    @property
    def route(self) -> str:
        """The name of this way to the models."""
        return "gemini"

    def client(self, http: httpx2.AsyncClient) -> genai.Client:
        """The SDK's client on this transport, which stays ours to close."""
        return genai.Client(
            enterprise=False,
            api_key=self.key,
            http_options=types.HttpOptions(
                base_url=self.base_url or None, api_version=self.api_version or None, httpx_async_client=http
            ),
        )


@dataclass(frozen=True, slots=True)
class Enterprise:
    """A project on Vertex AI. Without credentials those of the environment are used, found at the first call.

    An empty base URL is Google's own for the location, an empty version the SDK's own.
    """

    project: str
    location: str = "global"
    base_url: str = ""
    api_version: str = ""
    credentials: Credentials | None = field(default=None, repr=False)

    @property
    def route(self) -> str:
        """The name of this way to the models."""
        return "vertex"

    def client(self, http: httpx2.AsyncClient) -> genai.Client:
        """The SDK's client on this transport, which stays ours to close."""
        return genai.Client(
            enterprise=True,
            project=self.project,
            location=self.location or "global",
            credentials=Lent(self.credentials),
            http_options=types.HttpOptions(
                base_url=self.base_url or None, api_version=self.api_version or None, httpx_async_client=http
            ),
        )


class Lent(Credentials):
    """Someone's credentials, or the environment's, whose faults are our own errors."""

    def __init__(self, owner: Credentials | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._owner = owner

    def refresh(self, request: Request) -> None:
        """A new token; blocks. Raises OperatorMustFix without good credentials, ModelDown without an answer."""
        try:
            self._take(request)
        except exceptions.TransportError as error:
            raise ModelDown("model_unreachable") from error
        except exceptions.GoogleAuthError as error:
            raise ModelDown("model_unreachable") if error.retryable else OperatorMustFix("key_refused") from error
        except Exception as error:  # a key file can be wrong in any way, down to its cryptography
            raise OperatorMustFix("key_refused") from error

    def _take(self, request: Request) -> None:
        if self._owner is None:
            self._owner = default(scopes=SCOPES)[0]
        self._owner.refresh(request)  # type: ignore[no-untyped-call]
        self.token, self.expiry = self._owner.token, self._owner.expiry
        self._quota_project_id = self._owner.quota_project_id
