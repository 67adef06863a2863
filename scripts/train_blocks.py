#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the judge of blocks on the development corpora and writes src/extract/block_model_data.cpp.

    scripts/train_blocks.py [--folds-only]

Needs build/bench/block_corpus (`cmake --build build --target block_corpus`) and the Python packages numpy
and lightgbm, in a virtual environment: it is a developer's tool, and no build needs it.

A block is a positive example when most of its words stand in the article as annotated, in its order; it
weighs what it does to its page's score. Each page is learned twice: as it is, and with its names of classes
and ids made senseless, for what they say must not outweigh all else. Five more models, each trained without one fold of the sites, go to
build/fold_models: `./dev score` judges every page with the one that has not seen its site.
"""
import hashlib
import json
import multiprocessing
import pathlib
import pickle
import subprocess
import sys
import tempfile

import lightgbm
import numpy as np

import score as scores
import score_senseless_names as senseless

TOP = scores.TOP
sys.path.insert(0, str(scores.SHARED / 'tools'))
import score_extraction as scorer  # noqa: E402

SETS = ['naeb', 'wcxb', 'daniel', 'trafilatura', 'gne', 'readability']
# What a page of a set counts: naeb is small and its annotation the most careful; readability's is a tool's.
SET_WEIGHT = {'naeb': 2, 'readability': .3}
SENSELESS_WEIGHT = .5  # of a page without names, beside the page itself
FOLDS = range(5)
FEATURES = 155  # kFeatures of block_features.h
TREES = 300
PARAMETERS = dict(objective='binary', num_leaves=24, max_depth=6, learning_rate=.05, min_data_in_leaf=40,
                  feature_fraction=.4, bagging_fraction=.8, bagging_freq=1, lambda_l2=5, max_bin=63, verbose=-1,
                  seed=1, deterministic=True, force_row_wise=True, num_threads=2)
FOLDER = TOP / 'build/fold_models'
LABELS = TOP / 'build/labels'


class PrefixBest:
    """The best (gain, index) at or before a position (a Fenwick tree)."""

    def __init__(self, size):
        self.best = [(0, -1)] * (size + 2)

    def put(self, position, entry):
        position += 1
        while position < len(self.best):
            self.best[position] = max(self.best[position], entry)
            position += position & -position

    def up_to(self, position):
        position += 1
        best = (0, -1)
        while position > 0:
            best = max(best, self.best[position])
            position -= position & -position
        return best


def matches(tokens, gold, places, grams):
    """Where a block may stand in the gold text: (begin, end, words found)."""
    if len(tokens) < 4:
        return [(p, p + len(tokens), len(tokens) - .3) for p in places.get(tokens[0], ())[:40]
                if gold[p:p + len(tokens)] == tokens] if tokens else []
    votes = {}
    for i in range(len(tokens) - 3):
        for p in grams.get(tuple(tokens[i:i + 4]), ())[:30]:
            votes.setdefault(p - i, []).append(i)
    found = []
    for offset, at in sorted(votes.items(), key=lambda vote: -len(vote[1]))[:4]:
        covered = {j for other, near in votes.items() if abs(other - offset) <= 3 for i in near for j in range(i, i + 4)}
        found.append((offset + min(at), offset + max(at) + 4, len(covered)))
    return found


def shares_in_gold(blocks, gold):
    """The share of each block's words that stand in the gold text, blocks in its order."""
    places, grams = {}, {}
    for i, token in enumerate(gold):
        places.setdefault(token, []).append(i)
    for i in range(len(gold) - 3):
        grams.setdefault(tuple(gold[i:i + 4]), []).append(i)
    best, links = PrefixBest(len(gold)), []
    for b, tokens in enumerate(blocks):
        new = []
        for begin, end, found in matches(tokens, gold, places, grams):
            gain, before = best.up_to(min(max(begin, 0) + 1, len(gold)))
            new.append((gain + found, b, begin, end, found, before))
        for link in new:
            links.append(link)
            best.put(min(link[3], len(gold)), (link[0], len(links) - 1))
    chain, at = [], best.up_to(len(gold))[1]
    while at >= 0:
        chain.append(links[at])
        at = links[at][5]
    chain.reverse()
    shares = [0.] * len(blocks)
    for i, (_, b, begin, end, found, _) in enumerate(chain):
        gap_before = begin - (chain[i - 1][3] if i else 0)
        gap_after = (chain[i + 1][2] if i + 1 < len(chain) else len(gold)) - end
        length = len(blocks[b])
        # A few words alone in the middle of what was not found are there by chance.
        if length < 4 and min(gap_before, gap_after) > (0 if length == 1 else 2):
            continue
        shares[b] = min(1., found / length) if length >= 4 else 1.
    return shares


