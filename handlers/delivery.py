"""Speaks to people in Slack: the root, the status, the result, a sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.catalogue import Catalogue
from bot.domain.pictures import Picture
from bot.domain.requests import Act, ImageRequest, Place
from bot.domain.turns import Trouble, Turn
from bot.errors import ChatRefused, ThreadpaintError
from bot.imaging.preview import preview
from bot.ports import Offer, Posts, Progress, Report
from bot.studio.repeating import asked
from handlers import blocks, captions, ids, progress, reporting, uploads, wording
from handlers.posting import Once
from handlers.proxies import proxy
from handlers.slack import call

log = structlog.get_logger()


class SlackMessenger:
    """The Messenger port in Slack's dialect. Each public message is posted once; see `posting`."""

    def __init__(
        self, client: AsyncWebClient, session: aiohttp.ClientSession, posts: Posts, catalogue: Catalogue
    ) -> None:
        self._client = client
        self._session = session
        self._once = Once(client, posts)
        self._posts = posts
        self._catalogue = catalogue
        self._handed: dict[str, str] = {}  # pictures that Slack has and that nobody has been shown: their files

    async def root(self, request: ImageRequest, turn: Turn) -> str:
        """Post the message that a command's thread hangs on."""
        said = blocks.root(turn)
        return await self._once.post(ids.root(request), request.place, said.text, said.blocks)

    async def upload(self, picture: Picture, data: bytes, turn: Turn) -> str:
        """Upload the original bytes, unless Slack has them; only what Slack cannot show is converted."""
        if picture.id in self._handed:
            return self._handed[picture.id]
        shown = await asyncio.to_thread(preview, data)
        name = captions.file_name(asked(turn), picture.index, shown.mime)
        file = await uploads.upload(self._client, self._session, shown.data, name, captions.alt(turn, picture))
        self._handed[picture.id] = file
        return file

    async def processed(self, file: str) -> None:
        """Wait until Slack has looked at the file. One that it does not come to is uploaded anew the next time."""
        try:
            await uploads.until_processed(self._client, file)
        except ThreadpaintError as fault:
            if fault.reason not in ("chat_busy", "chat_unreachable"):  # those say nothing of the file
                self._handed = {picture: handed for picture, handed in self._handed.items() if handed != file}
            raise

    async def show(self, turn: Turn, offers: Sequence[Offer]) -> str:
        """Post the picture or pictures, or what went wrong, in the thread.

        A command was typed in the channel, so its first result is shown in the channel as well; not that there is none
        because nobody wanted it any more.
        """
        said = blocks.result(turn, self._catalogue, offers)
        unwanted = turn.trouble is not None and turn.trouble.reason == "cancelled" and not turn.pictures
        in_channel = turn.act is Act.COMMAND and not unwanted
        try:
            post = await self._once.post(
                ids.result(turn.id), turn.place, said.text, said.blocks, reply_broadcast=in_channel
            )
        except ChatRefused:
            self._shown(turn)  # perhaps it is the file that it does not like
            raise
        self._shown(turn)
        return post

    def _shown(self, turn: Turn) -> None:
        for picture in turn.pictures:
            self._handed.pop(picture.id, None)

    async def picked(self, request: ImageRequest, turn: Turn, picture: Picture, offers: Sequence[Offer]) -> str:
        """Post the picked picture by itself."""
        said = blocks.picked(request, turn, picture, self._catalogue, offers)
        return await self._once.post(ids.picked(request), turn.place, said.text, said.blocks)

    async def hold(self, request: ImageRequest, turn: Turn, trouble: Trouble) -> None:
        """Post why the turn's pictures are not shown, with the button that shows them."""
        said = blocks.held(turn, trouble)
        await self._once.post(ids.held(request), turn.place, said.text, said.blocks)

    async def answer(self, request: ImageRequest, trouble: Trouble) -> None:
        """Say it to the one who asked, once as far as anyone can tell: a whisper leaves no trace to look for."""
        intent = await self._posts.intend(ids.answer(request))
        if not intent.said:
            said = wording.sentence(trouble.reason, trouble.facts)
            typed = request.text if request.act is Act.COMMAND else ""
            await self.whisper(request, wording.handed_back(said, typed))
            await self._posts.said(ids.answer(request))

    async def explain(self, request: ImageRequest, text: str) -> None:
        """Whisper an explanation nobody needs twice: a mention comes as two events, and both may come again."""
        if (await self._posts.intend(ids.answer(request))).fresh:
            await self.whisper(request, text)

    async def whisper(self, request: ImageRequest, text: str) -> None:
        """Say something only the one who asked can see, where they are looking.

        A command was typed in the channel, and its response_url works where the bot is no member, for 30 minutes; what
        began in a thread is answered there, which a response_url cannot. When neither works the log has it.
        """
        typed = request.act in (Act.COMMAND, Act.REPORT)
        ways = (self._respond, self._say_unseen) if typed else (self._say_unseen, self._respond)
        for way in ways:
            if await way(request, text):
                return
        log.warning("whisper_not_heard", key=request.key)

    async def _say_unseen(self, request: ImageRequest, text: str) -> bool:
        place = request.place
        thread = {"thread_ts": place.thread} if place.thread not in ("", request.ts) else {}
        try:
            await call(
                self._client, "chat.postEphemeral", channel=place.channel, user=request.asker, text=text, **thread
            )
        except ThreadpaintError:
            return False
        return True

    async def _respond(self, request: ImageRequest, text: str) -> bool:
        if not request.answer_url:
            return False
        body = {"response_type": "ephemeral", "replace_original": False, "text": text}
        try:
            way = proxy(request.answer_url)
            async with self._session.post(request.answer_url, json=body, proxy=way) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def report(self, request: ImageRequest, report: Report) -> None:
        """Post the report where it was asked for. Run twice, the plot is uploaded again and nothing is posted again."""
        empty = reporting.is_empty(report)
        said = reporting.empty(report) if empty else reporting.message(report, await self._plot(report))
        await self._once.post(ids.report(request), request.place, said.text, said.blocks)

    async def _plot(self, report: Report) -> str:
        """The plot's file; "" where there is nothing to draw, or Slack takes no files: the table says the same."""
        if not reporting.has_bars(report):
            return ""
        plot = await asyncio.to_thread(reporting.draw, report)
        name = f"cost-per-kept-picture-{report.month}.png"
        try:
            file = await uploads.upload(self._client, self._session, plot, name, reporting.alt(report))
            await uploads.until_processed(self._client, file)
        except ChatRefused as fault:
            log.warning("plot_not_taken", reason=fault.reason, **fault.facts)
            return ""
        return file

    async def begin(self, place: Place) -> None:
        """The first sign under the thread, and with it whether anything can be said there."""
        await progress.begin(self._client, place)

    def status(self, place: Place, look: Callable[[], Progress]) -> AbstractAsyncContextManager[None]:
        """The line under the thread while work goes on."""
        return progress.status(self._client, place, look)
