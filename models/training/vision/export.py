"""Writes the shipped files: one ONNX graph from the letterboxed picture to scores and boxes, and its card.

    /usr/bin/python3 models/training/vision/export.py --from /tmp/vision2/last.pt --out models/vision-ppe --card card.json

Graph: `picture` [1, height, width, 3] bytes RGB in; `scores` [points, classes] and `boxes` [points, 4] (x1, y1, x2, y2 in its pixels)
out. Weights lie in the file as 16-bit floats and are computed with as 32-bit ones.
`card.json` holds what only people and other commands know: training, metrics, thresholds, sources, limits.
"""
import argparse, hashlib, json, pathlib, warnings
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from data import FILL
from net import CLASSES, DEVIATION, MEAN, Detector, boxes_of, points
from score import NMS_IOU


class Shipped(nn.Module):
    def __init__(self, net, height, width):
        super().__init__()
        self.net = net
        centres, strides = points(height, width)
        self.register_buffer('centres', centres)
        self.register_buffer('strides', strides)
        # The net was trained on BGR; pictures come as RGB: its first kernels are turned instead of every picture.
        net.stem.weights.weight.data = net.stem.weights.weight.data.flip(1).contiguous()
        self.register_buffer('mean', torch.tensor(MEAN[::-1]).view(1, 3, 1, 1))
        self.register_buffer('deviation', torch.tensor(DEVIATION[::-1]).view(1, 3, 1, 1))

    def forward(self, picture):
        logits, distances = self.net((picture.permute(0, 3, 1, 2).float() - self.mean) / self.deviation)
        return logits[0].sigmoid(), boxes_of(distances[0], self.centres, self.strides)


def halve(graph):
    """Large weights to 16 bits, each with a cast back that the runtime folds when it loads."""
    casts = []
    for tensor in list(graph.initializer):
        if tensor.data_type != TensorProto.FLOAT or numpy_helper.to_array(tensor).size < 1024:
            continue
        half = numpy_helper.from_array(numpy_helper.to_array(tensor).astype('float16'), tensor.name + '_16')
        graph.initializer.remove(tensor)
        graph.initializer.append(half)
        casts.append(helper.make_node('Cast', [half.name], [tensor.name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        graph.node.insert(0, cast)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--from', dest='start', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--card', required=True)
    parser.add_argument('--height', type=int, default=384)
    parser.add_argument('--width', type=int, default=512)
    arguments = parser.parse_args()
    warnings.filterwarnings('ignore')
    out = pathlib.Path(arguments.out)
    net = Detector().eval()
    net.load_state_dict(torch.load(arguments.start)['average'])
    shipped = Shipped(net, arguments.height, arguments.width).eval()
    file = out.with_suffix('.onnx')
    torch.onnx.export(shipped, torch.zeros(1, arguments.height, arguments.width, 3, dtype=torch.uint8), str(file), opset_version=13, input_names=['picture'], output_names=['scores', 'boxes'])
    model = onnx.load(str(file))
    halve(model.graph)
    model.doc_string = ''
    onnx.checker.check_model(model)
    onnx.save(model, str(file))
    own = json.loads(pathlib.Path(arguments.card).read_text())
    card = {
        'id': out.name, 'version': own.pop('version'), 'kind': 'vision', 'file': file.name, 'sha256': hashlib.sha256(file.read_bytes()).hexdigest(), 'purpose': own.pop('purpose'),
        'input': {'name': 'picture', 'shape': [1, arguments.height, arguments.width, 3], 'fill': list(FILL[::-1])},
        'output': {'scores': 'scores', 'boxes': 'boxes', 'points': len(shipped.centres)},
        'classes': CLASSES, 'overlap': NMS_IOU, **own,
    }
    out.with_suffix('.json').write_text(json.dumps(card, ensure_ascii=False, indent=1) + '\n')
    print(file, file.stat().st_size, card['sha256'])


if __name__ == '__main__':
    main()
