"""The icons of the site as points, 24 by 24 units, as overrides/assets/stylesheets/site.css and the theme's icons have
them."""

from math import cos, radians, sin

Points = tuple[tuple[float, float], ...]
Shape = tuple[float, Points]  # how wide the line through the points is; 0: they are the corners of something filled
STROKE = 2.4


def arc(x: float, y: float, radius: float, start: float = 0, end: float = 360) -> Points:
    """Points of an arc around x, y from one angle to another, in degrees clockwise from three o'clock."""
    angles = [radians(start + (end - start) * step / 120) for step in range(121)]
    return tuple((x + radius * cos(angle), y + radius * sin(angle)) for angle in angles)


RING: Shape = (STROKE, arc(12, 12, 9.6))
DOT: Points = ((12, 18), (12, 18.01))
VERDICTS: dict[str, tuple[Shape, ...]] = {
    "false": (RING, (STROKE, ((8.4, 8.4), (15.6, 15.6))), (STROKE, ((15.6, 8.4), (8.4, 15.6)))),
    "misleading": ((STROKE, ((12, 3), (22, 21), (2, 21), (12, 3))), (STROKE, ((12, 10), (12, 15))), (STROKE, DOT)),
    "partly-true": (RING, (0, arc(12, 12, 9.6, 90, 270))),
    "mostly-true": (RING, (0, ((12, 12), *arc(12, 12, 9.6, -90, 180)))),
    "true": (RING, (STROKE, ((7.4, 12.4), (10.6, 15.6), (16.6, 9)))),
    "unproven": (RING, (STROKE, (*arc(12, 9.5, 2.8, 180, 420), (12.35, 12.7), (12, 13.9))), (STROKE, ((12, 16.9), (12, 16.91)))),
    "outdated": (RING, (STROKE, ((12, 6.4), (12, 12), (15.8, 14.2)))),
}
VERDICTS["withdrawn"] = VERDICTS["outdated"]
PEDESTAL: tuple[Shape, ...] = (
    (0, ((2, 4), (14, 4), (14, 6.6), (2, 6.6))), (0, ((3.6, 8), (12.4, 8), (12.4, 17), (3.6, 17))), (0, ((1, 18.4), (15, 18.4), (15, 21), (1, 21))), (0, arc(19.8, 17.8, 3.2)),
)  # fmt: skip