def label_from_cache(task):
    """As label, with a file for each answer: a new feature changes no text, and labels take longest."""
    page, texts = task
    key = hashlib.sha256(json.dumps([page.get(k) for k in ('text', 'with', 'without')] + texts).encode()).hexdigest()
    cached = LABELS / key
    if not cached.exists():
        new = LABELS / f'{key}.{multiprocessing.current_process().pid}'
        new.write_bytes(pickle.dumps(label(page, texts)))
        new.rename(cached)
    return pickle.loads(cached.read_bytes())


def label(page, texts):
    """Label and weight of each block of a page."""
    tokens = [scorer.tokenize(text) for text in texts]
    if page.get('text') is not None:
        gold = scorer.tokenize(page['text'])
        shares = np.array(shares_in_gold(tokens, gold))
        length = np.array([len(t) for t in tokens])
        weights = np.minimum((np.minimum(length, 200) + 4) / (len(gold) + 60), .3)
        if (shares * length).sum() < .6 * len(gold):
            weights = weights * .1  # another state of the page
        return shares >= .5, weights
    collapsed = [scorer.collapse(text) for text in texts]

    def holds(key):
        segments = [s for s in map(scorer.collapse, page.get(key) or []) if s]
        return np.array([any(s in text for s in segments) for text in collapsed], dtype=bool)
    inside = holds('with')
    return inside, np.where(inside | holds('without'), .04, 0.)


def read_set(name, folder, work):
    """The blocks of a set's pages in `folder`: numbers, labels, weights, folds."""
    gold = scores.read_gold(name)
    (work / 'gold.jsonl').write_text(''.join(json.dumps(page) + '\n' for page in gold))
    made = subprocess.run([TOP / 'build/bench/block_corpus', folder, work / 'gold.jsonl', work / 'numbers'],
                          check=True, capture_output=True)
    labels, weights, folds = [], [], []
    by_id = {page['id']: page for page in gold}
    answers = [json.loads(line) for line in made.stdout.decode().split('\n') if line]
    pages = [by_id[answer['id']] for answer in answers]
    LABELS.mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool() as pool:
        labelled = pool.map(label_from_cache, zip(pages, (answer['texts'] for answer in answers)), chunksize=4)
    for page, (is_text, weight) in zip(pages, labelled):
        labels.append(is_text)
        weights.append(weight * SET_WEIGHT.get(name, 1))
        folds.append(np.full(len(is_text), page['fold']))
    return (np.fromfile(work / 'numbers', dtype=np.float32).reshape(-1, FEATURES), np.concatenate(labels).astype(int),
            np.concatenate(weights), np.concatenate(folds))


