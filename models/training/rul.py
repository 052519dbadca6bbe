"""Trains a remaining-useful-life model and writes it as one ONNX graph with its card.

Input: a folder made by `src-main/commands/rul/prepare.ts` (features computed by the code that runs in service).
Method: five folds split by machine; each fold an LSTM with attention pooling that gives a mean and P10/P50/P90 that cannot
cross; the model is the mean of the five nets. P10 and P90 are calibrated on out-of-fold predictions (conformalised quantile
regression, asymmetric). Nothing here sees a test file.

    /usr/bin/python3 models/training/rul.py --data DIR --out models/rul-NAME --cap 125 --unit cycle --seed 1
"""
import argparse, hashlib, json, math, pathlib, time
import numpy as np
import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument('--data', required=True)
parser.add_argument('--out', required=True)
parser.add_argument('--cap', type=float, required=True, help='label cap, in steps')
parser.add_argument('--step-days', type=float, default=1.0, help='days per step, for the card')
parser.add_argument('--seed', type=int, default=1)
parser.add_argument('--epochs', type=int, default=12)
parser.add_argument('--folds', type=int, default=5)
parser.add_argument('--stride', type=int, default=1, help='use every n-th window of a machine in training')
parser.add_argument('--batch', type=int, default=256)
parser.add_argument('--purpose', required=True)
arguments = parser.parse_args()
torch.set_num_threads(1)
torch.manual_seed(arguments.seed)
rng = np.random.default_rng(arguments.seed)

folder = pathlib.Path(arguments.data)
spec = json.loads((folder / 'spec.json').read_text())
width = len(spec['sensors']) * 3 + (0 if spec['ageScale'] is None else 1)
rows = torch.from_numpy(np.fromfile(folder / 'rows.f32', np.float32).reshape(-1, width))
labels = torch.from_numpy(np.minimum(np.fromfile(folder / 'labels.f32', np.float32), arguments.cap) / arguments.cap)
machines = np.fromfile(folder / 'machines.i32', np.int32)
histories = np.fromfile(folder / 'histories.i32', np.int32)
window = spec['window']
starts = np.concatenate([[0], np.flatnonzero(np.diff(histories)) + 1])
start_of = np.repeat(starts, np.diff(np.concatenate([starts, [len(machines)]])))
back = np.arange(-window + 1, 1)


def windows(ends):
    """[ends, window, features]; steps before a machine's first repeat the first."""
    return rows[torch.from_numpy(np.maximum(ends[:, None] + back, start_of[ends][:, None]))]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Sequential(nn.Linear(width, 32), nn.Tanh(), nn.Dropout(0.3))
        self.lstm = nn.LSTM(32, 32, batch_first=True)
        self.score = nn.Linear(32, 1)
        self.head = nn.Sequential(nn.Linear(64, 32), nn.ReLU())
        self.out = nn.Linear(32, 4)

    def forward(self, x):
        zero = x.new_zeros(1, x.shape[0], 32)
        states, _ = self.lstm(self.embed(x), (zero, zero))
        weights = torch.softmax(self.score(states), dim=1)
        pooled = torch.cat([states[:, -1], (weights * states).sum(1)], 1)
        mean, middle, low, high = self.out(self.head(pooled)).unbind(1)
        softplus = nn.functional.softplus
        return torch.stack([mean, middle - softplus(low), middle, middle + softplus(high)], 1)


LEVELS = torch.tensor([0.1, 0.5, 0.9])


def loss_of(output, target):
    error = target[:, None] - output[:, 1:]
    pinball = torch.maximum(LEVELS * error, (LEVELS - 1) * error).mean()
    return 4 * ((output[:, 0] - target) ** 2).mean() + pinball


