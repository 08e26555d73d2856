"""The knobs a test turns: how late files are, how lossy deliveries are, how strict the limits are."""

from dataclasses import asdict, dataclass

from bot.playground.slack.acks import ACK_SECONDS
from bot.playground.slack.shapes import Json


@dataclass
class Settings:
    """`file_delay` and `ack_seconds` (how long the app has to ack) are in seconds.

    `retry_after_scale` multiplies the 0/60/300 s schedule on which events are delivered again.
    """

    file_delay: float = 0.3
    redeliver_times: int = 0
    lose_first: bool = False
    rate_limits: bool = True
    retry_after_scale: float = 1.0
    ack_seconds: float = ACK_SECONDS

    def turn(self, wanted: Json) -> None:
        """Apply the knobs that are named in `wanted`; the others stay as they are."""
        self.file_delay = float(wanted.get("file_delay", self.file_delay))
        self.lose_first = bool(wanted.get("lose_first", self.lose_first))
        self.rate_limits = bool(wanted.get("rate_limits", self.rate_limits))
        self.retry_after_scale = float(wanted.get("retry_after_scale", self.retry_after_scale))
        self.ack_seconds = float(wanted.get("ack_seconds", self.ack_seconds))
        if "redeliver" in wanted:
            self.redeliver_times = int((wanted["redeliver"] or {}).get("times", 0))

    def restore(self) -> None:
        """Turn every knob back to where it was at the start."""
        for name, value in asdict(Settings()).items():
            setattr(self, name, value)
