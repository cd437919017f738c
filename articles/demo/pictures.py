"""The demo's pictures: drawn here, in the look's colours, so that they may be shipped."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1600, 1067)
INK, PAPER, LAMP, NIGHT, SOFT = (22, 25, 28), (236, 233, 225), (255, 177, 61), (16, 20, 23), (120, 128, 132)

ALT = {
    "hills": {"en": "Drawing of hills in layers at dusk, one lit window.", "es": "Dibujo de colinas en capas al anochecer, con una ventana encendida.", "ar": "رسم لتلال متتابعة عند الغروب ونافذة واحدة مضيئة.",
              "fr": "Dessin de collines en couches au crépuscule, une fenêtre éclairée.", "fa": "طرحی از تپه‌های پی‌درپی در غروب، با یک پنجرهٔ روشن.", "ko": "해 질 녘 겹겹의 언덕과 불 켜진 창 하나를 그린 그림.",
              "zh-hans": "图画：黄昏时层叠的山丘，一扇亮着的窗。", "my": "နေဝင်ချိန် တောင်ကုန်းများနှင့် မီးထွန်းထားသော ပြတင်းပေါက်တစ်ခု၏ ပုံဆွဲ။"},
    "bell": {"en": "Drawing of rings spreading over rows of dark houses.", "es": "Dibujo de ondas que se extienden sobre hileras de casas oscuras.", "ar": "رسم لدوائر تنتشر فوق صفوف من البيوت المعتمة."},
    "door": {"en": "Drawing of a dark wall with one door ajar and light behind it.", "es": "Dibujo de un muro oscuro con una puerta entreabierta y luz detrás.", "ar": "رسم لجدار معتم فيه باب موارب وخلفه ضوء."},
    "shore": {"en": "Drawing of small boats in a line on a wide bay at night.", "es": "Dibujo de barcas en fila en una bahía ancha, de noche.", "ar": "رسم لقوارب صغيرة مصطفة في خليج واسع ليلًا."},
    "paper": {"en": "Drawing of a stack of ruled pages, the last column empty.", "es": "Dibujo de un montón de páginas rayadas, con la última columna vacía.", "ar": "رسم لكومة من الصفحات المسطرة وعمودها الأخير فارغ."},
    "lamp": {"en": "Drawing of a lamp on a sill over a field of furrows.", "es": "Dibujo de una lámpara en un alféizar sobre un campo de surcos.", "ar": "رسم لمصباح على حافة نافذة فوق حقل محروث."},
}  # fmt: skip


def picture(name: str) -> io.BytesIO:
    """The picture as a JPEG file; the same bytes each time."""
    image = Image.new("RGB", SIZE, NIGHT)
    DRAW[name](image, random.Random(name))  # noqa: S311 - a drawing, no secret
    buffer = io.BytesIO()
    _grain(image, name).save(buffer, "JPEG", quality=88)
    buffer.seek(0)
    return buffer


def _hills(image: Image.Image, rnd: random.Random) -> None:
    draw = ImageDraw.Draw(image)
    _sky(image, (44, 52, 60), (196, 150, 92))
    for layer in range(7):
        shade = 96 - layer * 12
        base = 430 + layer * 95
        phase, swing = rnd.random() * 6, 70 - layer * 5
        points = [
            (x, base + swing * math.sin(x / (210 + 40 * layer) + phase) + 18 * math.sin(x / 71 + phase * 2)) for x in range(0, 1601, 8)
        ]
        draw.polygon([(0, 1067), *points, (1600, 1067)], fill=(shade, shade + 5, shade + 8))
    _window(image, 1090, 700, 15, 21)


def _bell(image: Image.Image, rnd: random.Random) -> None:
    draw = ImageDraw.Draw(image)
    _sky(image, (20, 25, 30), (58, 66, 74))
    for ring in range(16):
        radius = 60 + ring * 74
        tone = max(30, 190 - ring * 11)
        draw.arc((800 - radius, 330 - radius, 800 + radius, 330 + radius), 0, 360, fill=(tone, int(tone * 0.74), int(tone * 0.36)), width=3)
    for row in range(4):
        x = -40 - row * 30
        while x < 1640:
            width, height = rnd.randint(90, 150), rnd.randint(70, 120)
            y = 700 + row * 100
            shade = 34 - row * 6
            draw.polygon([(x, y), (x + width / 2, y - height * 0.6), (x + width, y)], fill=(shade + 8, shade + 11, shade + 14))
            draw.rectangle((x, y, x + width, y + 140), fill=(shade, shade + 3, shade + 6))
            x += width + rnd.randint(8, 26)
    _window(image, 812, 742, 12, 16)


def _door(image: Image.Image, rnd: random.Random) -> None:
    draw = ImageDraw.Draw(image)
    for row in range(0, 1067, 46):
        offset = 40 if row // 46 % 2 else 0
        for x in range(-offset, 1600, 96):
            shade = 36 + rnd.randint(-4, 6)
            draw.rectangle((x, row, x + 92, row + 42), fill=(shade, shade + 4, shade + 7))
    glow = Image.new("RGB", SIZE, (0, 0, 0))
    inner = ImageDraw.Draw(glow)
    inner.polygon([(842, 250), (930, 250), (930, 880), (1190, 1067), (760, 1067), (842, 880)], fill=LAMP)
    image.paste(Image.blend(image, Image.new("RGB", SIZE, LAMP), 0.85), mask=glow.convert("L").filter(ImageFilter.GaussianBlur(26)))
    draw = ImageDraw.Draw(image)
    draw.polygon([(640, 236), (842, 250), (842, 884), (640, 912)], fill=(24, 28, 31))
    draw.line([(842, 250), (842, 884)], fill=(255, 214, 150), width=5)


def _shore(image: Image.Image, rnd: random.Random) -> None:
    draw = ImageDraw.Draw(image)
    _sky(image, (24, 30, 38), (92, 104, 112))
    for y in range(480, 1067, 7):
        tone = 40 + (y - 480) // 16 + rnd.randint(-5, 5)
        draw.line([(0, y), (1600, y + rnd.randint(-2, 2))], fill=(tone, tone + 7, tone + 12), width=5)
    draw.ellipse((1180, 150, 1262, 232), fill=(228, 224, 212))
    for boat in range(9):
        x, y = 170 + boat * 145, 640 + int(60 * math.sin(boat * 0.8)) + boat * 9
        size = 52 + boat * 3
        draw.polygon([(x, y), (x + size * 2, y), (x + size * 1.6, y + size * 0.5), (x + size * 0.4, y + size * 0.5)], fill=(14, 17, 20))
        draw.line([(x + size, y), (x + size, y - size * 1.1)], fill=(14, 17, 20), width=4)
    _window(image, 1352, 716, 8, 8)


def _paper(image: Image.Image, rnd: random.Random) -> None:
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, *SIZE), fill=(58, 64, 68))
    for sheet in range(6):
        x, y = 330 + sheet * 12 + rnd.randint(-9, 9), 110 - sheet * 7
        draw.polygon(
            [(x, y), (x + 900, y + rnd.randint(-14, 14)), (x + 908, y + 860), (x - 6, y + 872)],
            fill=tuple(value - (5 - sheet) * 7 for value in PAPER),
        )
    for line in range(18):
        y = 190 + line * 42
        draw.line([(430, y), (1260, y)], fill=(176, 178, 172), width=2)
        for left, right in ((440, 700), (720, 830), (850, 1060)):
            end = left + int((right - left) * rnd.uniform(0.45, 0.95))
            draw.line([(left, y - 13), (end, y - 13 + rnd.randint(-2, 2))], fill=INK, width=5)
    for x in (710, 840, 1075):
        draw.line([(x, 140), (x, 930)], fill=(181, 36, 12), width=3)


def _lamp(image: Image.Image, rnd: random.Random) -> None:
    draw = ImageDraw.Draw(image)
    _sky(image, (26, 31, 36), (120, 98, 70))
    for furrow in range(-22, 23):
        draw.line([(800 + furrow * 14, 520), (800 + furrow * 130, 900)], fill=(54 + abs(furrow), 48 + abs(furrow) // 2, 40), width=5)
    draw.rectangle((0, 880, 1600, 1067), fill=(18, 21, 24))
    glow = Image.new("L", SIZE, 0)
    ImageDraw.Draw(glow).ellipse((520, 380, 1080, 940), fill=190)
    image.paste(Image.blend(image, Image.new("RGB", SIZE, LAMP), 0.7), mask=glow.filter(ImageFilter.GaussianBlur(120)))
    draw = ImageDraw.Draw(image)
    draw.polygon([(740, 880), (860, 880), (836, 760), (764, 760)], fill=(12, 14, 16))
    draw.ellipse((752, 620, 848, 770), fill=(255, 226, 170))
    draw.rectangle((776, 590, 824, 626), fill=(12, 14, 16))


def _sky(image: Image.Image, top: tuple[int, int, int], low: tuple[int, int, int]) -> None:
    draw = ImageDraw.Draw(image)
    for y in range(image.height):
        share = y / image.height
        draw.line([(0, y), (image.width, y)], fill=tuple(round(a + (b - a) * share) for a, b in zip(top, low, strict=True)))


def _window(image: Image.Image, x: int, y: int, width: int, height: int) -> None:
    glow = Image.new("L", SIZE, 0)
    ImageDraw.Draw(glow).ellipse((x - 90, y - 90, x + 90, y + 90), fill=120)
    image.paste(Image.blend(image, Image.new("RGB", SIZE, LAMP), 0.6), mask=glow.filter(ImageFilter.GaussianBlur(40)))
    ImageDraw.Draw(image).rectangle((x - width, y - height, x + width, y + height), fill=LAMP)


def _grain(image: Image.Image, name: str) -> Image.Image:
    rnd = random.Random(f"grain {name}")  # noqa: S311 - a drawing, no secret
    noise = Image.frombytes("L", (400, 267), bytes(rnd.randint(112, 144) for _ in range(400 * 267))).resize(SIZE, Image.Resampling.BILINEAR)
    return Image.blend(image, Image.merge("RGB", (noise, noise, noise)), 0.06)


DRAW: dict[str, Callable[[Image.Image, random.Random], None]] = {
    "hills": _hills, "bell": _bell, "door": _door, "shore": _shore, "paper": _paper, "lamp": _lamp,
}  # fmt: skip
