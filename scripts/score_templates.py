#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says what learning hosts' templates does to the scores of the development corpora.

    scripts/score_templates.py [SET ...]

Takes the pages of sites with at least three pages in a set, each without and with what the pages of
its host have in common (build/bench/extract_corpus). Of pages without an address the site stands in
for the host. Needs what `./dev score` leaves in build/.
"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

import score

LEAST_PAGES = 3


def read_many(name):
    gold = score.read_gold(name)
    pages_of = collections.Counter(page.get('site') for page in gold)
    many = [page for page in gold if page.get('site') and pages_of[page['site']] >= LEAST_PAGES]
    return [dict(page, url=page.get('url') or f'https://{page["site"]}/{page["id"]}') for page in many]


def predict(gold, learn, out):
    with tempfile.NamedTemporaryFile('w', suffix='.jsonl') as pages, open(out, 'w') as predictions:
        pages.writelines(json.dumps(page) + '\n' for page in gold)
        pages.flush()
        command = [score.CORPUS_PROGRAM, score.CACHE, pages.name, score.FOLD_MODELS] + ['learn'] * learn
        subprocess.run(command, check=True, stdout=predictions, stderr=subprocess.DEVNULL)
    return {page['id']: page.get('html') for page in score.read_lines(pathlib.Path(out))}


def main():
    print('| set | pages | changed | F1 | precision | recall | exact | segF1 |\n|---|---|---|---|---|---|---|---|')
    columns = ['F1', 'precision', 'recall', 'exact', 'segF1']
    for name in sys.argv[1:] or score.SETS:
        gold = read_many(name)
        if not gold:
            continue
        score.unpack(name)
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            bodies, figures = [], []
            for learn in (False, True):
                bodies.append(predict(gold, learn, folder / 'predictions'))
                figures.append(score.score(name, folder / 'predictions', [page['id'] for page in gold], folder))
            changed = sum(bodies[0][page] != bodies[1][page] for page in bodies[0])
            cells = ['%.4f → %.4f' % (figures[0][c], figures[1][c]) if c in figures[0] else '' for c in columns]
            print(f'| {name} | {len(gold)} | {changed} | ' + ' | '.join(cells) + ' |')


if __name__ == '__main__':
    main()
