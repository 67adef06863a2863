#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when the sources name a site of the development corpora: one behaviour for all of them.

Exit 77, skipped, where the corpora are not beside the checkout.
"""
import re
import sys

import score

# Name the networks whose embedded posts and films they tell apart.
EXEMPT = {'embed.cpp', 'media.cpp'}


def main():
    if not score.CORPUS.exists():
        print(f'no corpora at {score.CORPUS}: nothing to check')
        return 77
    sites = {page['site'] for name in score.SETS for page in score.read_gold(name) if '.' in page.get('site', '')}
    name = re.compile(r'(?<![\w.-])(?:[\w-]+\.)*?(%s)(?![\w-])' % '|'.join(map(re.escape, sorted(sites, key=len, reverse=True))))
    found = [(path, match.group(1)) for path in sorted((score.TOP / 'src/extract').rglob('*')) if path.is_file() and path.name not in EXEMPT
             for match in name.finditer(path.read_text(encoding='utf-8').lower())]
    for path, site in found:
        print(f'{path.relative_to(score.TOP)}: names {site}')
    print(f'{len(sites)} sites, {len(found)} of them named')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
