"""Which point answers for which box, and how wrong it is.

Task-aligned assignment (TOOD): a box is given to the points inside it whose class score and overlap fit it best; their class
target is that fit. Quality focal loss for classes, GIoU and distribution focal loss for sides (as in NanoDet). A class that
nobody looked for in a picture has no loss there.
"""
import torch
import torch.nn.functional as F
from net import BINS, boxes_of

TOP = 10


def overlap(first, second, generalised=False):
    """IoU, or GIoU, of corners [..., 4] that broadcast."""
    width = (torch.minimum(first[..., 2], second[..., 2]) - torch.maximum(first[..., 0], second[..., 0])).clamp(min=0)
    height = (torch.minimum(first[..., 3], second[..., 3]) - torch.maximum(first[..., 1], second[..., 1])).clamp(min=0)
    area = lambda box: (box[..., 2] - box[..., 0]).clamp(min=0) * (box[..., 3] - box[..., 1]).clamp(min=0)
    common = width * height
    union = area(first) + area(second) - common + 1e-6
    if not generalised:
        return common / union
    hull = (torch.maximum(first[..., 2], second[..., 2]) - torch.minimum(first[..., 0], second[..., 0])) * (torch.maximum(first[..., 3], second[..., 3]) - torch.minimum(first[..., 1], second[..., 1])) + 1e-6
    return common / union - (hull - union) / hull


def inside(boxes, centres, least=0.0):
    """[boxes, points]: whether the centre lies in the box, taken at least `least` wide and high."""
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    half = ((boxes[:, 2:] - boxes[:, :2]) / 2).clamp(min=least / 2)
    return ((centres[None] - middle[:, None]).abs() <= half[:, None]).all(-1)


@torch.no_grad()
def assign(scores, predicted, boxes, classes, centres):
    """For one picture: index of the box of each point (-1: none) and its class target."""
    chosen = torch.full((len(centres),), -1, dtype=torch.long)
    target = torch.zeros(len(centres))
    if len(boxes) == 0:
        return chosen, target
    eligible = inside(boxes, centres, least=8.01)
    ious = overlap(boxes[:, None], predicted[None])
    metric = (scores[:, classes].t().sqrt() * ious ** 6 + 1e-12 * ious) * eligible
    best, places = metric.topk(min(TOP, metric.shape[1]), 1)
    picked = torch.zeros_like(metric).scatter_(1, places, 1.0) * eligible * (metric > 0)
    # A point that several boxes want serves the one it overlaps most.
    held = ious * picked
    most, owner = held.max(0)
    taken = most > 0
    chosen[taken] = owner[taken]
    scaled = metric / best[:, :1].clamp(min=1e-20) * (ious * eligible).amax(1, keepdim=True)
    target[taken] = scaled[owner[taken], taken.nonzero().squeeze(1)]
    return chosen, target


def loss_of(logits, distances, batch, grid):
    """`batch`: per picture (boxes, classes, known, doubtful) as tensors. Gives (loss, its parts)."""
    centres, strides = grid
    scores = logits.detach().sigmoid()
    with torch.no_grad():
        predicted = boxes_of(distances, centres, strides)
    targets, masks = torch.zeros_like(logits), torch.zeros_like(logits)
    places, wanted, weights = [], [], []
    for index, (boxes, classes, known, doubtful) in enumerate(batch):
        masks[index] = known.to(logits.dtype)
        for which, box in doubtful:
            masks[index, inside(box[None], centres)[0], which] = 0
        chosen, target = assign(scores[index], predicted[index], boxes, classes, centres)
        taken = (chosen >= 0).nonzero().squeeze(1)
        if len(taken) == 0:
            continue
        owners = chosen[taken]
        targets[index, taken, classes[owners]] = target[taken]
        masks[index, taken, classes[owners]] = 1
        places.append(index * logits.shape[1] + taken)
        wanted.append(boxes[owners])
        weights.append(target[taken])
    gap = (targets - logits.sigmoid()).abs()
    quality = (F.binary_cross_entropy_with_logits(logits, targets, reduction='none') * gap.detach() ** 2 * masks).sum()
    total = targets.sum().clamp(min=1.0)
    if len(places) == 0:
        return quality / total, (float(quality / total), 0.0, 0.0)
    places, wanted, weights = torch.cat(places), torch.cat(wanted), torch.cat(weights)
    points = places % logits.shape[1]
    answers = distances.flatten(0, 1)[places]
    generalised = ((1 - overlap(boxes_of(answers, centres[points], strides[points]), wanted, generalised=True)) * weights).sum() / total
    sides = torch.cat([centres[points] - wanted[:, :2], wanted[:, 2:] - centres[points]], 1) / strides[points, None]
    sides = sides.clamp(0, BINS - 1.01)
    low = sides.floor().long()
    logarithms = answers.reshape(-1, 4, BINS).log_softmax(-1)
    pick = lambda bins: logarithms.gather(-1, bins[..., None]).squeeze(-1)
    distribution = -(pick(low) * (low + 1 - sides) + pick(low + 1) * (sides - low)).mean(1)
    distribution = (distribution * weights).sum() / total
    parts = (float(quality / total), float(generalised), float(distribution))
    return quality / total + 2.0 * generalised + 0.5 * distribution, parts
