#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says how much the bodies hang on names of classes and ids.

    scripts/score_senseless_names.py [SET ...]

Scores each set as it is and with every letter of those names replaced, so that no word is left, as after a new design
of every site at once. The judges are those of `./dev score`, which have seen the names; needs what it leaves in build/.
"""
import pathlib
import re
import sys
import tempfile

import score

NAMES = re.compile(rb'''(\b(?:class|id)\s*=\s*)("[^"]*"|'[^']*')''', re.IGNORECASE)


def senseless(match):
    quoted = match[2]
    return match[1] + quoted[:1] + bytes(c if c in b' \t\r\n' else b'qxzjkv'[c % 6] for c in quoted[1:-1]) + quoted[-1:]


def rename(name, folder):
    for page in (score.CACHE / name).rglob('*'):
        if page.is_file():
            copy = folder / page.relative_to(score.CACHE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(NAMES.sub(senseless, page.read_bytes()))


def main():
    print('| set | F1 | precision | recall | exact | segF1 |\n|---|---|---|---|---|---|')
    columns = ['F1', 'precision', 'recall', 'exact', 'segF1']
    cache = score.CACHE
    for name in sys.argv[1:] or score.SETS[:6]:
        score.unpack(name)
        gold = score.read_gold(name)
        ids = [page['id'] for page in gold]
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            rename(name, folder)
            figures = []
            for score.CACHE in (cache, folder):
                score.predict_out_of_fold(gold, folder / 'predictions')
                figures.append(score.score(name, folder / 'predictions', ids, folder))
            score.CACHE = cache
        cells = ['%.4f → %.4f' % (figures[0][c], figures[1][c]) if c in figures[0] else '' for c in columns]
        print(f'| {name} | ' + ' | '.join(cells) + ' |')


if __name__ == '__main__':
    main()
