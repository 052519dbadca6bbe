"""Pictures with boxes in COCO's form, and what training does to them before the net sees them."""
import json, math, pathlib, re
import cv2
import numpy as np
from net import CLASSES

# BGR mean of the net's input: standardised it is about 0, as the padding of its convolutions is.
FILL = (104, 116, 124)
PERSON, HARDHAT, NO_HARDHAT, VEST, NO_VEST, FIRE, SMOKE = range(7)
HELD_SHARE, HELD_SEED = 0.05, 5
cv2.setNumThreads(1)


class Picture:
    """Pixels [h, w, 3] BGR; boxes [n, 4] corners; classes [n]; `known` [classes]: whether this class was looked for here; `doubtful`: (class, corners) where it was not."""

    def __init__(self, pixels, boxes, classes, known, doubtful, entry):
        self.pixels, self.boxes, self.classes, self.known, self.doubtful, self.entry = pixels, boxes, classes, known, doubtful, entry


def read(folder):
    """All pictures of a folder with `annotations.json`. Categories are matched by name."""
    folder = pathlib.Path(folder)
    file = json.loads((folder / 'annotations.json').read_text())
    index = {category['id']: CLASSES.index(category['name']) for category in file['categories'] if category['name'] in CLASSES}
    own = {}
    for annotation in file['annotations']:
        if annotation['category_id'] in index:
            own.setdefault(annotation['image_id'], []).append(annotation)
    pictures = []
    for entry in file['images']:
        annotations = own.get(entry['id'], [])
        corners = [[x, y, x + w, y + h] for x, y, w, h in (annotation['bbox'] for annotation in annotations)]
        known = np.zeros(len(CLASSES), bool)
        for identity in entry.get('labelled_category_ids', list(index)) + entry.get('assumed_absent_category_ids', []):
            if identity in index:
                known[index[identity]] = True
        # One worker in four wears a vest nobody marked: a vest on such a person is neither right nor wrong.
        doubtful = [(which, box) for annotation, box in zip(annotations, corners) if 'attributes' in annotation and annotation['attributes'].get('vest', True) is None for which in (VEST, NO_VEST)]
        pixels = cv2.imread(str(folder / entry['file_name']))
        pictures.append(Picture(pixels, np.array(corners, np.float32).reshape(-1, 4), np.array([index[annotation['category_id']] for annotation in annotations], int), known, doubtful, entry))
    return pictures


def clip_of(entry):
    """Pictures of one video, or one picture: what must not be split."""
    name = entry.get('clip') or entry.get('source_name') or entry['file_name']
    video = re.search(r'video_\d+', name)
    return f"{entry.get('source', '')}/{video.group() if video else name}"


def split_clips(entries):
    """Clips of one folder that are held out: a twentieth, always the same ones."""
    clips = sorted({clip_of(entry) for entry in entries})
    return set(np.random.default_rng(HELD_SEED).permutation(clips)[:round(HELD_SHARE * len(clips))].tolist())


def split(pictures):
    """(for training, held out), by clip."""
    held = split_clips([picture.entry for picture in pictures])
    return [picture for picture in pictures if clip_of(picture.entry) not in held], [picture for picture in pictures if clip_of(picture.entry) in held]


def chances(pictures):
    """How often each picture is drawn: what is rare and wanted comes more often."""

    def weight(picture):
        if picture.known[PERSON] and (picture.classes == NO_HARDHAT).any():
            return 3.0
        if picture.entry.get('source') == 'css':
            return 3.0
        return 1.5 if (picture.classes >= FIRE).any() else 1.0

    weights = np.array([weight(picture) for picture in pictures])
    return weights / weights.sum()


def letterbox(pixels, height, width):
    """The whole picture on the net's canvas, centred as the station does it; and its scale and offset."""
    scale = min(width / pixels.shape[1], height / pixels.shape[0])
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    left, top = (width - size[0]) // 2, (height - size[1]) // 2
    canvas = np.full((height, width, 3), FILL, np.uint8)
    canvas[top:top + size[1], left:left + size[0]] = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    return canvas, scale, left, top


NOISE = np.random.default_rng(0).normal(0, 1, (1 << 21,)).astype(np.float32)