def read_blocks():
    """All blocks, and how many of them are of pages as they are."""
    work = TOP / 'build/blocks'
    work.mkdir(parents=True, exist_ok=True)
    as_they_are, without_names = [], []
    for name in SETS:
        scores.unpack(name)
        as_they_are.append(read_set(name, scores.CACHE, work))
        with tempfile.TemporaryDirectory() as folder:
            senseless.rename(name, pathlib.Path(folder))
            numbers, labels, weights, folds = read_set(name, folder, work)
        without_names.append((numbers, labels, weights * SENSELESS_WEIGHT, folds))
    numbers, labels, weights, folds = map(np.concatenate, zip(*as_they_are, *without_names))
    count = sum(len(part[0]) for part in as_they_are)
    own = weights[:count]
    return numbers, labels, weights / own[own > 0].mean(), folds, count


def train(numbers, labels, weights, rows):
    rows = rows & (weights > 0)
    data = lightgbm.Dataset(numbers[rows], labels[rows], weight=weights[rows])
    return lightgbm.train(PARAMETERS, data, TREES)


def flatten(model):
    """(nodes, roots, depth); a node is (feature, threshold, next) or (None, value, itself)."""
    nodes, roots, deepest = [], [], 0
    for tree in model.dump_model()['tree_info']:
        roots.append(len(nodes))
        nodes.append(None)
        waiting = [(len(nodes) - 1, tree['tree_structure'], 0)]
        while waiting:
            at, node, depth = waiting.pop()
            deepest = max(deepest, depth)
            if 'leaf_value' in node:
                nodes[at] = (None, node['leaf_value'], at)
                continue
            assert node['decision_type'] == '<=' and node['missing_type'] == 'None'
            nodes[at] = (node['split_feature'], node['threshold'], len(nodes))
            waiting += [(len(nodes), node['left_child'], depth + 1), (len(nodes) + 1, node['right_child'], depth + 1)]
            nodes += [None, None]
    return nodes, roots, deepest


def write_model(model, path):
    nodes, roots, depth = flatten(model)
    lines = ['leaf %.5g' % value if feature is None else '%d %.7g %d' % (feature, value, following)
             for feature, value, following in nodes]
    path.write_text('%d %d %d\n' % (len(nodes), len(roots), depth) + '\n'.join(lines) + '\n' +
                    ' '.join(map(str, roots)) + '\n')


def columns(items):
    lines, line = [], '   '
    for item in items:
        if len(line) + len(item) + 2 > 100:
            lines.append(line)
            line = '   '
        line += ' ' + item + ','
    return '\n'.join(lines + [line])


def floating(value):
    text = '%.7g' % value
    return text + ('F' if any(c in text for c in '.en') else '.0F')


def write_source(model, path, pages):
    nodes, roots, depth = flatten(model)
    path.write_text(f'''// SPDX-License-Identifier: GPL-3.0-or-later
// Written by scripts/train_blocks.py from {pages} blocks of the development corpora: do not edit.
#include <array>
#include <limits>

#include "extract/block_model.h"

// clang-format off
namespace heliograph::extract {{
namespace {{

constexpr float kLeaf = std::numeric_limits<float>::infinity();

constexpr auto kNodes = std::to_array<BlockModel::Node>({{
{columns('{kLeaf, 0, %d}' % n if f is None else '{%s, %d, %d}' % (floating(v), f, n) for f, v, n in nodes)}
}});

constexpr auto kValues = std::to_array<float>({{
{columns(floating(v) if f is None else '0' for f, v, n in nodes)}
}});

constexpr auto kRoots = std::to_array<std::uint16_t>({{
{columns(map(str, roots))}
}});

}}  // namespace

const BlockModel& BlockModel::built_in() {{
    static constexpr BlockModel model(kNodes, kValues, kRoots, {depth});
    return model;
}}

}}  // namespace heliograph::extract
''')


def main():
    numbers, labels, weights, folds, count = read_blocks()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for fold in FOLDS:
        write_model(train(numbers, labels, weights, folds != fold), FOLDER / f'{fold}.txt')
    if '--folds-only' not in sys.argv[1:]:
        write_source(train(numbers, labels, weights, folds >= 0), TOP / 'src/extract/block_model_data.cpp', count)


if __name__ == '__main__':
    main()
