"""assistant.* and agents.*: what an app says about its own work in a thread."""

from bot.playground.slack import statuses_board
from bot.playground.slack.channel import Channel
from bot.playground.slack.methods.registry import Call, joined_channel, method
from bot.playground.slack.refusals import Refusal
from bot.playground.slack.shapes import Json

MOST_LOADING = 10
LONGEST_LOADING = 50


@method("assistant.threads.setStatus", "chat:write", "assistant:write", tier="special")
def set_status(call: Call) -> Json:
    """Say what the app is doing in a thread; an empty status takes it down."""
    room = joined_channel(call, "channel_id")
    thread_ts = call.args.need("thread_ts")
    if room.root_of(thread_ts) is None:
        raise Refusal("thread_not_found")
    if "status" not in call.args.given:
        raise Refusal.because("invalid_arguments", "missing required field: status")
    statuses_board.put_up(call.slack, room, thread_ts, call.args.text("status"), _loading(call))
    return {}


def _loading(call: Call) -> list[str]:
    wanted = call.args.structure("loading_messages") or []
    if not isinstance(wanted, list) or not all(isinstance(one, str) and one for one in wanted):
        raise Refusal.because("invalid_arguments", "must be a list of strings [json-pointer:/loading_messages]")
    if len(wanted) > MOST_LOADING:
        reason = f"no more than {MOST_LOADING} items allowed [json-pointer:/loading_messages]"
        raise Refusal.because("invalid_arguments", reason)
    for at, one in enumerate(wanted):
        if len(one) > LONGEST_LOADING:
            reason = f"must be less than {LONGEST_LOADING + 1} characters [json-pointer:/loading_messages/{at}]"
            raise Refusal.because("invalid_arguments", reason)
    return wanted


@method("assistant.threads.setTitle", "assistant:write", tier="t4")
def set_title(call: Call) -> Json:
    """Name a thread of the app's own direct messages."""
    _assistant_thread(call)
    call.args.need("title")
    return {}


@method("assistant.threads.setSuggestedPrompts", "assistant:write", tier="t4")
def set_prompts(call: Call) -> Json:
    """Offer up to four things to ask."""
    room = joined_channel(call, "channel_id")
    if room.kind != "im":
        raise Refusal("channel_not_found")
    prompts = call.args.structure("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        raise Refusal.because("invalid_arguments", "must have 1 to 4 items [json-pointer:/prompts]")
    return {}


@method("agents.sessions.setStatus", "chat:write", tier="t3")
@method("agents.sessions.rename", "chat:write", tier="t3")
def agent_session(_call: Call) -> Json:
    """Only apps declared as agents have sessions; this one is not."""
    raise Refusal("feature_disabled")


def _assistant_thread(call: Call) -> Channel:
    room = joined_channel(call, "channel_id")
    if room.kind != "im":
        raise Refusal("channel_not_found")
    if room.root_of(call.args.need("thread_ts")) is None:
        raise Refusal("thread_not_found")
    return room
