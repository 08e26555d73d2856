"""What the real API refuses before it draws anything, in its own words where they are known."""

from __future__ import annotations

import itertools

from bot.playground.gemini import histories, pictures, refusals, usage
from bot.playground.gemini.asks import Ask, Part, Turn
from bot.playground.gemini.signatures import VERTEX

BUDGET_OFF = "Budget 0 is invalid. This model only works in thinking mode."
MOST_ON_VERTEX = 7_000_000  # bytes of one inline image
COMBINATIONS = (frozenset({"TEXT"}), frozenset({"IMAGE"}), frozenset({"TEXT", "IMAGE"}))


def check(ask: Ask) -> None:
    """Raises Refusal for the first thing wrong with the request. Decodes pictures: keep off the event loop."""
    check_turns(ask.turns)
    check_config(ask)
    check_thinking(ask)
    check_shape(ask)
    check_parts(ask)
    histories.check(ask)
    check_length(ask)


def check_turns(turns: tuple[Turn, ...]) -> None:
    if not turns:
        raise refusals.invalid("* GenerateContentRequest.contents: contents is not specified\n")
    for index, turn in enumerate(turns):
        if turn.role not in {"user", "model"}:
            raise refusals.invalid("Please use a valid role: user, model.")
        if not turn.parts:
            raise refusals.invalid(
                f"* GenerateContentRequest.contents[{index}].parts: contents.parts must not be empty.\n"
            )
    if turns[0].role != "user" or any(one.role == two.role for one, two in itertools.pairwise(turns)):
        raise refusals.invalid("Please ensure that multiturn requests alternate between user and model.")
    if turns[-1].role != "user":
        raise refusals.invalid("Please ensure that multiturn requests end with a user turn.")


def check_config(ask: Ask) -> None:
    name = ask.model.name
    if ask.modalities not in COMBINATIONS:
        asked = ", ".join(sorted(ask.modalities))
        raise refusals.invalid(
            f"The requested combination of response modalities ({asked}) is not supported by the model. "
            f"models/{name} accepts the following combination of response modalities:\n* TEXT\n* IMAGE\n* TEXT, IMAGE\n"
        )
    if ask.config.get("candidateCount", 1) != 1:
        raise refusals.invalid("Multiple candidates is not enabled for this model")
    if ask.config.get("responseMimeType", "text/plain") != "text/plain" or "responseSchema" in ask.config:
        raise refusals.invalid("JSON mode is not enabled for this model")
    if not 0 <= ask.config.get("temperature", 1) <= 2:
        raise refusals.invalid(
            "* GenerateContentRequest.generation_config.temperature: must be in the range [0.0, 2.0].\n"
        )
    if not 1 <= ask.config.get("maxOutputTokens", 1) <= ask.model.output_tokens:
        raise refusals.invalid(
            f"max_output_tokens must be in the range [1, {ask.model.output_tokens}] for models/{name}."
        )
    if ask.tier not in {"standard", "flex", "priority", "unspecified"}:
        raise refusals.invalid_value("service_tier", "type.googleapis.com/google.protobuf.Enum", ask.tier)
    if ask.tools - {"googleSearch"}:
        raise refusals.invalid(f"Tool use with {min(ask.tools - {'googleSearch'})} is not enabled for this model.")
    if ask.searches - ask.model.searches:
        raise refusals.invalid("Search Grounding is not supported.")


def check_thinking(ask: Ask) -> None:
    thinking = ask.config.get("thinkingConfig")
    if not thinking:
        return
    if not ask.model.levels:
        raise refusals.invalid("Thinking is not enabled for this model. Please retry without thinking_config.")
    if ask.level and "thinkingBudget" in thinking:
        raise refusals.invalid("You can only set only one of thinking budget and thinking level.")
    if thinking.get("thinkingBudget") == 0:
        raise refusals.invalid(BUDGET_OFF)
    if ask.level and ask.level not in ask.model.levels:
        raise refusals.invalid(
            f"Thinking level {ask.level} is not supported for this model. Please retry with other thinking level."
        )


def check_shape(ask: Ask) -> None:
    model = ask.model
    if ask.ratio and ask.ratio not in model.ratios:
        known = ", ".join(sorted(model.ratios))
        raise refusals.invalid(
            f"Aspect ratio {ask.ratio!r} is not supported by models/{model.name}. Supported: {known}."
        )
    if ask.size and (not model.signs or ask.size not in model.sizes):
        known = ", ".join(model.sizes) if model.signs else "none, leave image_size out"
        raise refusals.invalid(f"Image size {ask.size!r} is not supported by models/{model.name}. Supported: {known}.")


def check_parts(ask: Ask) -> None:
    for turn in ask.turns:
        for part in turn.parts:
            check_part(part, ask)
    if len(ask.pictures) > len(issued(ask)) + ask.model.references:
        raise refusals.invalid(
            f"Too many images in request: models/{ask.model.name} takes up to {ask.model.references}."
        )


def issued(ask: Ask) -> list[Part]:
    """The pictures the model itself gave: they are history, not references."""
    return [part for turn in ask.turns if turn.role == "model" for part in turn.parts if part in ask.pictures]


def check_part(part: Part, ask: Ask) -> None:
    place = f"contents[{part.place[0] - 1}].parts[{part.place[1] - 1}]"
    if part.other:
        unsupported = sorted(part.other)[0]
        if unsupported == "fileData":
            raise refusals.invalid(f"Cannot fetch content from the provided URL at {place}.file_data.")
        raise refusals.invalid(f"{unsupported} is not enabled for models/{ask.model.name}.")
    if part.data is None:
        check_text(part, place)
        return
    if part.mime not in ask.model.reads:
        raise refusals.invalid(f"Unsupported MIME type: {part.mime}")
    if ask.backend == VERTEX and len(part.data) > MOST_ON_VERTEX:
        raise refusals.invalid(
            f"Unable to submit request because the inline image at {place} has {len(part.data)} bytes, "
            "but the size of an inline image must be at most 7 MB. Use Cloud Storage for larger ones."
        )
    if part.text:
        raise refusals.payload(f"Invalid value at '{place}' (oneof), oneof field 'data' is already set.", place)
    if not pictures.is_sound(part.data, part.mime):
        raise refusals.invalid(
            "Unable to process input image. Please retry or report in https://ai.google.dev/troubleshooting"
        )


def check_text(part: Part, place: str) -> None:
    if not part.text and not part.signature:
        problem = f"{place}.data: required oneof field 'data' must have one initialized field"
        raise refusals.invalid(f"* GenerateContentRequest.{problem}\n")


def check_length(ask: Ask) -> None:
    tokens = usage.count_prompt(ask).total
    if tokens > ask.model.input_tokens:
        raise refusals.invalid(
            f"The input token count ({tokens}) exceeds the maximum number of tokens allowed ({ask.model.input_tokens})."
        )
