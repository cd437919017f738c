"""The globe on paper: Equal Earth for the whole, Lambert's azimuthal equal-area for a part. Degrees in, radii of the earth out, y downwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

Point = tuple[float, float]
Vector = tuple[float, float, float]
Projection = Callable[[float, float], Point]

EARTH_KM = 6371.0
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(longitude: float, latitude: float) -> Point:
    """Šavrič, Patterson and Jenny, "The Equal Earth map projection", IJGIS 33 (2019), equations 7 to 9; longitudes beyond 180 go on eastwards."""
    angle = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = angle * angle
    sixth = square**3
    x = 2 * sqrt(3) / 3 * radians(longitude) * cos(angle) / (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square))
    return x, -angle * (A1 + A2 * square + sixth * (A3 + A4 * square))


def azimuthal(longitude: float, latitude: float) -> Projection:
    """Equal-area around a centre (Snyder, USGS Professional Paper 1395, 1987, p. 185): a pole or the date line is nothing special to it."""
    place = around(longitude, latitude)
    return lambda east, north: place(vector(east, north))


def around(longitude: float, latitude: float) -> Callable[[Vector], Point]:
    """The same of points that are given as vectors: three products each, for the thousands of a map."""
    up_x, up_y, up_z = vector(longitude, latitude)
    east_x, east_y = -sin(radians(longitude)), cos(radians(longitude))
    north_x, north_y, north_z = vector(longitude, latitude + 90)

    def place(point: Vector) -> Point:
        x, y, z = point
        scale = sqrt(2 / max(1 + up_x * x + up_y * y + up_z * z, 1e-9))  # the point across the globe lies at infinity
        return scale * (east_x * x + east_y * y), -scale * (north_x * x + north_y * y + north_z * z)

    return place


def vector(longitude: float, latitude: float) -> Vector:
    """A point of the globe as x, y, z from its middle."""
    east, north = radians(longitude), radians(latitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def middle(points: Iterable[Vector]) -> Point:
    """Longitude and latitude of the middle of points, wherever the date line runs."""
    x, y, z = (sum(axis) for axis in zip(*points, strict=True))
    return degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))


def dot(a: Vector, b: Vector) -> float:
    """The cosine of the angle between two points of the globe."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
