"""Draws pictures as press offices send them: some consist of text, others only look like it.

Each picture follows from its kind and a number, so that a failure can be drawn again.
"""

from __future__ import annotations

import math
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

import segno
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from mailer.look.image_files import MAX_IMAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = [
    "le",
    "la",
    "les",
    "un",
    "une",
    "des",
    "de",
    "du",
    "à",
    "en",
    "pour",
    "avec",
    "sur",
    "dans",
    "par",
    "Institut",
    "recherche",
    "association",
    "presse",
    "communiqué",
    "invitation",
    "programme",
    "conférence",
    "débat",
    "rencontre",
    "publique",
    "samedi",
    "décembre",
    "janvier",
    "science",
    "citoyens",
    "données",
    "étude",
    "résultats",
    "chercheuses",
    "laboratoire",
    "université",
    "partenaires",
    "inscription",
    "entrée",
    "libre",
    "accréditation",
    "contact",
    "adresse",
    "rue",
    "Paris",
    "heures",
    "ouverture",
    "présentation",
    "the",
    "and",
    "of",
    "for",
    "with",
    "press",
    "release",
    "event",
    "research",
    "opening",
    "speaker",
    "programme",
    "Saturday",
    "doors",
]
_FACES = [
    "DejaVuSans",
    "DejaVuSerif",
    "DejaVuSans-Bold",
    "LiberationSerif-Regular",
    "LiberationSans-Bold",
]

Colour = tuple[int, int, int]


