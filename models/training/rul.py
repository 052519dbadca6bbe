"""Trains a remaining-useful-life model and writes it as one ONNX graph with its card.

Input: a folder made by `src-main/commands/rul/prepare.ts` (features computed by the code that runs in service).
Method: folds split by machine; each fold an LSTM with attention pooling over the window that gives a mean and P10/P50/P90 that
cannot cross; the model is the mean of the nets. The interval is scaled on out-of-fold predictions (conformalised quantile
regression). Nothing here sees a test file's sensors or labels.

A folder may hold several groups (subsets of C-MAPSS): the nets learn from all of them, each group gets its own calibration, graph and card.

Training reads chunks: one pass of the LSTM over `window + CHUNK - 1` steps answers for the last CHUNK of them, which costs a
twentieth of one pass per window. In service the window stands alone.

    /usr/bin/python3 models/training/rul.py --data DIR --out models/rul-NAME --cap 125 --purpose JSON      # with groups: --out models/rul-cmapss-{group}
"""
import argparse, hashlib, json, math, pathlib, time, warnings
import numpy as np
import torch
from torch import nn

warnings.filterwarnings('ignore', message='The shape inference of prim::Constant')
parser = argparse.ArgumentParser()
parser.add_argument('--data', required=True)
parser.add_argument('--out', required=True)
parser.add_argument('--cap', type=float, required=True, help='label cap, in steps')
parser.add_argument('--step-days', type=float, default=1.0, help='days per step, for the card')
parser.add_argument('--seed', type=int, default=1)
parser.add_argument('--epochs', type=int, default=20)
parser.add_argument('--folds', type=int, default=5)
parser.add_argument('--repeats', type=int, default=1, help='nets per fold')
parser.add_argument('--hidden', type=int, default=32)
parser.add_argument('--dropout', type=float, default=0.3)
parser.add_argument('--noise', type=float, default=0.1, help='deviation of the noise put on standardised inputs in training')
parser.add_argument('--near', type=float, default=0.0, help='extra weight of steps near failure, fading with a quarter of the cap')
parser.add_argument('--batch', type=int, default=16, help='chunks per batch')
parser.add_argument('--rate', type=float, default=4e-3, help='highest learning rate')
parser.add_argument('--permute', action='store_true', help='leak test: labels permuted between machines; the out-of-fold error must be that of a guess')
parser.add_argument('--within-cap', action='store_true', help='judge and calibrate within 1.2 caps of failure, even where it is known how a test file cuts')
parser.add_argument('--version', default=time.strftime('%Y.%m.%d'))
parser.add_argument('--dump', help='file for out-of-fold predictions of all steps: history, rul, p10, p50, p90, mean, in steps')
parser.add_argument('--purpose', required=True)
arguments = parser.parse_args()
CHUNK = 32
torch.set_num_threads(1)
torch.manual_seed(arguments.seed)
rng = np.random.default_rng(arguments.seed)

folder = pathlib.Path(arguments.data)
spec = json.loads((folder / 'spec.json').read_text())
width = len(spec['sensors']) * 3 + (0 if spec['ageScale'] is None else 1)
cap, window = arguments.cap, spec['window']
rows = torch.from_numpy(np.fromfile(folder / 'rows.f32', np.float32).reshape(-1, width))
rul = np.fromfile(folder / 'labels.f32', np.float32)
if arguments.permute:
    rul = rng.permutation(rul)
labels = torch.from_numpy(np.minimum(rul, cap) / cap)
# Far from failure there is nothing to see and much of it: such steps count less.
weights = torch.from_numpy((np.where(rul <= 1.2 * cap, 1.0, 0.3) + arguments.near * np.exp(-rul / (cap / 4))).astype(np.float32))
machines = np.fromfile(folder / 'machines.i32', np.int32)


def beside(name, kind, otherwise):
    """A column that only some folders have."""
    return np.fromfile(folder / name, kind) if (folder / name).exists() else otherwise


names = json.loads((folder / 'groups.json').read_text()) if (folder / 'groups.json').exists() else ['']
groups = beside('groups.i32', np.int32, np.zeros(len(machines), np.int32))
# Before wear was taken back a label tells nothing: not learnt from, but judged.
sound = beside('sound.u8', np.uint8, np.ones(len(machines), np.uint8)) == 1
weights *= torch.from_numpy(sound.astype(np.float32))
# How often a step is judged and calibrated on, as a share of its machine: where the test file would cut, else within 1.2 caps of failure.
near_failure = (rul <= 1.2 * cap).astype(np.float32)
cuts = near_failure if arguments.within_cap else beside('cuts.f32', np.float32, near_failure)
histories = np.fromfile(folder / 'histories.i32', np.int32)
starts = np.concatenate([[0], np.flatnonzero(np.diff(histories)) + 1])
start_of = np.repeat(starts, np.diff(np.concatenate([starts, [len(machines)]])))


