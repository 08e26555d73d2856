"""What goes wrong at the store of pictures, in our words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError

from bot.errors import OperatorMustFix, StoreDown


@contextmanager
def told(place: object) -> Iterator[None]:
    """Raises StoreDown for what may pass and OperatorMustFix for what will not; FileNotFoundError goes on as it is."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (PermissionDeniedError, UnauthenticatedError, PermissionError) as exc:
        raise OperatorMustFix("pictures_refused", url=str(place)) from exc
    except (BaseError, OSError) as exc:
        raise StoreDown("pictures_full" if _is_full(exc) else "pictures_unreachable", url=str(place)) from exc


def _is_full(fault: BaseException) -> bool:
    """Of what the library says of a disk only the text has the system's number."""
    return getattr(fault, "errno", None) == errno.ENOSPC or f"(os error {errno.ENOSPC})" in str(fault)


def shown(url: str) -> str:
    """An address for a sentence: without what stands before an @, which may be a key."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl() if "://" in url else url
