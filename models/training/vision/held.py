"""Annotations of the pictures of a folder that training holds out, for `evaluate:vision` and for choosing thresholds.

    /usr/bin/python3 models/training/vision/held.py --data PPE/train --out /tmp/held.json
"""
import argparse, json, pathlib
from data import clip_of, split_clips

parser = argparse.ArgumentParser()
parser.add_argument('--data', required=True)
parser.add_argument('--out', required=True)
arguments = parser.parse_args()
file = json.loads((pathlib.Path(arguments.data) / 'annotations.json').read_text())
held = split_clips(file['images'])
file['images'] = [entry for entry in file['images'] if clip_of(entry) in held]
kept = {entry['id'] for entry in file['images']}
file['annotations'] = [annotation for annotation in file['annotations'] if annotation['image_id'] in kept]
pathlib.Path(arguments.out).write_text(json.dumps(file))
print(len(kept), 'pictures')
