"""Messages as the app, the page and a test get to see them."""

import copy
from urllib.parse import quote

from bot.playground.slack import dressing, sharing
from bot.playground.slack.channel import Channel, is_reply
from bot.playground.slack.model import Slack
from bot.playground.slack.shapes import Json, Message


def for_app(slack: Slack, channel: Channel, message: Message) -> Message:
    """A message as the Web API and the events have it."""
    told = {name: copy.deepcopy(value) for name, value in message.items() if not name.startswith("_")}
    if "blocks" in told:
        told["blocks"] = dressing.dress(slack, told["blocks"])
    for holder in (told, *told.get("attachments", [])):
        if "files" in holder:
            holder["files"] = [_file(slack, file["id"]) for file in holder["files"]]
    if not is_reply(message):
        told |= _thread_summary(channel, message["ts"])
    return told


def for_page(slack: Slack, channel: Channel, message: Message) -> Message:
    """A message as the page shows it: with addresses a browser can load."""
    told = for_app(slack, channel, message)
    told["channel"] = channel.id
    broken = message.get("_broken", [])
    for node in dressing.image_nodes(told.get("blocks", [])):
        _point(slack, node, broken)
    for file in told.get("files", []):
        if file["mode"] == "hosted":
            file.update(_page_urls(file))
    return told


def _point(slack: Slack, node: Json, broken: list[str]) -> None:
    file = slack.files.get(dressing.file_of(slack, node) or "")
    if file is None or file.id in broken:
        node["broken"] = True
        return
    node["page_url"] = f"/page/file/{file.id}/{quote(file.name)}"


def _page_urls(file: Json) -> Json:
    address = f"/page/file/{file['id']}/{quote(file['name'])}"
    if "original_w" not in file:
        return {"page_url": address}
    return {"page_url": address, "page_thumb_url": f"{address}?thumb=480"}


def _file(slack: Slack, file_id: str) -> Json:
    file = slack.files.get(file_id)
    return {"id": file_id, "mode": "tombstone"} if file is None else sharing.described(slack, file)


def _thread_summary(channel: Channel, ts: str) -> Json:
    replies = channel.replies(ts)
    if not replies:
        return {}
    people = list(dict.fromkeys(reply["user"] for reply in replies))
    return {
        "thread_ts": ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "reply_users": people[:5],
        "latest_reply": replies[-1]["ts"],
        "is_locked": False,
        "subscribed": False,
    }
