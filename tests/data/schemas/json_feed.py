# SPDX-License-Identifier: GPL-3.0-or-later
"""Says what a JSON feed has that version 1.1 (jsonfeed.org/version/1.1) does not allow, or misses.

Nothing on standard output means that it is valid.
"""
import json
import re
import sys

ADDRESS = r'https?://[^ ]+'
MOMENT = r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)'
LANGUAGE = r'[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*'
FEED = {'version': r'https://jsonfeed\.org/version/1\.1', 'title': '.+', 'home_page_url': ADDRESS,
        'feed_url': ADDRESS, 'description': '.+', 'language': LANGUAGE, 'items': list}
ITEM = {'id': '.+', 'url': ADDRESS, 'external_url': ADDRESS, 'title': '.+', 'content_html': '.*',
        'content_text': '.*', 'summary': '.+', 'image': ADDRESS, 'date_published': MOMENT,
        'date_modified': MOMENT, 'authors': list, 'tags': list, 'language': LANGUAGE}


def check(where, values, rules):
    for key, value in values.items():
        rule = rules.get(key)
        if rule is None:
            print(f'{where}: {key} is no key of the format')
        elif rule is list:
            if not isinstance(value, list) or (key != 'items' and not value):
                print(f'{where}: {key} is no list of something')
        elif not isinstance(value, str) or not re.fullmatch(rule, value, re.S):
            print(f'{where}: {key} is {value!r:.80}')


with open(sys.argv[1], encoding='utf-8') as file:
    feed = json.load(file)
check('feed', feed, FEED)
for key in ('version', 'title', 'items'):
    if key not in feed:
        print(f'feed: no {key}')
ids = set()
for number, item in enumerate(feed['items']):
    where = f'item {number}'
    check(where, item, ITEM)
    if 'id' not in item or item['id'] in ids:
        print(f'{where}: no id of its own')
    ids.add(item.get('id'))
    if ('content_html' in item) == ('content_text' in item):
        print(f'{where}: needs one content, html or text')
    for author in item.get('authors', []):
        if not isinstance(author, dict) or set(author) - {'name', 'url', 'avatar'} or not author.get('name'):
            print(f'{where}: author {author!r}')
    for tag in item.get('tags', []):
        if not isinstance(tag, str) or not tag:
            print(f'{where}: tag {tag!r}')