def windows(ends, length):
    """[ends, length, features]; steps before a history's first repeat the first."""
    back = np.arange(-length + 1, 1)
    return rows[torch.from_numpy(np.maximum(ends[:, None] + back, start_of[ends][:, None]))]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        size = arguments.hidden
        self.embed = nn.Sequential(nn.Linear(width, size), nn.Tanh(), nn.Dropout(arguments.dropout))
        self.lstm = nn.LSTM(size, size, batch_first=True)
        self.score = nn.Linear(size, 1)
        self.head = nn.Sequential(nn.Linear(2 * size, size), nn.ReLU())
        self.out = nn.Linear(size, 4)

    def states(self, x):
        zero = x.new_zeros(1, x.shape[0], arguments.hidden)
        states, _ = self.lstm(self.embed(x), (zero, zero))
        return states, torch.exp(4 * torch.tanh(self.score(states)))

    def answer(self, last, pooled):
        mean, middle, low, high = self.out(self.head(torch.cat([last, pooled], -1))).unbind(-1)
        softplus = nn.functional.softplus
        return torch.stack([mean, middle - softplus(low), middle, middle + softplus(high)], -1)

    def forward(self, x):
        """One answer for a window."""
        states, strength = self.states(x)
        return self.answer(states[:, -1], (strength * states).sum(1) / strength.sum(1))

    def chunk(self, x):
        """An answer for each of the last CHUNK steps of x: [batch, CHUNK, 4]."""
        states, strength = self.states(x)
        total = torch.cumsum(torch.cat([strength * states, strength], -1), 1)
        total = total[:, window - 1:] - nn.functional.pad(total, (0, 0, 1, 0))[:, :CHUNK]
        return self.answer(states[:, window - 1:], total[..., :-1] / total[..., -1:])


LEVELS = torch.tensor([0.1, 0.5, 0.9])


def loss_of(output, target, weight):
    error = target[..., None] - output[..., 1:]
    pinball = torch.maximum(LEVELS * error, (LEVELS - 1) * error).mean(-1)
    return ((4 * (output[..., 0] - target) ** 2 + pinball) * weight).sum() / weight.sum()


def train(steps):
    """A net trained on the histories that `steps` (sorted indices) are made of."""
    net = Net()
    average = torch.optim.swa_utils.AveragedModel(net, avg_fn=lambda old, new, count: old + (1 - min(0.99, (1 + count) / (10 + count))) * (new - old))
    optimizer = torch.optim.AdamW(net.parameters(), lr=arguments.rate)
    per_epoch = math.ceil(len(steps) / CHUNK / arguments.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, arguments.rate, total_steps=arguments.epochs * per_epoch)
    back = np.arange(-CHUNK + 1, 1)
    for _epoch in range(arguments.epochs):
        for _batch in range(per_epoch):
            ends = rng.choice(steps, arguments.batch)
            asked = ends[:, None] + back
            valid = torch.from_numpy((asked >= start_of[ends][:, None]).astype(np.float32))
            asked = torch.from_numpy(np.maximum(asked, start_of[ends][:, None]))
            x = windows(ends, window + CHUNK - 1)
            loss = loss_of(net.chunk(x + arguments.noise * torch.randn_like(x)), labels[asked], weights[asked] * valid)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(net)
    return average.module.eval()


def predict(net, ends):
    with torch.no_grad():
        return torch.cat([net(windows(ends[at:at + 1024], window)) for at in range(0, len(ends), 1024)]).numpy()


