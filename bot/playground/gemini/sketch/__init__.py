"""The sketch painter: words and pictures in, an honest little drawing out. Plain Pillow, no model, no network."""