class Sheet:
    """A picture that is being drawn, with its own chance."""

    def __init__(self, chance: Random, width: int, height: int, ground: Colour = (255, 255, 255)):
        self.chance, self.width, self.height = chance, width, height
        self.image = Image.new("RGB", (width, height), ground)
        self.face = chance.choice(_FACES)

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def font(self, size: float, face: str = "") -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
        try:
            return ImageFont.truetype(f"{face or self.face}.ttf", int(size))
        except OSError:
            return ImageFont.load_default(size)

    def words(self, count: int) -> str:
        text = " ".join(self.chance.choice(WORDS) for _n in range(count))
        return text[:1].upper() + text[1:]

    def block(
        self,
        x: float,
        y: float,
        width: float,
        size: float,
        count: int,
        ink: Colour,
        *,
        centred: bool = False,
        pitch: float = 1.35,
    ) -> float:
        """Write so many words in lines of a width, and return where the next block may stand."""
        font, line, pen = self.font(size), "", self.pen
        for word in [*self.words(count).split(), ""]:
            longer = f"{line} {word}".strip()
            if word and pen.textlength(longer, font) <= width:
                line = longer
                continue
            left = x + (width - pen.textlength(line, font)) / 2 if centred else x
            if y + size < self.height:
                pen.text((left, y), line, ink, font)
            line, y = word, y + size * pitch
        return y

    def shade(self) -> Colour:
        return self._colour(0, 255)

    def dark(self) -> Colour:
        return self._colour(0, 90)

    def light(self) -> Colour:
        return self._colour(190, 255)

    def _colour(self, least: int, most: int) -> Colour:
        red, green, blue = (self.chance.randint(least, most) for _n in range(3))
        return red, green, blue

    def noise(self, blur: float, strength: float = 40) -> None:
        grain = Image.effect_noise((self.width, self.height), strength).convert("RGB")
        if blur:
            grain = grain.filter(ImageFilter.GaussianBlur(blur))
        self.image = Image.blend(self.image, grain, 0.5)

    def clouds(self) -> None:
        """A ground as of a photograph that is out of focus."""
        for _n in range(self.chance.randint(6, 30)):
            x, y, r = (
                self.chance.randint(0, self.width),
                self.chance.randint(0, self.height),
                self.chance.randint(20, self.width // 2),
            )
            self.pen.ellipse((x - r, y - r, x + r, y + r), self.shade())
        self.image = self.image.filter(ImageFilter.GaussianBlur(self.chance.randint(3, 30)))


def _sheet(chance: Random, ground: Colour = (255, 255, 255), *, tall: bool = False) -> Sheet:
    width = chance.choice([480, 600, 800, 1080, 1600])
    ratio = chance.uniform(1.2, 1.5) if tall else chance.uniform(0.55, 1.1)
    return Sheet(chance, width, int(width * ratio), ground)


# Pictures of text.


def poster(chance: Random) -> Sheet:
    sheet = _sheet(chance, tall=chance.random() < 0.7)
    is_dark = chance.random() < 0.5
    sheet.image.paste(sheet.dark() if is_dark else sheet.light(), (0, 0, sheet.width, sheet.height))
    ink = sheet.light() if is_dark else sheet.dark()
    margin, centred = sheet.width * 0.08, chance.random() < 0.5
    room = sheet.width - 2 * margin
    y = sheet.block(
        margin,
        margin,
        room,
        sheet.width / chance.uniform(8, 14),
        chance.randint(3, 7),
        ink,
        centred=centred,
    )
    y = sheet.block(
        margin, y + margin / 2, room, sheet.width / 22, chance.randint(8, 16), ink, centred=centred
    )
    if chance.random() < 0.5:
        sheet.pen.ellipse((margin, y + 10, margin + room / 4, y + 10 + room / 4), sheet.shade())
        y += room / 4 + 20
    sheet.block(
        margin, y + margin / 2, room, sheet.width / 32, chance.randint(15, 50), ink, centred=centred
    )
    return sheet


def poster_on_a_photograph(chance: Random) -> Sheet:
    sheet = _sheet(chance, tall=True)
    sheet.clouds()
    veil = Image.new("RGB", sheet.image.size, (0, 0, 0))
    sheet.image = Image.blend(sheet.image, veil, 0.6)
    margin, room = sheet.width * 0.08, sheet.width * 0.84
    y = sheet.block(margin, margin, room, sheet.width / 10, chance.randint(4, 8), (255, 255, 255))
    sheet.block(margin, y + margin, room, sheet.width / 26, chance.randint(35, 70), (250, 250, 240))
    return sheet


def release(chance: Random) -> Sheet:
    sheet = _sheet(
        chance,
        chance.choice([(255, 255, 255), (248, 248, 248), (30, 30, 34)]),
        tall=chance.random() < 0.5,
    )
    ink = (20, 20, 20) if sheet.image.getpixel((0, 0)) > (100, 100, 100) else (230, 230, 230)
    margin = sheet.width * 0.06
    room, size = sheet.width - 2 * margin, sheet.width / chance.uniform(38, 60)
    sheet.pen.rectangle((margin, margin / 2, margin + room / 5, margin * 1.4), sheet.shade())
    y = sheet.block(margin, margin * 2, room, size * 1.8, chance.randint(6, 12), ink)
    while y < sheet.height - size:
        y = sheet.block(
            margin,
            y + size,
            room,
            size,
            chance.randint(30, 70),
            ink,
            pitch=chance.uniform(1.2, 1.6),
        )
    return sheet


def letter(chance: Random) -> Sheet:
    width = chance.choice([620, 827, 1240, 1654])
    sheet = Sheet(chance, width, int(width * 1.414), (246, 244, 238))
    margin, size, ink = width * 0.11, width / chance.uniform(52, 64), (50, 50, 55)
    y = sheet.block(margin, margin, width * 0.3, size, 12, ink)
    y = sheet.block(margin, y + 3 * size, width * 0.6, size, 6, ink)
    for _n in range(chance.randint(3, 6)):
        y = sheet.block(margin, y + size, width - 2 * margin, size, chance.randint(30, 80), ink)
    points = [
        (margin * 5 + n * size, y + 2 * size + chance.uniform(-2, 2) * size) for n in range(9)
    ]
    sheet.pen.line(points, (40, 40, 120), 3)
    sheet.image = sheet.image.rotate(
        chance.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor=(235, 235, 230)
    )
    if chance.random() < 0.6:
        sheet.image = sheet.image.filter(ImageFilter.GaussianBlur(width / 1800))
    sheet.noise(0, chance.uniform(10, 30))
    return sheet


def invitation(chance: Random) -> Sheet:
    sheet = _sheet(chance, (250, 247, 240))
    ink, margin = sheet.dark(), sheet.width * 0.05
    for inset in (margin / 2, margin / 1.6):
        sheet.pen.rectangle(
            (inset, inset, sheet.width - inset, sheet.height - inset), outline=ink, width=2
        )
    y, room = margin * 1.5, sheet.width - 4 * margin
    for size, count in ((30, 8), (14, 4), (24, 16), (28, 10), (34, 14)):
        y = sheet.block(2 * margin, y, room, sheet.width / size, count, ink, centred=True)
    return sheet


def programme(chance: Random) -> Sheet:
    sheet = _sheet(chance, tall=True)
    size, margin, y = sheet.width / chance.uniform(30, 44), sheet.width * 0.05, sheet.width * 0.05
    y = sheet.block(margin, y, sheet.width * 0.9, size * 1.8, 5, (0, 0, 0))
    while y < sheet.height - 3 * size:
        sheet.pen.line((margin, y, sheet.width - margin, y), (150, 150, 150), 1)
        sheet.pen.text(
            (margin * 1.3, y + size / 2),
            f"{chance.randint(8, 19)} h {chance.randint(10, 59)}",
            (120, 20, 20),
            sheet.font(size),
        )
        y = (
            sheet.block(
                margin * 5,
                y + size / 2,
                sheet.width * 0.65,
                size,
                chance.randint(6, 18),
                (20, 20, 20),
            )
            + size / 2
        )
    return sheet


def quotation(chance: Random) -> Sheet:
    sheet = _sheet(chance, tall=False)
    sheet.image.paste(sheet.dark(), (0, 0, sheet.width, sheet.height))
    margin = sheet.width * 0.1
    y = sheet.block(
        margin,
        margin,
        sheet.width - 2 * margin,
        sheet.width / chance.uniform(16, 24),
        chance.randint(20, 40),
        (255, 255, 255),
    )
    sheet.block(margin, y + margin / 4, sheet.width * 0.8, sheet.width / 34, 6, (220, 220, 160))
    return sheet


def chat(chance: Random) -> Sheet:
    sheet = Sheet(chance, chance.choice([540, 750, 1080]), 1200, (24, 26, 32))
    size, y = sheet.width / 26, sheet.width * 0.08
    while y < sheet.height - 6 * size:
        left = sheet.width * chance.choice([0.05, 0.25])
        count = chance.randint(8, 30)
        rows = math.ceil(count * 6.5 * 0.55 * size / (sheet.width * 0.62)) + 1
        sheet.pen.rounded_rectangle(
            (left, y, left + sheet.width * 0.68, y + rows * size * 1.35 + size), 18, (52, 60, 80)
        )
        y = (
            sheet.block(left + size, y + size / 2, sheet.width * 0.62, size, count, (240, 240, 240))
            + size * 1.5
        )
    return sheet


# Pictures that are none.


def texture(chance: Random) -> Sheet:
    sheet = _sheet(chance, chance.choice([(120, 140, 90), (90, 110, 140), (170, 150, 130)]))
    sheet.noise(chance.choice([0, 0.7, 1.5, 3, 6, 12]), chance.uniform(30, 120))
    return sheet


def shapes(chance: Random) -> Sheet:
    sheet = _sheet(chance)
    for _n in range(chance.randint(5, 60)):
        x, y = chance.randint(0, sheet.width), chance.randint(0, sheet.height)
        w, h = chance.randint(8, sheet.width // 4), chance.randint(8, sheet.width // 4)
        draw = chance.choice([sheet.pen.ellipse, sheet.pen.rectangle])
        draw((x, y, x + w, y + h), sheet.shade())
    return sheet


def portrait(chance: Random) -> Sheet:
    sheet = _sheet(chance, tall=chance.random() < 0.5)
    sheet.clouds()
    w, h = sheet.width, sheet.height
    skin, x = (chance.randint(120, 240), chance.randint(90, 190), chance.randint(70, 160)), w / 2
    sheet.pen.ellipse((x - w / 2.6, h * 0.62, x + w / 2.6, h * 1.4), sheet.dark())
    sheet.pen.ellipse((x - w / 6, h * 0.2, x + w / 6, h * 0.68), skin)
    sheet.pen.pieslice((x - w / 5.5, h * 0.15, x + w / 5.5, h * 0.6), 180, 360, sheet.dark())
    for side in (-1, 1):
        sheet.pen.ellipse(
            (x + side * w / 14 - 8, h * 0.4, x + side * w / 14 + 8, h * 0.43), (30, 30, 30)
        )
    sheet.image = sheet.image.filter(ImageFilter.GaussianBlur(w / 400))
    sheet.noise(0.6, 18)
    return sheet


def crowd(chance: Random) -> Sheet:
    sheet = _sheet(chance, (150, 160, 170))
    step = sheet.width // chance.randint(12, 40)
    for y in range(step, sheet.height + step, max(4, int(step * chance.uniform(0.7, 1.2)))):
        for x in range(0, sheet.width + step, step):
            cx, cy = x + chance.uniform(-0.4, 0.4) * step, y + chance.uniform(-0.3, 0.3) * step
            r = step * chance.uniform(0.25, 0.4)
            sheet.pen.ellipse((cx - 1.6 * r, cy + r * 0.8, cx + 1.6 * r, cy + 4 * r), sheet.shade())
            sheet.pen.ellipse(
                (cx - r, cy - r, cx + r, cy + r),
                (chance.randint(110, 230), chance.randint(90, 180), chance.randint(70, 150)),
            )
            sheet.pen.pieslice((cx - r, cy - r, cx + r, cy + r), 180, 360, sheet.dark())
    sheet.noise(0.5, 15)
    return sheet


def foliage(chance: Random) -> Sheet:
    sheet = _sheet(chance, (40, 60, 30))
    size = sheet.width / chance.uniform(25, 120)
    for _n in range(chance.randint(1500, 4000)):
        x, y, turn = (
            chance.uniform(0, sheet.width),
            chance.uniform(0, sheet.height),
            chance.uniform(0, 6.3),
        )
        dx, dy = size * math.cos(turn), size * math.sin(turn)
        green = (chance.randint(20, 120), chance.randint(70, 210), chance.randint(10, 80))
        sheet.pen.polygon(
            [
                (x - dx, y - dy),
                (x + dy / 3, y - dx / 3),
                (x + dx, y + dy),
                (x - dy / 3, y + dx / 3),
            ],
            green,
        )
    return sheet


def bricks(chance: Random) -> Sheet:
    sheet = _sheet(chance, (205, 200, 190))
    h = sheet.width / chance.uniform(20, 70)
    w, row, y = h * chance.uniform(2, 4), 0, 0.0
    while y < sheet.height:
        x = -w / 2 * (row % 2)
        while x < sheet.width:
            red = chance.randint(130, 200)
            sheet.pen.rectangle((x, y, x + w * 0.94, y + h * 0.86), (red, red // 2, red // 3))
            x += w
        y, row = y + h, row + 1
    sheet.noise(0.5, 20)
    return sheet


def facade(chance: Random) -> Sheet:
    """A building: rows of windows, some lit."""
    sheet = _sheet(
        chance, chance.choice([(60, 64, 72), (190, 184, 170), (215, 210, 205)]), tall=True
    )
    w = sheet.width / chance.uniform(12, 60)
    h, y = w * chance.uniform(0.8, 1.8), w
    gap = chance.uniform(1.25, 1.9)
    while y < sheet.height - h:
        x = w
        while x < sheet.width - w:
            sheet.pen.rectangle(
                (x, y, x + w * 0.8, y + h * 0.7),
                chance.choice([(30, 34, 44), (250, 230, 150), (90, 100, 120)]),
            )
            x += w * gap
        y += h * gap
    sheet.noise(0.6, 14)
    return sheet


def shelves(chance: Random) -> Sheet:
    """Books without a word on their backs."""
    sheet = _sheet(chance, (60, 40, 25))
    h, y = sheet.height / chance.randint(2, 6), 0.0
    while y < sheet.height:
        x = 0.0
        while x < sheet.width:
            w = chance.uniform(0.08, 0.25) * h
            sheet.pen.rectangle(
                (x, y + h * chance.uniform(0.05, 0.25), x + w - 1, y + h * 0.94), sheet.shade()
            )
            x += w
        y += h
    sheet.noise(0.6, 15)
    return sheet


def landscape(chance: Random) -> Sheet:
    sheet = _sheet(chance, (150, 190, 230))
    for layer in range(5):
        base = sheet.height * (0.35 + 0.13 * layer)
        points, y = [(0, sheet.height)], base
        for x in range(0, sheet.width + 20, 20):
            y += chance.uniform(-1, 1) * 14
            points.append((x, y))
        tone = 150 - 26 * layer
        sheet.pen.polygon([*points, (sheet.width, sheet.height)], (tone // 2, tone, tone // 2))
    sheet.noise(0.8, 25)
    if chance.random() < 0.6:
        sheet.pen.text(
            (sheet.width * 0.6, sheet.height * 0.95),
            "© Institut, photo libre",
            (255, 255, 255),
            sheet.font(sheet.width / 45),
        )
    return sheet


def plot(chance: Random) -> Sheet:
    sheet = _sheet(chance)
    w, h, size = sheet.width, sheet.height, sheet.width / 40
    sheet.pen.line((w * 0.1, h * 0.1, w * 0.1, h * 0.88, w * 0.95, h * 0.88), (0, 0, 0), 2)
    sheet.pen.text((w * 0.2, h * 0.02), sheet.words(4), (0, 0, 0), sheet.font(size * 1.3))
    for n in range(6):
        sheet.pen.text((w * 0.04, h * (0.84 - 0.14 * n)), str(n * 20), (0, 0, 0), sheet.font(size))
        sheet.pen.text((w * (0.14 + 0.14 * n), h * 0.9), str(2015 + n), (0, 0, 0), sheet.font(size))
        sheet.pen.line(
            (w * 0.1, h * (0.86 - 0.14 * n), w * 0.95, h * (0.86 - 0.14 * n)), (220, 220, 220), 1
        )
    if chance.random() < 0.5:
        for n in range(chance.choice([6, 12, 24])):
            x = w * (0.12 + 0.82 * n / 24)
            sheet.pen.rectangle(
                (x, h * chance.uniform(0.2, 0.8), x + w * 0.022, h * 0.87), (60, 110, 180)
            )
    else:
        for _n in range(chance.randint(1, 4)):
            y, points = h * chance.uniform(0.3, 0.7), []
            for x in range(int(w * 0.1), int(w * 0.94), 8):
                y = min(max(y + chance.uniform(-9, 9), h * 0.12), h * 0.86)
                points.append((x, y))
            sheet.pen.line(points, sheet.shade(), 3)
    return sheet


def plan_of_a_town(chance: Random) -> Sheet:
    sheet = _sheet(chance, (238, 234, 224))
    w, h = sheet.width, sheet.height
    for _n in range(chance.randint(10, 40)):
        x, y, r = chance.uniform(0, w), chance.uniform(0, h), chance.uniform(0.02, 0.12) * w
        sheet.pen.polygon(
            [
                (x + r * math.cos(a), y + r * chance.uniform(0.6, 1) * math.sin(a))
                for a in (0.3, 1.2, 2.6, 3.9, 5.2)
            ],
            chance.choice([(200, 225, 185), (180, 210, 235), (222, 214, 202)]),
        )
    for _n in range(chance.randint(12, 40)):
        points = [
            (chance.uniform(0, w), chance.uniform(0, h)) for _m in range(chance.randint(2, 4))
        ]
        sheet.pen.line(
            points,
            chance.choice([(255, 255, 255), (250, 215, 120), (160, 160, 160)]),
            chance.randint(2, 9),
        )
    for _n in range(chance.randint(3, 9)):
        sheet.pen.text(
            (chance.uniform(0, w * 0.8), chance.uniform(0, h * 0.95)),
            sheet.words(chance.randint(1, 2)),
            (60, 60, 60),
            sheet.font(w / 48),
        )
    return sheet


def logo(chance: Random) -> Sheet:
    width = chance.choice([240, 400, 600, 900])
    sheet = Sheet(
        chance,
        width,
        int(width * chance.uniform(0.25, 0.9)),
        chance.choice([(255, 255, 255), (20, 30, 70)]),
    )
    ink = sheet.shade()
    r = sheet.height * 0.3
    sheet.pen.ellipse((r * 0.3, sheet.height / 2 - r, r * 2.3, sheet.height / 2 + r), ink)
    text = " ".join(
        chance.sample(
            ["Institut", "Recherche", "SCIENCE", "Forum", "CNRX", "Data"], chance.randint(1, 2)
        )
    )
    sheet.pen.text(
        (r * 2.8, sheet.height * 0.35),
        text,
        ink,
        sheet.font(min(sheet.height * 0.3, (width - r * 3) / len(text) * 1.6)),
    )
    return sheet


def square_code(chance: Random) -> Sheet:
    out = BytesIO()
    address = f"https://institut.example/{chance.randint(1, 10**9)}/{sheet_words(chance)}"
    segno.make(address, micro=False).save(out, kind="png", scale=chance.choice([3, 6, 9, 12]))
    image = Image.open(out).convert("RGB")
    sheet = Sheet(chance, *image.size)
    sheet.image = image
    return sheet


def sheet_words(chance: Random) -> str:
    return "-".join(chance.choice(WORDS) for _n in range(chance.randint(1, 9)))


def stripes(chance: Random) -> Sheet:
    """A fence, blinds, a ploughed field."""
    sheet = _sheet(chance, (200, 190, 170))
    step = sheet.width / chance.uniform(15, 150)
    ink, x = sheet.dark(), 0.0
    while x < max(sheet.width, sheet.height):
        thick = step * chance.uniform(0.3, 0.6)
        upright = (x, 0, x + thick, sheet.height)
        sheet.pen.rectangle(upright if sheet.width % 3 else (0, x, sheet.width, x + thick), ink)
        x += step
    sheet.image = sheet.image.rotate(
        chance.choice([0, 0, 3, 20, 45]), expand=False, fillcolor=(200, 190, 170)
    )
    sheet.noise(0.6, 15)
    return sheet


TEXTS: tuple[Callable[[Random], Sheet], ...] = (
    poster,
    poster_on_a_photograph,
    release,
    letter,
    invitation,
    programme,
    quotation,
    chat,
)
OTHERS: tuple[Callable[[Random], Sheet], ...] = (
    texture,
    shapes,
    portrait,
    crowd,
    foliage,
    bricks,
    facade,
    shelves,
    landscape,
    plot,
    plan_of_a_town,
    logo,
    square_code,
    stripes,
)


def drawn(kind: Callable[[Random], Sheet], number: int) -> bytes:
    """Return a picture of a kind as a file: a PNG or, as photographs are and as what a mail would
    not take otherwise, a JPEG.
    """
    chance = Random(f"{kind.__name__}-{number}")
    image, quality = kind(chance).image, chance.choice([0, 0, 40, 60, 75, 90])
    # To make the smallest file takes longest: only where a larger one would not do.
    for level in (1, 6) if not quality else ():
        as_png = _file(image, "PNG", compress_level=level)
        if len(as_png) <= MAX_IMAGE_BYTES:
            return as_png
    return _file(image, "JPEG", quality=quality or 80)


def _file(image: Image.Image, kind: str, **how: int) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()