def train(ends):
    net = Net()
    average = torch.optim.swa_utils.AveragedModel(net, avg_fn=lambda old, new, count: old + (1 - min(0.99, (1 + count) / (10 + count))) * (new - old))
    optimizer = torch.optim.AdamW(net.parameters(), lr=4e-3)
    per_epoch = math.ceil(len(ends) / arguments.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, epochs=arguments.epochs, steps_per_epoch=per_epoch)
    for _epoch in range(arguments.epochs):
        order = rng.permutation(ends)
        for at in range(0, len(order), arguments.batch):
            batch = order[at:at + arguments.batch]
            x = windows(batch)
            loss = loss_of(net(x + 0.1 * torch.randn_like(x)), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(net)
    return average.module.eval()


def predict(net, ends):
    with torch.no_grad():
        return torch.cat([net(windows(ends[at:at + 1024])) for at in range(0, len(ends), 1024)]).numpy()


started = time.time()
ids = rng.permutation(np.unique(machines))
folds = np.array_split(ids, arguments.folds)
out_of_fold = np.full((len(machines), 4), np.nan, np.float32)
nets = []
for number, held in enumerate(folds):
    inside = np.flatnonzero(~np.isin(machines, held))
    outside = np.flatnonzero(np.isin(machines, held))
    nets.append(train(inside[::arguments.stride]))
    out_of_fold[outside] = predict(nets[-1], outside)
    rmse = float(np.sqrt(np.mean((np.clip(out_of_fold[outside, 0], 0, 1) - labels.numpy()[outside]) ** 2)) * arguments.cap)
    print(f'fold {number + 1}: rmse over all steps {rmse:.2f}, {time.time() - started:.0f} s', flush=True)


class Ensemble(nn.Module):
    """Mean of the nets, calibrated, in steps: columns P10, P50, P90, mean; 0 ≤ each ≤ cap, never crossing."""

    def __init__(self, low, high):
        super().__init__()
        self.nets = nn.ModuleList(nets)
        self.low, self.high = low, high

    def forward(self, x):
        mean, p10, p50, p90 = torch.stack([net(x) for net in self.nets]).mean(0).unbind(1)
        p10 = torch.minimum(p10 - self.low, p50)
        p90 = torch.maximum(p90 + self.high, p50)
        return torch.clamp(torch.stack([p10, p50, p90, mean], 1), 0, 1) * arguments.cap


# Conformal offsets on out-of-fold steps. Steps at the cap say nothing about the interval and one machine's steps are alike: one random step per
# machine and round, many rounds.
truth = labels.numpy()
low, high = [], []
for _round in range(200):
    pick = np.array([rng.choice(np.flatnonzero(machines == each)) for each in ids])
    low.append(np.quantile(out_of_fold[pick, 1] - truth[pick], 0.9))
    high.append(np.quantile(truth[pick] - out_of_fold[pick, 3], 0.9))
low, high = float(np.mean(low)), float(np.mean(high))

final = Ensemble(low, high).eval()
out = pathlib.Path(arguments.out)
out.parent.mkdir(parents=True, exist_ok=True)
example = windows(np.array([0, 1]))
torch.onnx.export(final, example, f'{out}.onnx', input_names=['window'], output_names=['days'], dynamic_axes={'window': {0: 'batch'}, 'days': {0: 'batch'}}, opset_version=13)
calibrated = np.clip(np.stack([np.minimum(out_of_fold[:, 1] - low, out_of_fold[:, 2]), out_of_fold[:, 2], np.maximum(out_of_fold[:, 3] + high, out_of_fold[:, 2]), out_of_fold[:, 0]], 1), 0, 1)
random_step = np.array([rng.choice(np.flatnonzero(machines == each)) for each in np.repeat(ids, 20)])
error = (calibrated[random_step, 3] - truth[random_step]) * arguments.cap
inside = (calibrated[random_step, 0] <= truth[random_step] + 1e-6) & (truth[random_step] <= calibrated[random_step, 2] + 1e-6)
metrics = {
    'outOfFoldRmse': float(np.sqrt(np.mean(error ** 2))),
    'outOfFoldMae': float(np.mean(np.abs(error))),
    'outOfFoldCoverage80': float(np.mean(inside)),
    'outOfFoldWidth': float(np.mean(calibrated[random_step, 2] - calibrated[random_step, 0]) * arguments.cap),
}
card = {
    'id': out.name,
    'version': time.strftime('%Y.%m.%d'),
    'kind': 'rul',
    'file': f'{out.name}.onnx',
    'sha256': hashlib.sha256(pathlib.Path(f'{out}.onnx').read_bytes()).hexdigest(),
    'purpose': json.loads(arguments.purpose),
    'input': {'name': 'window', 'shape': ['batch', window, width]},
    'output': {'name': 'days', 'columns': ['p10', 'p50', 'p90', 'mean'], 'unit': 'step'},
    'capSteps': arguments.cap,
    'stepDays': arguments.step_days,
    'features': spec,
    'training': {'machines': int(len(ids)), 'steps': int(len(machines)), 'folds': arguments.folds, 'epochs': arguments.epochs, 'seed': arguments.seed, 'minutes': round((time.time() - started) / 60, 1)},
    'metrics': metrics,
}
pathlib.Path(f'{out}.json').write_text(json.dumps(card, ensure_ascii=False, indent=1) + '\n')
print(json.dumps(metrics), flush=True)
