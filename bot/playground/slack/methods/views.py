"""views.*: modals and the app's home."""

from bot.playground import keys
from bot.playground.slack import modals
from bot.playground.slack.blockkit import modal
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json

MOST_STACKED = 3


@method("views.open", tier="t4")
def open_view(call: Call) -> Json:
    """Open a modal for whoever made the trigger."""
    view = modal.checked(call.args.structure("view"))
    person = call.slack.triggers.exchange(call.args.need("trigger_id"))
    return {"view": modals.open_modal(call.slack, person, view, None)}


@method("views.push", tier="t4")
def push_view(call: Call) -> Json:
    """Put a modal on top of the open one."""
    view = modal.checked(call.args.structure("view"))
    person = call.slack.triggers.exchange(call.args.need("trigger_id"))
    stack = [v for v in call.slack.views.values() if v["_person"] == person]
    if not stack:
        raise Refusal("view_not_found")
    if len(stack) >= MOST_STACKED:
        raise Refusal("push_limit_reached")
    return {"view": modals.open_modal(call.slack, person, view, stack[-1])}


@method("views.update", tier="t4")
def update_view(call: Call) -> Json:
    """Put other contents into an open modal."""
    view = modal.checked(call.args.structure("view"))
    wanted, external = call.args.text("view_id"), call.args.text("external_id")
    if not wanted and not external:
        raise Refusal.because("invalid_arguments", "missing required field: view_id")
    for known in call.slack.views.values():
        if known["id"] == wanted or (external and known.get("external_id") == external):
            if call.args.text("hash") not in ("", known["hash"]):
                raise Refusal("hash_conflict")
            return {"view": modals.change_modal(call.slack, known["id"], view)}
    raise Refusal("not_found")


@method("views.publish", tier="t4")
def publish_view(call: Call) -> Json:
    """Set a person's home tab."""
    person = call.args.need("user_id")
    if person not in call.slack.people or person == keys.BOT_USER:
        raise Refusal("user_not_found")
    view = modal.checked(call.args.structure("view"), "home")
    call.slack.homes[person] = view
    return {"view": view}
