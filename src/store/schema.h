// SPDX-License-Identifier: GPL-3.0-or-later
// The database's schema as the list of steps that led to it. Append-only: a step that has shipped
// never changes, since it has run on operators' machines.
#pragma once

#include <array>

namespace heliograph::store {

// Step n brings a database with user_version n to n + 1. Times are seconds since 1970 in UTC.
inline constexpr std::array kMigrations = {
    // Version 1.
    R"sql(
CREATE TABLE source (
    url TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    section TEXT NOT NULL,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    checked INTEGER,
    succeeded INTEGER,
    changed INTEGER,
    failures INTEGER NOT NULL,
    problem TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE url (
    number INTEGER PRIMARY KEY,            -- order of discovery
    url TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    fate TEXT NOT NULL,                    -- model/fate.h
    reason TEXT NOT NULL,
    article TEXT NOT NULL,                 -- id or ''
    discovered INTEGER NOT NULL,
    checked INTEGER,
    next_attempt INTEGER,                  -- null: not by itself
    attempts INTEGER NOT NULL,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    entry_updated TEXT NOT NULL,           -- RFC 3339 or ''
    entry TEXT                             -- JSON; null when it cannot come due again
);
CREATE INDEX url_due ON url (source, next_attempt) WHERE next_attempt IS NOT NULL;
CREATE INDEX url_article ON url (article) WHERE article <> '';

CREATE TABLE url_source (                  -- every source that tells of an address
    url TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (url, source)
) WITHOUT ROWID;

CREATE TABLE article (
    id TEXT PRIMARY KEY,
    canonical_url TEXT NOT NULL UNIQUE,
    publisher TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT NOT NULL,               -- RFC 3339 or ''
    appeared INTEGER NOT NULL,             -- model/article.h, appeared()
    language TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    lead_image_url TEXT NOT NULL,
    lead_image_alt TEXT NOT NULL,
    revision INTEGER NOT NULL,
    captured INTEGER NOT NULL,
    first_captured INTEGER NOT NULL,
    content_hash TEXT NOT NULL,            -- of what makes a revision
    fingerprint TEXT NOT NULL,             -- of all that a page shows
    page TEXT NOT NULL,                    -- blob of the raw page
    document TEXT NOT NULL                 -- JSON: the rest of the article
);
CREATE INDEX article_order ON article (appeared DESC, id);

CREATE TABLE revision (                    -- earlier texts, for readers and for better extraction
    article TEXT NOT NULL,
    number INTEGER NOT NULL,
    captured INTEGER NOT NULL,
    title TEXT NOT NULL,
    page TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;

CREATE TABLE picture (
    url TEXT PRIMARY KEY,
    hash TEXT NOT NULL,                    -- '' while there is none
    media_type TEXT NOT NULL,
    extension TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    size INTEGER NOT NULL,
    problem TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt INTEGER
) WITHOUT ROWID;

CREATE TABLE article_picture (
    article TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (article, url)
) WITHOUT ROWID;
CREATE INDEX article_picture_url ON article_picture (url);

CREATE TABLE built (
    target TEXT NOT NULL,
    path TEXT NOT NULL,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (target, path)
) WITHOUT ROWID;

CREATE TABLE target (
    name TEXT PRIMARY KEY,
    marker TEXT NOT NULL,
    pending_marker TEXT,
    published INTEGER
) WITHOUT ROWID;

CREATE TABLE published (
    target TEXT NOT NULL,
    path TEXT NOT NULL,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (target, path)
) WITHOUT ROWID;

CREATE TABLE pending_change (
    target TEXT NOT NULL,
    path TEXT NOT NULL,
    hash TEXT NOT NULL,                    -- '' for a removal
    size INTEGER NOT NULL,
    PRIMARY KEY (target, path)
) WITHOUT ROWID;
)sql",
    // Version 2: lists, and what changed in them.
    R"sql(
CREATE TABLE listed (                      -- articles as lists show them
    article TEXT PRIMARY KEY,
    publisher TEXT NOT NULL,
    sections TEXT NOT NULL,                -- a line each, as are tags and media
    title TEXT NOT NULL,
    published TEXT NOT NULL,               -- RFC 3339 or ''
    language TEXT NOT NULL,
    tags TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    lead_image_url TEXT NOT NULL,
    lead_image_alt TEXT NOT NULL,
    revision INTEGER NOT NULL,
    captured INTEGER NOT NULL,
    first_captured INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    media TEXT NOT NULL                    -- paths of the pictures its page shows
) WITHOUT ROWID;

CREATE TABLE listing (                     -- which article is in which list
    list TEXT NOT NULL,                    -- a, m2026-11, s<section>, t<tag key>
    appeared INTEGER NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (list, appeared DESC, article)
) WITHOUT ROWID;

CREATE TABLE tag (                         -- as it was written first
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE unplaced (article TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO unplaced SELECT id FROM article;

CREATE TABLE change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL,
    before TEXT NOT NULL                   -- JSON of model/list.h, Place; '' when it was not listed
);

CREATE TABLE build (
    target TEXT PRIMARY KEY,
    change INTEGER NOT NULL,               -- the last one it shows
    generation TEXT NOT NULL               -- of configuration and theme
) WITHOUT ROWID;

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)sql",
    // Version 3: what home shows beside articles (the editors' picks), as last built.
    "ALTER TABLE build ADD COLUMN fronts TEXT NOT NULL DEFAULT '';",
    // Version 4: articles that left.
    R"sql(
CREATE TABLE tombstone (
    article TEXT PRIMARY KEY,
    canonical_url TEXT NOT NULL UNIQUE,
    appeared INTEGER NOT NULL,
    sections TEXT NOT NULL,                -- a line each
    withdrawn INTEGER NOT NULL,            -- 0: by age or for want of room
    reason TEXT NOT NULL,
    time INTEGER NOT NULL,
    was_listed INTEGER NOT NULL            -- readers may have seen it
) WITHOUT ROWID;
)sql",
    // Version 5: what polling, re-checks, the silence alarm and an address's story need.
    R"sql(
ALTER TABLE source ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN next_poll INTEGER;
ALTER TABLE source ADD COLUMN ttl INTEGER;               -- seconds
ALTER TABLE source ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN hub TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN failing_since INTEGER;
ALTER TABLE source ADD COLUMN empty_since INTEGER;
ALTER TABLE source ADD COLUMN items INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN news TEXT NOT NULL DEFAULT '';  -- times, a line each

ALTER TABLE url ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
ALTER TABLE url ADD COLUMN guid TEXT NOT NULL DEFAULT '';
CREATE INDEX url_guid ON url (source, guid) WHERE guid <> '';

CREATE TABLE event (                       -- the story of an address, the newest part of it
    number INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    time INTEGER NOT NULL,
    what TEXT NOT NULL
);
CREATE INDEX event_url ON event (url, number);

CREATE TABLE alias (                       -- other addresses of an article, by what they have in
    key TEXT PRIMARY KEY,                  -- common with variants: html/url.h, identity_key
    url TEXT NOT NULL,
    article TEXT NOT NULL,
    why TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX alias_article ON alias (article);

CREATE TABLE robots (                      -- robots.txt files as last had
    key TEXT PRIMARY KEY,                  -- origin, and the way to it
    fetched INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;
)sql",
    // Version 6: how the publications of a target went.
    R"sql(
ALTER TABLE target ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;   -- in a row
ALTER TABLE target ADD COLUMN problem TEXT NOT NULL DEFAULT '';      -- of the last failure
)sql",
    // Version 7: what a source's document was when it was read last (model/source_kind.h).
    R"sql(
ALTER TABLE source ADD COLUMN kind TEXT NOT NULL DEFAULT '';
UPDATE source SET kind = 'feed' WHERE succeeded IS NOT NULL;  -- there were no others
)sql",
    // Version 8: from here on the documents of articles and revisions are packed (zstd). Those that
    // are there stay as they are; a program of before must not see the new ones.
    "",
    // Version 9: a picture's other sizes and formats.
    R"sql(
CREATE TABLE picture_other (
    url TEXT NOT NULL,                     -- of the picture
    number INTEGER NOT NULL,               -- their order
    hash TEXT NOT NULL,
    media_type TEXT NOT NULL,
    extension TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (url, number)
) WITHOUT ROWID;
)sql",
};

}  // namespace heliograph::store
