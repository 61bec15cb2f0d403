"""Marks and links of two articles that are not shipped, by offsets only.

The texts lie in `../shared/articles`, first and second by name; sources are numbered.
A hole in a mark is a gap between its spans.
"""

from typing import NamedTuple

from annotator.domain.spans import Span


class Row(NamedTuple):
    """A mark: which article (0 or 1), words, label, who speaks, through whom."""

    article: int
    spans: tuple[Span, ...]
    label: str
    source: int
    via: tuple[int, ...] = ()


MARKS = (
    Row(0, (Span(8, 60),), "denial", 1),
    Row(0, (Span(15, 60),), "claim", 2),
    Row(0, (Span(70, 85),), "claim", 1),
    Row(0, (Span(114, 276),), "denial", 1),
    Row(0, (Span(179, 276),), "claim", 3, (2,)),
    Row(0, (Span(298, 316),), "claim", 1),
    Row(0, (Span(326, 394),), "evidence", 4),
    Row(0, (Span(399, 451),), "evidence", 5),
    Row(0, (Span(490, 634),), "claim", 2),
    Row(0, (Span(744, 770),), "denial", 6),
    Row(0, (Span(773, 866),), "denial", 6),
    Row(0, (Span(959, 1106),), "claim", 6),
    Row(0, (Span(1117, 1173),), "no_comment", 7),
    Row(0, (Span(1212, 1331),), "denial", 8),
    Row(0, (Span(1354, 1435),), "denial", 8),
    Row(0, (Span(1558, 1586), Span(1637, 1680)), "claim", 3, (2,)),
    Row(0, (Span(1807, 1894),), "claim", 3),
    Row(0, (Span(1903, 2004),), "evidence", 3),
    Row(0, (Span(2038, 2148),), "claim", 3),
    Row(0, (Span(2274, 2379),), "evidence", 4),
    Row(0, (Span(2616, 2670),), "claim", 9),
    Row(0, (Span(2616, 2623), Span(2675, 2778)), "claim", 9),
    Row(0, (Span(2846, 2978),), "claim", 10),
    Row(0, (Span(3033, 3149),), "evidence", 1, (10,)),
    Row(0, (Span(3308, 3361),), "claim", 3, (2,)),
    Row(0, (Span(4040, 4111),), "denial", 11),
    Row(0, (Span(4199, 4215), Span(4308, 4371)), "claim", 11),
    Row(0, (Span(4308, 4454),), "claim", 11),
    Row(0, (Span(4579, 4626),), "evidence", 11),
    Row(0, (Span(4767, 4795),), "claim", 11),
    Row(0, (Span(4967, 5009),), "claim", 3),
    Row(0, (Span(5051, 5105),), "denial", 3),
    Row(0, (Span(5123, 5163),), "claim", 3),
    Row(0, (Span(5741, 5765),), "denial", 11),
    Row(0, (Span(5891, 5920),), "claim", 11),
    Row(0, (Span(5806, 5889),), "denial", 11),
    Row(0, (Span(6383, 6405),), "denial", 12),
    Row(0, (Span(6448, 6490),), "claim", 13, (12,)),
    Row(0, (Span(6760, 6838),), "claim", 12),
    Row(0, (Span(6862, 6903),), "evidence", 12),
    Row(1, (Span(0, 145),), "claim", 14),
    Row(1, (Span(307, 344),), "evidence", 14),
    Row(1, (Span(451, 519),), "evidence", 15),
    Row(1, (Span(522, 654),), "claim", 14),
    Row(1, (Span(910, 979),), "claim", 15, (14,)),
    Row(1, (Span(1063, 1107),), "claim", 16, (17,)),
    Row(1, (Span(1320, 1348),), "denial", 18),
    Row(1, (Span(1366, 1406),), "claim", 18),
    Row(1, (Span(1411, 1457),), "denial", 18),
    Row(1, (Span(1564, 1610),), "claim", 18),
    Row(1, (Span(1768, 1841),), "claim", 19),
    Row(1, (Span(1655, 1750),), "evidence", 19),
    Row(1, (Span(1844, 1919),), "claim", 19),
    Row(1, (Span(2067, 2142),), "claim", 14),
    Row(1, (Span(2152, 2269),), "claim", 14),
    Row(1, (Span(2278, 2368),), "evidence", 14),
)

LINKS = (
    (0, "denies", 1),
    (3, "denies", 4),
    (1, "same_claim", 4),
    (6, "supports", 8),
    (7, "supports", 8),
    (9, "denies", 8),
    (10, "denies", 4),
    (12, "responds_to", 11),
    (12, "responds_to", 5),
    (13, "denies", 4),
    (14, "undermines", 6),
    (15, "supports", 4),
    (17, "supports", 16),
    (18, "qualifies", 15),
    (19, "supports", 15),
    (21, "qualifies", 20),
    (23, "supports", 22),
    (24, "supports", 4),
    (25, "denies", 4),
    (26, "undermines", 4),
    (28, "supports", 29),
    (29, "undermines", 6),
    (31, "denies", 29),
    (32, "qualifies", 31),
    (33, "denies", 24),
    (34, "supports", 26),
    (35, "denies", 24),
    (36, "denies", 6),
    (37, "contradicts", 4),
    (38, "undermines", 4),
    (39, "supports", 38),
    (41, "supports", 40),
    (42, "supports", 43),
    (46, "denies", 40),
    (48, "denies", 42),
    (47, "undermines", 40),
    (51, "supports", 52),
    (53, "elaborates", 40),
    (55, "supports", 54),
    (52, "elaborates", 40),
    (37, "elaborates", 40),
    (40, "supports", 37),
    (45, "relates_to", 34),
    (5, "same_claim", 2),
)
"""The number of the mark a link starts at, its kind, the number of the mark it ends at."""