started = time.time()
ids = rng.permutation(np.unique(machines))
# Judged out of fold: every other step (fewer of very many), each machine as often as any other.
judged = np.flatnonzero((cuts > 0) & (np.arange(len(rul)) % max(2, len(rul) // 60_000) == 0))
out_of_fold = np.full((len(machines), 4), np.nan, np.float32)
nets = []
for number, held in enumerate(np.array_split(ids, arguments.folds)):
    held_steps = np.isin(machines, held)
    own = [train(np.flatnonzero(~held_steps & sound)) for _repeat in range(arguments.repeats)]
    nets += own
    outside = np.flatnonzero(held_steps) if arguments.dump else judged[held_steps[judged]]
    out_of_fold[outside] = np.mean([predict(net, outside) for net in own], axis=0)
    outside = judged[held_steps[judged]]
    rmse = float(np.sqrt(np.mean((np.clip(out_of_fold[outside, 0], 0, 1) - labels.numpy()[outside]) ** 2)) * cap)
    print(f'fold {number + 1}: rmse {rmse:.2f}, {time.time() - started:.0f} s', flush=True)

truth = labels.numpy()
deciles = np.arange(1, 10) / 10


def calibrate(mean, p10, p50, p90, scales, stack, clip):
    low, high = scales
    return clip(stack([p50 - low * (p50 - p10), p50, p50 + high * (p90 - p50), mean], 1), 0, 1) * cap


class Ensemble(nn.Module):
    """Mean of the nets, calibrated, in steps: columns P10, P50, P90, mean; 0 ≤ each ≤ cap, never crossing."""

    def __init__(self, scales):
        super().__init__()
        self.nets, self.scales = nn.ModuleList(nets), scales

    def forward(self, x):
        return calibrate(*torch.stack([net(x) for net in self.nets]).mean(0).unbind(1), self.scales, torch.stack, torch.clamp)


def scales_of(pick):
    """Scale of each half interval that leaves a tenth of the truths outside."""
    p10, p50, p90 = (out_of_fold[pick, column] for column in (1, 2, 3))
    low = float(np.quantile((p50 - truth[pick]) / np.maximum(p50 - p10, 1e-4), 0.9))
    high = float(np.quantile((truth[pick] - p50) / np.maximum(p90 - p50, 1e-4), 0.9))
    return max(low, 0.1), max(high, 0.1)


def metrics_of(pick, scales):
    calibrated = calibrate(*out_of_fold[pick].T, scales, np.stack, np.clip)
    true = truth[pick] * cap
    error = calibrated[:, 3] - true
    inside = (calibrated[:, 0] <= true + 1e-3) & (true <= calibrated[:, 2] + 1e-3)
    late = true <= 50 if cap >= 100 else true <= cap / 3
    metrics = {
        'outOfFoldRmse': float(np.sqrt(np.mean(error ** 2))),
        'outOfFoldMae': float(np.mean(np.abs(error))),
        'outOfFoldBias': float(np.mean(error)),
        'outOfFoldRmseNear': float(np.sqrt(np.mean(error[late] ** 2))),
        'outOfFoldCoverage80': float(np.mean(inside)),
        'outOfFoldCoverage80BelowCap': float(np.mean(inside[true < cap])),
        'outOfFoldWidth': float(np.mean(calibrated[:, 2] - calibrated[:, 0])),
    }
    whole = ~np.isin(machines[pick], machines[~sound])
    return metrics if whole.all() else {**metrics, 'outOfFoldRmseNoRepair': float(np.sqrt(np.mean(error[whole] ** 2)))}


def write(number, name):
    """Graph and card of one group."""
    within = judged[groups[judged] == number]
    own = groups == number
    steps_of = [within[machines[within] == each] for each in np.unique(machines[own])]
    pick = np.concatenate([rng.choice(steps, 60, p=cuts[steps] / cuts[steps].sum()) for steps in steps_of if len(steps) > 0])
    scales = scales_of(pick)
    out = pathlib.Path(arguments.out.replace('{group}', name.lower()))
    out.parent.mkdir(parents=True, exist_ok=True)
    graph = out.with_name(f'{out.name}.onnx')
    torch.onnx.export(Ensemble(scales).eval(), windows(np.array([0, 1]), window), str(graph), input_names=['window'], output_names=['days'], dynamic_axes={'window': {0: 'batch'}, 'days': {0: 'batch'}}, opset_version=13)
    metrics = metrics_of(pick, scales)
    if arguments.dump:
        columns = [histories[own], rul[own], calibrate(*out_of_fold[own].T, scales, np.stack, np.clip)]
        np.savetxt(arguments.dump.replace('{group}', name.lower()), np.column_stack(columns), fmt='%.3f', delimiter=',', header='history,rul,p10,p50,p90,mean', comments='')
    card = {
        'id': out.name,
        'version': arguments.version,
        'kind': 'rul',
        'file': graph.name,
        'sha256': hashlib.sha256(graph.read_bytes()).hexdigest(),
        'purpose': json.loads(arguments.purpose.replace('{group}', name)),
        'input': {'name': 'window', 'shape': ['batch', window, width]},
        'output': {'name': 'days', 'columns': ['p10', 'p50', 'p90', 'mean'], 'unit': 'step'},
        'capSteps': cap,
        'stepDays': arguments.step_days,
        'features': spec,
        'training': {'machines': len(ids), 'ownMachines': len(steps_of), 'steps': int(sound.sum()), 'folds': arguments.folds, 'nets': len(nets), 'epochs': arguments.epochs, 'seed': arguments.seed, 'minutes': round((time.time() - started) / 60, 1)},
        'metrics': metrics,
        'reference': {'inputs': np.quantile(rows[own, :len(spec['sensors'])].numpy(), deciles, axis=0).T.round(4).tolist(), 'output': np.quantile(out_of_fold[within, 2], deciles).clip(0, 1).round(4).tolist(), 'draws': len(steps_of)},
        'trained': json.loads((folder / 'trained.json').read_text()),
    }
    out.with_name(f'{out.name}.json').write_text(json.dumps(card, ensure_ascii=False, indent=1) + '\n')
    print(name, json.dumps(metrics), flush=True)


for number, name in enumerate(names):
    write(number, name)
