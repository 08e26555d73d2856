"""The pretend Gemini: Google's REST dialect for image models, strict where it is strict, drawn with Pillow."""
