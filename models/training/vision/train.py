"""Trains the detector from COCO weights, or goes on from a checkpoint, on one or more folders of pictures.

    /usr/bin/python3 models/training/vision/train.py --data PPE/train --coco HUMAN_MODELS/models --out /tmp/vision --minutes 45
    /usr/bin/python3 models/training/vision/train.py --data PPE/train --extra TWIN/train --from /tmp/vision/last.pt --out /tmp/vision2 --minutes 40

The rate follows the share of the time, or of `--steps` where given (a run's steps are in its log, so that it can be repeated).
A twentieth of the clips of `--data` is held out for choosing; `val` is never read here.
"""
import argparse, json, math, pathlib, time
from concurrent.futures import ThreadPoolExecutor
import numpy as np
import torch
from data import chances, read, split, vary
from loss import loss_of
from net import Detector, load_coco, points
from score import detect, evaluate, standardised


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--data', required=True)
    parser.add_argument('--extra', help='another folder of the same form, e.g. pictures of the twin')
    parser.add_argument('--extra-share', type=float, default=0.25, help='share of the pictures drawn from it')
    parser.add_argument('--coco', help='folder of the COCO weights to begin with')
    parser.add_argument('--from', dest='start', help='checkpoint to go on from')
    parser.add_argument('--out', required=True)
    parser.add_argument('--height', type=int, default=320)
    parser.add_argument('--width', type=int, default=416)
    parser.add_argument('--batch', type=int, default=16)
    parser.add_argument('--rate', type=float, default=6e-4)
    parser.add_argument('--final', type=float, default=0.05, help='rate at the end as a share of the highest')
    parser.add_argument('--decay', type=float, default=0.999, help='of the running mean of the weights, which is what is kept')
    parser.add_argument('--minutes', type=float, default=45)
    parser.add_argument('--steps', type=int, help='instead of minutes')
    parser.add_argument('--freeze', action='store_true', help='keep the first layers as they are: a fifth faster')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--workers', type=int, default=2)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    folder = pathlib.Path(arguments.out)
    folder.mkdir(parents=True, exist_ok=True)

    own, held = split(read(arguments.data))
    extra, extra_held = split(read(arguments.extra)) if arguments.extra else ([], [])
    pictures = own + extra
    odds = chances(own)
    if extra:
        odds = np.concatenate([odds * (1 - arguments.extra_share), chances(extra) * arguments.extra_share])
    print(f'{len(own)} pictures, {len(held)} held out; extra {len(extra)}, {len(extra_held)} held out', flush=True)

    net = Detector().to(memory_format=torch.channels_last)
    average = Detector().to(memory_format=torch.channels_last).eval()
    if arguments.start:
        state = torch.load(arguments.start)
        net.load_state_dict(state['average'])
    else:
        load_coco(net, arguments.coco)
    average.load_state_dict(net.state_dict())
    if arguments.freeze:
        net.stem.requires_grad_(False)
        net.stages[0].requires_grad_(False)
    parameters = [parameter for parameter in net.parameters() if parameter.requires_grad]
    decayed = [parameter for parameter in parameters if parameter.dim() > 1]
    others = [parameter for parameter in parameters if parameter.dim() <= 1]
    optimiser = torch.optim.AdamW([{'params': decayed, 'weight_decay': 0.02}, {'params': others, 'weight_decay': 0.0}], lr=arguments.rate, betas=(0.9, 0.99))
    grid = points(arguments.height, arguments.width)

    def work(step, worker):
        """Loss, its parts and gradients of one worker's share of a batch. One thread a worker: convolutions split over threads wait for each other on a busy machine."""
        rng = np.random.default_rng([arguments.seed, step, worker])
        views = [vary(pictures[index], rng, arguments.height, arguments.width) for index in rng.choice(len(pictures), arguments.batch // arguments.workers, p=odds)]
        batch = [
            (torch.from_numpy(boxes), torch.from_numpy(classes), torch.from_numpy(known), [(int(which), torch.from_numpy(np.asarray(box, np.float32))) for which, box in doubtful])
            for _, boxes, classes, known, doubtful in views
        ]
        with torch.autocast('cpu', dtype=torch.bfloat16):
            logits, distances = net(standardised([view[0] for view in views]))
        loss, parts = loss_of(logits.float(), distances.float(), batch, grid)
        return float(loss), parts, torch.autograd.grad(loss, parameters)

    pool = ThreadPoolExecutor(arguments.workers)
    began, step, sums, count = time.time(), 0, np.zeros(4), 0
    an_epoch = math.ceil(len(pictures) / arguments.batch)
    while True:
        share = step / arguments.steps if arguments.steps else (time.time() - began) / 60 / arguments.minutes
        if share >= 1:
            break
        warm = min(1.0, (step + 1) / 150)
        for group in optimiser.param_groups:
            group['lr'] = arguments.rate * warm * (arguments.final + (1 - arguments.final) * 0.5 * (1 + math.cos(math.pi * share)))
        answers = list(pool.map(work, [step] * arguments.workers, range(arguments.workers)))
        for index, parameter in enumerate(parameters):
            parameter.grad = sum(gradients[index] for _, _, gradients in answers) / arguments.workers
        torch.nn.utils.clip_grad_norm_(parameters, 10.0)
        optimiser.step()
        decay = min(arguments.decay, (step + 1) / (step + 20))
        with torch.no_grad():
            for mean, parameter in zip(average.parameters(), net.parameters()):
                mean.lerp_(parameter, 1 - decay)
        sums += np.mean([(loss, *parts) for loss, parts, _ in answers], 0)
        count += 1
        step += 1
        if step % 50 == 0:
            print(f'step {step} {(time.time() - began) / 60:.1f} min, {step * arguments.batch / (time.time() - began):.1f} pictures/s, loss {sums / count}', flush=True)
            sums, count = np.zeros(4), 0
        if step % an_epoch == 0:
            keep(folder, average, step)
            report(average, held, extra_held, arguments, step, folder)
    keep(folder, average, step)
    report(average, held, extra_held, arguments, step, folder)


def keep(folder, average, step):
    torch.save({'average': average.state_dict(), 'step': step}, folder / 'next.pt')
    (folder / 'next.pt').replace(folder / 'last.pt')


def report(average, held, extra_held, arguments, step, folder):
    line = {'step': step, 'at': time.strftime('%H:%M:%S')}
    for name, pictures in (('held', held), ('extra', extra_held)):
        if pictures:
            line[name] = {key: round(value, 4) for key, value in evaluate(detect(average, pictures, arguments.height, arguments.width), pictures).items()}
    print(json.dumps(line), flush=True)
    with open(folder / 'held.jsonl', 'a') as file:
        file.write(json.dumps(line) + '\n')


if __name__ == '__main__':
    main()
