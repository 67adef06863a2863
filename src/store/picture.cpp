// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Store that keeps pictures, each with its other sizes and formats.
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/state.h"
#include "store/store.h"

namespace heliograph::store {
namespace {

using AssetsByUrl = std::map<std::string, Asset, std::less<>>;

// From column `first` on: hash, media_type, extension, width, height, size.
Asset read_asset(const Statement& s, int first) {
    return {.hash = s.text(first),
            .media_type = s.text(first + 1),
            .extension = s.text(first + 2),
            .width = static_cast<int>(s.number(first + 3)),
            .height = static_cast<int>(s.number(first + 4)),
            .size = static_cast<std::uint64_t>(s.number(first + 5))};
}

Statement& bind_asset(Statement& s, const Asset& asset) {
    return s.bind(asset.hash)
        .bind(asset.media_type)
        .bind(asset.extension)
        .bind(std::int64_t{asset.width})
        .bind(std::int64_t{asset.height})
        .bind(static_cast<std::int64_t>(asset.size));
}

PictureRow read_picture(const Statement& s) {
    PictureRow row;
    row.url = s.text(0);
    if (!s.text(1).empty()) row.asset = read_asset(s, 1);
    row.problem = s.text(7);
    row.attempts = static_cast<int>(s.number(8));
    row.next_attempt = s.optional_time(9);
    return row;
}

// The pictures, and what belongs to them: both by address in column 0.
AssetsByUrl read_assets(Statement pictures, Statement others) {
    AssetsByUrl out;
    while (pictures.step()) out.emplace(pictures.text(0), read_asset(pictures, 1));
    while (!out.empty() && others.step()) {
        if (const auto found = out.find(others.text(0)); found != out.end())
            found->second.others.push_back(read_asset(others, 1));
    }
    return out;
}

}  // namespace

std::optional<PictureRow> Store::picture(const std::string& url) {
    Statement s = state_->database.prepare(
        "SELECT url, hash, media_type, extension, width, height, size, problem, attempts, "
        "next_attempt FROM picture WHERE url = ?");
    s.bind(url);
    if (!s.step()) return std::nullopt;
    PictureRow row = read_picture(s);
    Statement others = state_->database.prepare(
        "SELECT hash, media_type, extension, width, height, size FROM picture_other WHERE url = ? "
        "ORDER BY number");
    others.bind(url);
    while (row.asset && others.step()) row.asset->others.push_back(read_asset(others, 0));
    return row;
}

void Store::save_picture(const PictureRow& picture) {
    Database& database = state_->database;
    const Asset asset = picture.asset.value_or(Asset{});
    {
        Statement s = database.prepare(
            "INSERT OR REPLACE INTO picture (url, hash, media_type, extension, width, height, "
            "size, problem, attempts, next_attempt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        bind_asset(s.bind(picture.url), asset)
            .bind(picture.problem)
            .bind(std::int64_t{picture.attempts})
            .bind(picture.next_attempt)
            .run();
    }
    database.prepare("DELETE FROM picture_other WHERE url = ?").bind(picture.url).run();
    for (std::size_t i = 0; i < asset.others.size(); ++i) {
        Statement s = database.prepare(
            "INSERT INTO picture_other (url, number, hash, media_type, extension, width, height, "
            "size) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        bind_asset(s.bind(picture.url).bind(static_cast<std::int64_t>(i)), asset.others[i]).run();
    }
    std::vector<std::string> articles;
    {
        Statement s = database.prepare("SELECT article FROM article_picture WHERE url = ?");
        s.bind(picture.url);
        while (s.step()) articles.push_back(s.text(0));
    }
    for (const std::string& article : articles) state_->refresh_fingerprint(article);
}

std::vector<std::pair<PictureRow, std::string>> Store::due_pictures(Time now) {
    Statement s = state_->database.prepare(
        "SELECT p.url, p.hash, p.media_type, p.extension, p.width, p.height, p.size, p.problem, "
        "p.attempts, p.next_attempt, MIN(u.source) FROM picture p JOIN article_picture a ON "
        "a.url = p.url JOIN url u ON u.article = a.article WHERE p.next_attempt <= ? GROUP BY "
        "p.url ORDER BY p.url");
    s.bind(now);
    std::vector<std::pair<PictureRow, std::string>> out;
    while (s.step()) out.emplace_back(read_picture(s), s.text(10));
    return out;
}

AssetsByUrl Store::pictures_of(const std::string& article_id) {
    Statement pictures = state_->database.prepare(
        "SELECT p.url, p.hash, p.media_type, p.extension, p.width, p.height, p.size FROM "
        "article_picture a JOIN picture p ON p.url = a.url WHERE a.article = ? AND p.hash <> ''");
    Statement others = state_->database.prepare(
        "SELECT o.url, o.hash, o.media_type, o.extension, o.width, o.height, o.size FROM "
        "article_picture a JOIN picture_other o ON o.url = a.url WHERE a.article = ? ORDER BY "
        "o.url, o.number");
    pictures.bind(article_id);
    others.bind(article_id);
    return read_assets(std::move(pictures), std::move(others));
}

std::vector<Asset> Store::pictures_in_use() {
    Statement s = state_->database.prepare(
        "SELECT p.hash, p.media_type, p.extension, p.width, p.height, p.size FROM picture p WHERE "
        "p.hash <> '' AND EXISTS (SELECT 1 FROM article_picture a WHERE a.url = p.url) GROUP BY "
        "p.hash ORDER BY p.hash");
    std::vector<Asset> out;
    while (s.step()) out.push_back(read_asset(s, 0));
    return out;
}

std::vector<Asset> Store::other_pictures_in_use() {
    Statement s = state_->database.prepare(
        "SELECT o.hash, o.media_type, o.extension, o.width, o.height, o.size FROM picture_other o "
        "WHERE EXISTS (SELECT 1 FROM article_picture a WHERE a.url = o.url) GROUP BY o.hash ORDER "
        "BY o.hash");
    std::vector<Asset> out;
    while (s.step()) out.push_back(read_asset(s, 0));
    return out;
}

bool Store::picture_in_use(const std::string& hash) {
    Statement s = state_->database.prepare(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM picture p JOIN article_picture a ON a.url = p.url "
        "WHERE p.hash = ?1) OR EXISTS (SELECT 1 FROM picture_other o JOIN article_picture a ON "
        "a.url = o.url WHERE o.hash = ?1)");
    s.bind(hash);
    return s.step();
}

}  // namespace heliograph::store