def light(pixels, rng):
    """Colour, contrast, night, mist of a cheap camera: noise, blur, JPEG."""
    ramp = np.arange(256, dtype=np.float32)
    curve = (ramp - 128) * rng.uniform(0.7, 1.3) + 128 + rng.uniform(-30, 30)
    table = np.clip(curve[:, None] * rng.uniform(0.88, 1.12, 3), 0, 255)
    dark = rng.random() < 0.12
    if dark:
        # Night: dark, tinted, and noisy with it.
        table = 255 * (table / 255) ** rng.uniform(1.3, 2.4) * rng.uniform(0.3, 0.8) * rng.uniform(0.8, 1.2, 3)
    work = cv2.LUT(pixels, np.clip(table, 0, 255).astype(np.uint8).reshape(1, 256, 3))
    colour = 0 if rng.random() < 0.05 else rng.uniform(0.6, 1.4)
    grey = cv2.cvtColor(cv2.cvtColor(work, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    work = cv2.addWeighted(work, colour, grey, 1 - colour, 0)
    if dark or rng.random() < 0.15:
        start = int(rng.integers(NOISE.size - work.size))
        work = np.clip(work + NOISE[start:start + work.size].reshape(work.shape) * rng.uniform(1, 10 if dark else 8), 0, 255).astype(np.uint8)
    if rng.random() < 0.1:
        work = cv2.GaussianBlur(work, (0, 0), rng.uniform(0.5, 1.3))
    if rng.random() < 0.15:
        work = cv2.imdecode(cv2.imencode('.jpg', work, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 75))])[1], cv2.IMREAD_COLOR)
    return work


def vary(picture, rng, height, width):
    """One varied view for training: pixels on the canvas, boxes, classes, known, doubtful."""
    h, w = picture.pixels.shape[:2]
    fit = min(width / w, height / h)
    factor = math.exp(rng.uniform(math.log(0.3), math.log(0.7))) if rng.random() < 0.12 else math.exp(rng.uniform(math.log(0.65), math.log(1.9)))
    across, down = fit * factor * rng.uniform(0.9, 1.1), fit * factor
    free = (width - w * across, height - h * down)
    left, top = (rng.uniform(min(0, gap), max(0, gap)) for gap in free)
    flipped = rng.random() < 0.5
    matrix = np.array([[-across if flipped else across, 0, (left + w * across) if flipped else left], [0, down, top]], np.float32)
    source = picture.pixels
    if min(across, down) < 0.6:
        # Averages first: warping alone picks single pixels when it shrinks.
        half = cv2.resize(source, (max(1, round(w / 2)), max(1, round(h / 2))), interpolation=cv2.INTER_AREA)
        shrunk = matrix @ np.array([[w / half.shape[1], 0, 0], [0, h / half.shape[0], 0], [0, 0, 1]], np.float32)
        canvas = cv2.warpAffine(half, shrunk, (width, height), flags=cv2.INTER_LINEAR, borderValue=FILL)
    else:
        canvas = cv2.warpAffine(source, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=FILL)

    def moved(corners):
        corners = np.asarray(corners, np.float32).reshape(-1, 4)
        x = corners[:, [0, 2]] * matrix[0, 0] + matrix[0, 2]
        y = corners[:, [1, 3]] * matrix[1, 1] + matrix[1, 2]
        whole = np.stack([x.min(1), y.min(1), x.max(1), y.max(1)], 1)
        seen = np.stack([whole[:, 0].clip(0, width), whole[:, 1].clip(0, height), whole[:, 2].clip(0, width), whole[:, 3].clip(0, height)], 1)
        area = lambda box: (box[:, 2] - box[:, 0]).clip(0) * (box[:, 3] - box[:, 1]).clip(0)
        return seen, area(seen) / np.maximum(area(whole), 1e-6)

    boxes, share = moved(picture.boxes)
    sides = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    kept = (share >= 0.4) & (sides >= 4)
    doubtful = [(which, box) for which, box in zip(picture.classes[~kept], boxes[~kept])] + [(which, moved(box)[0][0]) for which, box in picture.doubtful]
    return light(canvas, rng), boxes[kept], picture.classes[kept], picture.known, doubtful
