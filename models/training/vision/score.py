"""Average precision at IoU 0.5, COCO's 101 points; a class counts only where it was labelled. The station's `evaluate:vision` computes the same in TypeScript."""
import numpy as np
import torch
from data import letterbox
from net import CLASSES, DEVIATION, MEAN, boxes_of, points

NMS_IOU, MOST = 0.5, 100


def standardised(canvases):
    """Canvases [n, h, w, 3] BGR bytes to the net's input."""
    x = torch.from_numpy(np.stack(canvases)).permute(0, 3, 1, 2).float()
    return ((x - torch.tensor(MEAN).view(1, 3, 1, 1)) / torch.tensor(DEVIATION).view(1, 3, 1, 1)).contiguous(memory_format=torch.channels_last)


def suppress(boxes, scores, limit=NMS_IOU):
    """Indices kept of one class, best first: boxes that overlap a better one by more than `limit` go."""
    order, kept = np.argsort(-scores, kind='stable'), []
    while len(order) > 0:
        best, order = order[0], order[1:]
        kept.append(best)
        width = (np.minimum(boxes[best, 2], boxes[order, 2]) - np.maximum(boxes[best, 0], boxes[order, 0])).clip(0)
        height = (np.minimum(boxes[best, 3], boxes[order, 3]) - np.maximum(boxes[best, 1], boxes[order, 1])).clip(0)
        area = lambda box: (box[..., 2] - box[..., 0]) * (box[..., 3] - box[..., 1])
        order = order[width * height / (area(boxes[best]) + area(boxes[order]) - width * height + 1e-9) <= limit]
    return kept


@torch.no_grad()
def detect(net, pictures, height, width, floor=0.01, batch=8):
    """Per picture: array [n, 6] of x1, y1, x2, y2 (picture pixels), score, class."""
    centres, strides = points(height, width)
    results = []
    for start in range(0, len(pictures), batch):
        own = pictures[start:start + batch]
        framed = [letterbox(picture.pixels, height, width) for picture in own]
        with torch.autocast('cpu', dtype=torch.bfloat16):
            logits, distances = net(standardised([canvas for canvas, *_ in framed]))
        corners, scores = boxes_of(distances.float(), centres, strides).numpy(), logits.float().sigmoid().numpy()
        for index, (picture, (_, scale, left, top)) in enumerate(zip(own, framed)):
            found = []
            for which in range(len(CLASSES)):
                likely = scores[index, :, which] >= floor
                boxes, own_scores = corners[index, likely], scores[index, likely, which]
                best = np.argsort(-own_scores, kind='stable')[:300]
                boxes, own_scores = boxes[best], own_scores[best]
                for kept in suppress(boxes, own_scores)[:MOST]:
                    x1, y1, x2, y2 = (boxes[kept] - [left, top, left, top]) / scale
                    h, w = picture.pixels.shape[:2]
                    found.append([max(0, x1), max(0, y1), min(w, x2), min(h, y2), own_scores[kept], which])
            results.append(np.array(found, np.float32).reshape(-1, 6))
    return results


def average_precision(found, truths):
    """`found`: per picture [n, 5] corners and score, `truths`: per picture [m, 4]. None without any truth."""
    total = sum(len(truth) for truth in truths)
    if total == 0:
        return None
    rows = []
    for boxes, truth in zip(found, truths):
        free = np.ones(len(truth), bool)
        for box in boxes[np.argsort(-boxes[:, 4], kind='stable')]:
            hit = False
            if free.any():
                width = (np.minimum(box[2], truth[:, 2]) - np.maximum(box[0], truth[:, 0])).clip(0)
                height = (np.minimum(box[3], truth[:, 3]) - np.maximum(box[1], truth[:, 1])).clip(0)
                area = (truth[:, 2] - truth[:, 0]) * (truth[:, 3] - truth[:, 1])
                ious = np.where(free, width * height / ((box[2] - box[0]) * (box[3] - box[1]) + area - width * height + 1e-9), 0)
                if ious.max() >= 0.5:
                    hit = True
                    free[ious.argmax()] = False
            rows.append((box[4], hit))
    if not rows:
        return 0.0
    rows.sort(key=lambda row: -row[0])
    hits = np.cumsum([hit for _, hit in rows])
    recall, precision = hits / total, hits / np.arange(1, len(rows) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    places = np.searchsorted(recall, np.linspace(0, 1, 101), side='left')
    return float(np.mean([precision[place] if place < len(precision) else 0.0 for place in places]))


def evaluate(results, pictures):
    """{class: average precision}, only for classes with a box."""
    scores = {}
    for which, name in enumerate(CLASSES):
        own = [(found, picture) for found, picture in zip(results, pictures) if picture.known[which] and which in labelled(picture)]
        value = average_precision([found[found[:, 5] == which, :5] for found, _ in own], [picture.boxes[picture.classes == which] for _, picture in own])
        if value is not None:
            scores[name] = value
    return scores


def labelled(picture):
    """Classes annotated in the picture; those only assumed absent do not count in scores."""
    return {which for which in range(len(CLASSES)) if which + 1 in picture.entry.get('labelled_category_ids', range(1, len(CLASSES) + 1))}
