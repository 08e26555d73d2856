"""What can go wrong, grouped by who acts next.

    ThreadpaintError
    ├── PersonCanFix      the person changes the request; shown as written in `handlers.wording`
    ├── ModelRefused      the model said no; shown, never sent again
    ├── ModelBusy         try again shortly; retried, then shown kindly
    │   └── Paced         by a limit of our own: nothing was asked
    ├── ModelDown         it broke or did not answer; retried, then shown kindly
    ├── NonsenseAnswer    the answer made no sense; logged with its id, shown kindly
    ├── ChatDown          Slack did not take it now; tried again later
    ├── ChatRefused       Slack will not take it here: not a member, archived, not allowed
    ├── StoreDown         the store of pictures does not answer now; tried again later
    └── OperatorMustFix   a key, a quota, a setting; the person is told who to ask

Every error carries a *reason* (a key of `handlers.wording.SENTENCES`) and the *facts* its sentence needs. Nothing
else of an exception ever reaches a channel.
"""


class ThreadpaintError(Exception):
    """The base: a reason that has a sentence, and the facts for it."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.reason} {self.facts}" if self.facts else self.reason


class PersonCanFix(ThreadpaintError):
    """The person can mend it: a flag, a file, a prompt."""


class ModelRefused(ThreadpaintError):
    """The model declined. `facts["words"]` are its own words, when it gave any."""


class ModelBusy(ThreadpaintError):
    """Too many requests or no room: waiting `retry_after` seconds (None: unknown) may help."""

    def __init__(self, reason: str, retry_after: float | None = None, **facts: str) -> None:
        super().__init__(reason, **facts)
        self.retry_after = retry_after


class Paced(ModelBusy):
    """A limit of our own is reached, and nothing was asked: waiting `retry_after` seconds will help."""


class ModelDown(ThreadpaintError):
    """The provider broke, hung up or did not answer in time."""


class NonsenseAnswer(ThreadpaintError):
    """The provider answered with something that is no answer."""


class ChatDown(ThreadpaintError):
    """Slack was busy, broke or hung up; nobody knows whether it did what it was asked."""


class ChatRefused(ThreadpaintError):
    """Slack said no, and will say no again."""


class StoreDown(ThreadpaintError):
    """The store of pictures did not answer, or broke, for longer than it was asked again."""


class OperatorMustFix(ThreadpaintError):
    """Only the one who runs the bot can mend it."""
