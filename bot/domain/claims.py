"""Words that make a bare `4:5`, `4k` or `x4` after them a part of the sentence."""

ALWAYS = """
of a an the to into for from by with and or than as is are was be equals say says saying said read reads reading
show shows showing display displays displaying called named titled labelled labeled marked number text word words
letters lettering title caption logo about over under between until till before after around only just my your our
his her their
"""
OF_RATIOS = """
at score scored scores won win wins lost loses lead leads beat beats clock watch time scale model odds chapter verse
psalm genesis exodus mix mixed
"""
OF_SIZES = "run ran race reach reached reaches raised hit won cost costs"
OF_COUNTS = """
it this that them me in at zoom zoomed magnified magnification optical upscale upscaled enlarge enlarged speed bmw
model jeep
"""

CLAIMS = {
    "ratio": frozenset((ALWAYS + OF_RATIOS).split()),
    "size": frozenset((ALWAYS + OF_SIZES).split()),
    "count": frozenset((ALWAYS + OF_COUNTS).split()),
}

# What an instruction does something to: "make it 4k", "crop to 1:1".
THINGS = "it this that these those them me be to into as make use try do picture image photo"
OBJECTS = frozenset(THINGS.split())
