"""Everything the painter can draw, one function a thing: it draws in a unit box, in the colour it is given."""
