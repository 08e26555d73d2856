"""The painter's materials. Each model has its own, so that their pictures can be told apart at a glance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finish:
    """How shapes are filled and outlined. Widths and wobble are in hundredths of the picture's shorter side.

    `fill` is how much of the colour covers the paper; `shading` how far light and dark go apart within one shape;
    `hatch` the distance of pencil strokes (0: none); `edge` how much ink there is in an outline of the shape's own
    colour (0: no outline); `grain` how much paper shows through at the end.
    """

    outline: float
    edge: float
    wobble: float
    fill: float = 1.0
    shading: float = 0.0
    hatch: float = 0.0
    grain: float = 0.0
    passes: int = 1
    shadow: float = 0.3


FINISHES: dict[str, Finish] = {
    "pencil": Finish(outline=0.26, edge=0.72, wobble=0.3, fill=0.42, hatch=0.85, grain=0.5, passes=2, shadow=0.0),
    "crayon": Finish(outline=0.75, edge=0.4, wobble=0.24, fill=0.94, grain=1.0, shadow=0.22),
    "gouache": Finish(outline=0.0, edge=0.0, wobble=0.16, shading=0.16, grain=0.3, shadow=0.3),
    "felt": Finish(outline=0.7, edge=0.85, wobble=0.1, shadow=0.2),
    "studio": Finish(outline=0.22, edge=0.62, wobble=0.0, shading=0.34, shadow=0.45),
}
