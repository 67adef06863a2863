#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fits the confidence of the body on the development corpora and writes src/extract/confidence_data.h.

    scripts/fit_confidence.py [--dry-run] [--signals]

Needs build/bench/extract_corpus, the fold models of scripts/train_blocks.py and the Python package numpy: it
is a developer's tool, and no build needs it. Run it after each training of the classifier.

Confidence is the probability that the F1 of a body (4-gram shingles) is .9 or more. Each page is judged by a
classifier that has not seen its site; the signals of the page (src/extract/confidence.h) are the input of a
logistic regression. Every set counts the same. The figures that are printed are of pages of sites that the
regression has not seen either. --signals prints what each signal is worth alone and what the fit loses
without it; --dry-run writes nothing.
"""
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

import score as scores

RIGHT = .9
PENALTY = 2.0  # of squared weights; keeps signals that say the same from working against each other
OUT = scores.TOP / 'src/extract/confidence_data.h'


def read_pages():
    """Signals, F1, set and fold of each page with text."""
    signals, f1, sets, folds = [], [], [], []
    with tempfile.TemporaryDirectory() as place:
        for name in scores.CONFIDENCE_SETS:
            gold = scores.read_gold(name)
            scores.unpack(name)
            predictions = pathlib.Path(place) / name
            scores.predict_out_of_fold(gold, predictions)
            made = {page['id']: page for page in scores.read_lines(predictions)}
            for page in gold:
                prediction = made[page['id']]
                if 'signals' not in prediction or not page.get('text'):
                    continue
                signals.append([value for _, value in prediction['signals']])
                f1.append(scores.page_f1(page, prediction))
                sets.append(name)
                folds.append(page['fold'])
                names = [signal for signal, _ in prediction['signals']]
    return np.array(signals), np.array(f1), np.array(sets), np.array(folds), names


def fit(x, y, weight):
    """Bias and weights by Newton's method."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([np.ones((len(x), 1)), (x - mean) / spread])
    beta = np.zeros(z.shape[1])
    ridge = np.diag([0] + [PENALTY] * x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ beta))
        gradient = z.T @ (weight * (y - p)) - ridge @ beta
        hessian = (z * (weight * p * (1 - p))[:, None]).T @ z + ridge
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-9:
            break
    weights = beta[1:] / spread
    return beta[0] - weights @ mean, weights


def predict(x, bias, weights):
    return 1 / (1 + np.exp(-(bias + x @ weights)))


def out_of_fold(x, y, weight, folds):
    p = np.zeros(len(y))
    for fold in np.unique(folds):
        held = folds == fold
        p[held] = predict(x[held], *fit(x[~held], y[~held], weight[~held]))
    return p


def area(p, y):
    """Of the curve of true against false positives: 1 ranks every right page above every wrong one."""
    order = np.argsort(p, kind='stable')
    ranks = np.empty(len(p))
    ranks[order] = np.arange(1, len(p) + 1)
    for value in np.unique(p):  # equal confidence, equal rank
        ranks[p == value] = ranks[p == value].mean()
    right = y == 1
    return (ranks[right].sum() - right.sum() * (right.sum() + 1) / 2) / (right.sum() * (~right).sum())


def log_loss(p, y, weight):
    p = np.clip(p, .02, .98)
    return -(weight * (y * np.log(p) + (1 - y) * np.log(1 - p))).sum() / weight.sum()


def main():
    x, f1, sets, folds, names = read_pages()
    y = (f1 >= RIGHT).astype(float)
    weight = np.array([1 / (sets == name).sum() for name in sets]) * len(sets) / len(set(sets))
    p = out_of_fold(x, y, weight, folds)
    print(f'{len(y)} pages, {y.mean():.3f} of them right; log loss {log_loss(p, y, weight):.4f}, '
          f'area under the curve {area(p, y):.3f}')
    for name in scores.CONFIDENCE_SETS:
        print(f'  {name}: area {area(p[sets == name], y[sets == name]):.3f}')
    print(scores.confidence_table(zip(p, f1)))
    bias, weights = fit(x, y, weight)
    for signal, value, column in zip(names, weights, x.T):
        print(f'{signal:20} {value:8.3f}   mean {column.mean():.3f}')
    if '--signals' in sys.argv:
        for i, signal in enumerate(names):
            without = out_of_fold(np.delete(x, i, 1), y, weight, folds)
            alone = out_of_fold(x[:, [i]], y, weight, folds)
            print(f'{signal:20} alone: {area(alone, y):.3f}; log loss without it: '
                  f'{log_loss(without, y, weight) - log_loss(p, y, weight):+.4f}')
    if '--dry-run' in sys.argv:
        return
    commit = subprocess.run(['git', '-C', scores.TOP, 'log', '-1', '--format=%h'], capture_output=True,
                            text=True).stdout.strip()
    values = ''.join(f'    // {signal}\n    {value:.4f},\n' for signal, value in zip(names, weights))
    OUT.write_text(f'''// SPDX-License-Identifier: GPL-3.0-or-later
// Weights of the signals of confidence.h. Made by scripts/fit_confidence.py at commit {commit} from
// {len(y)} pages of {', '.join(scores.CONFIDENCE_SETS)}, each judged by a classifier that has not seen its site. Out
// of fold: log loss {log_loss(p, y, weight):.4f}, area under the curve {area(p, y):.3f}. Do not edit by hand.
#pragma once

#include <array>

namespace heliograph::extract {{

inline constexpr double kConfidenceBias = {bias:.4f};
inline constexpr std::array<double, {len(names)}> kConfidenceWeights = {{
{values}}};

}}  // namespace heliograph::extract
''')


if __name__ == '__main__':
    main()
