"""The JSON names of a GenerateContentRequest, as data for `grammar`.

A field is a leaf kind ("string", "bool", "int", "number", "bytes", "any"), a set of enum values, another message (a
dict), or a list of one of those (a one-element list). Names are camelCase; their snake_case twins are understood too.
"""

from __future__ import annotations

from typing import Any

Field = Any  # a recursive alias says less to a reader than the docstring above

BLOB: Field = {"mimeType": "string", "data": "bytes", "displayName": "string"}
FUNCTION_CALL: Field = {"id": "string", "name": "string", "args": "any"}
PART: Field = {
    "text": "string",
    "inlineData": BLOB,
    "fileData": {"mimeType": "string", "fileUri": "string", "displayName": "string"},
    "functionCall": FUNCTION_CALL,
    "functionResponse": {"id": "string", "name": "string", "response": "any"},
    "executableCode": "any",
    "codeExecutionResult": "any",
    "thought": "bool",
    "thoughtSignature": "bytes",
    "videoMetadata": "any",
    "mediaResolution": "any",
}
CONTENT: Field = {"role": "string", "parts": [PART]}
LEVELS = frozenset({"THINKING_LEVEL_UNSPECIFIED", "MINIMAL", "LOW", "MEDIUM", "HIGH", "XHIGH"})
THRESHOLDS = frozenset(
    {"HARM_BLOCK_THRESHOLD_UNSPECIFIED", "BLOCK_LOW_AND_ABOVE", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_ONLY_HIGH"}
) | {"BLOCK_NONE", "OFF"}
HARMS = ("HATE_SPEECH", "HARASSMENT", "DANGEROUS_CONTENT", "SEXUALLY_EXPLICIT", "CIVIC_INTEGRITY", "JAILBREAK")
IMAGE_HARMS = ("IMAGE_HATE", "IMAGE_DANGEROUS_CONTENT", "IMAGE_HARASSMENT", "IMAGE_SEXUALLY_EXPLICIT")
SAFETY: Field = {
    "category": frozenset(f"HARM_CATEGORY_{harm}" for harm in HARMS + IMAGE_HARMS),
    "threshold": THRESHOLDS,
    "method": "string",
}
IMAGE_CONFIG: Field = {
    "aspectRatio": "string",
    "imageSize": "string",
    "personGeneration": "string",
    "prominentPeople": "string",
    "imageOutputOptions": {"mimeType": "string", "compressionQuality": "int"},
}
GENERATION_CONFIG: Field = {
    "candidateCount": "int",
    "stopSequences": ["string"],
    "maxOutputTokens": "int",
    "temperature": "number",
    "topP": "number",
    "topK": "number",
    "seed": "int",
    "responseMimeType": "string",
    "responseSchema": "any",
    "responseJsonSchema": "any",
    "presencePenalty": "number",
    "frequencyPenalty": "number",
    "responseLogprobs": "bool",
    "logprobs": "int",
    "enableEnhancedCivicAnswers": "bool",
    "responseModalities": [frozenset({"MODALITY_UNSPECIFIED", "TEXT", "IMAGE", "AUDIO", "VIDEO"})],
    "speechConfig": "any",
    "thinkingConfig": {"includeThoughts": "bool", "thinkingBudget": "int", "thinkingLevel": LEVELS},
    "imageConfig": IMAGE_CONFIG,
    "responseFormat": {"image": {"aspectRatio": "string", "imageSize": "string"}},
    "mediaResolution": "string",
    "audioTimestamp": "bool",
}
GOOGLE_SEARCH: Field = {
    "searchTypes": {"webSearch": {}, "imageSearch": {}},
    "timeRangeFilter": {"startTime": "string", "endTime": "string"},
    "excludeDomains": ["string"],
    "blockingConfidence": "string",
}
TOOL: Field = {
    "functionDeclarations": ["any"],
    "googleSearch": GOOGLE_SEARCH,
    "googleSearchRetrieval": "any",
    "codeExecution": {},
    "urlContext": {},
    "computerUse": "any",
    "googleMaps": "any",
    "fileSearch": "any",
}
REQUEST: Field = {
    "model": "string",
    "contents": [CONTENT],
    "systemInstruction": CONTENT,
    "tools": [TOOL],
    "toolConfig": "any",
    "safetySettings": [SAFETY],
    "generationConfig": GENERATION_CONFIG,
    "cachedContent": "string",
    "labels": "any",
    "serviceTier": "string",
    "store": "bool",
}
