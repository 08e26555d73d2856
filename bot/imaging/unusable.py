"""The one error of this package: a file that cannot be used, and why."""

from bot.errors import PersonCanFix


class Unusable(PersonCanFix):
    """A file we cannot use as a picture.

    `reason` is one of file_empty, file_too_big, file_not_a_picture, file_login_page, file_kind_unsupported,
    file_too_many_pixels, file_broken. `facts` always has the file's `name`, as it was given: escape it before showing.
    """

    def __init__(self, reason: str, name: str, **facts: str) -> None:
        super().__init__(reason, name=name, **facts)
        self.name = name

    def __reduce__(self) -> tuple[object, ...]:
        """Survives pickling, which by default would forget the name: durable jobs write errors down."""
        return _restore, (self.reason, self.facts)


def _restore(reason: str, facts: dict[str, str]) -> Unusable:
    return Unusable(reason, **facts)
