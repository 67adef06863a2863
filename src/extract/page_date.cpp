// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/page_date.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "base/utf8.h"
#include "extract/class_words.h"
#include "extract/date_text.h"
#include "extract/short_text.h"
#include "extract/text_fold.h"
#include "extract/trace.h"
#include "extract/word_list.h"

namespace heliograph::extract {
namespace {

using html::Node;
using std::chrono::days;
using std::chrono::sys_days;

// A printed date has a short text; a longer one is prose that happens to have a date.
constexpr std::size_t kMaxDateLineBytes = 250;
// Elements between headline and date. Beyond it a date is of another article as likely as not.
constexpr std::size_t kFarElements = 250;
constexpr std::size_t kMaxDateSpots = 60;
// Words round a printed date: a place, a name, "Published", a time of reading.
constexpr std::size_t kMaxRoundDate = 120;
constexpr double kWithinSentence = 0.6;
// A printed "Published 4 March 2026" is what the newsroom tells its readers.
constexpr double kLabelled = 1.5;
// A date of publication that weighs less is of another article as likely as not.
constexpr double kWeakScore = 0.45;
// A day of publication that is the day of change to the second.
constexpr double kUndecided = 0.8;
// A date in a quotation, as of a post of others, is that of the quoted.
constexpr double kQuoted = 0.3;
constexpr int kQuoteLevels = 8;  // elements between a line of a quotation and the <blockquote>
// What a printed date weighs at least when it stands near the headline.
constexpr double kNearWeight = 0.5;

struct Claim {
    DateTime time;
    double weight = 0;
    const char* source = "";
    bool is_printed = false;    // readers see it
    bool is_ambiguous = false;  // month and day may be the other way round
};

sys_days day_of(const DateTime& time) { return sys_days{local_day(time)}; }

// In UTC, or in a zone that nobody named: its day may be another than readers were told.
bool is_utc(const DateTime& time) {
    return time.has_time && (!time.offset || time.offset->count() == 0);
}

bool is_plausible(const DateTime& time) {
    const int year = static_cast<int>(local_day(time).year());
    return year >= 1995 && year <= 2100;
}

// The words before (or, in a few languages, behind) a date that say it is of a later change.
bool says_updated(std::string_view text) {
    static const WordList words(
        "update|modified|edited|revised|corrected|reviewed|aktualisi|geändert|mis à jour|"
        "mise à jour|modifié|actualiza|atualiza|aggiorna|bijgewerkt|gewijzigd|uppdatera|"
        "oppdatert|opdatere|endret|ændret|päivitetty|muokattu|aktualiz|zaktualiz|modyfik|"
        "upraven|frissít|módos|actualizat|ažurira|izmenjeno|güncel|ενημέρωση|τροποπ|обновл|"
        "измен|оновл|更新|修改|最終更新|수정|تحديث|آخر "
        "تعديل|به‌روز|بروزرسانی|עודכן|อัปเดต|cập "
        "nhật|"
        "diperbarui|dikemas kini|अपडेट");
    return words.any_in(lowered(text));
}

bool says_published(std::string_view text) {
    static const WordList words(
        "publish|posted|veröffentlicht|erstellt|publié|publicado|pubblicat|gepubliceerd|"
        "publicerad|publisert|opublikowan|dodano|опубликов|发布|發布|公開|掲載|입력|등록|نشر|"
        "منتشر");
    return words.any_in(lowered(text));
}

// Of a person: the day of joining a forum, of birth.
bool says_joined(std::string_view text) {
    static const WordList words(
        "joined|member since|registered|registriert|mitglied seit|inscrit|miembro desde|born |"
        "geboren|зарегистрирован|на сайте с|注册|登録日|가입");
    return words.any_in(lowered(text));
}

// No date without a digit: ASCII, or the first byte of those of other scripts.
bool may_have_date(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (c >= '0' && c <= '9') || byte == 0xD9 || byte == 0xDB || byte == 0xE0 ||
               byte == 0xE1 || byte == 0xEF;
    });
}

class Chooser {
  public:
    Chooser(std::string_view language, std::string_view host) : language_(language), host_(host) {}

    void publish(std::string_view text, double weight, const char* source) {
        add(published_, text, weight, source, false);
    }
    void update(std::string_view text, double weight, const char* source) {
        add(updated_, text, weight, source, false);
    }
    void add(std::vector<Claim>& claims, std::string_view text, double weight, const char* source,
             bool printed) {
        if (auto time = read_any_date(text, language_, host_); time && is_plausible(*time))
            claims.push_back({*time, weight, source, printed, false});
    }

    // Every date of a printed text, each as what the words before it say.
    // True when there was one.
    bool add_printed(std::string_view text, double weight, const char* source, bool updated) {
        if (!may_have_date(text)) return false;
        bool any = false;
        double labelled = 1.0;
        for (int count = 0; count < 3; ++count) {
            const auto found = find_date(text, date_order(language_, host_), language_);
            if (!found) break;
            const std::string_view before = text.substr(0, found->begin);
            // A word of change holds for the dates behind it until one of publication.
            if (says_joined(before)) {
                text.remove_prefix(found->end);
                continue;
            }
            if (says_updated(before)) {
                updated = true;
                labelled = 1.0;
            } else if (says_published(before)) {
                updated = false;
                labelled = kLabelled;
            }
            if (is_plausible(found->time)) {
                // A date within a sentence may be of anything.
                const double alone = text.size() - (found->end - found->begin) > kMaxRoundDate
                                         ? kWithinSentence
                                         : 1.0;
                Claim claim{found->time, weight * alone * labelled, source, true,
                            found->is_ambiguous};
                (updated ? updated_ : published_).push_back(claim);
                any = true;
            }
            text.remove_prefix(found->end);
            weight *= 0.8;
        }
        return any;
    }

    DateChoice choose(Trace* trace) {
        DateChoice choice;
        settle_ambiguous();
        double published_score = 0;
        double updated_score = 0;
        choice.published =
            decide(published_, choice.published_evidence, published_score, "published", trace);
        choice.updated = decide(updated_, choice.updated_evidence, updated_score, "updated", trace);
        const bool is_weak = published_score < kWeakScore && updated_score > 2 * published_score;
        if ((!choice.published || is_weak) && choice.updated) {
            // The only date of the page: better than none for its place in lists.
            choice.published = choice.updated;
            choice.published_evidence = {choice.updated_evidence.source,
                                         0.5 * choice.updated_evidence.confidence};
            trace_reason(trace, "published", "the date of the last change, for want of another");
        }
        if (choice.updated && choice.published && choice.updated->utc < choice.published->utc)
            choice.updated.reset();
        return choice;
    }

  private:
    // 03/04/2026 beside a date of 2026-04-03 that is none: as that one.
    void settle_ambiguous() {
        for (auto* claims : {&published_, &updated_}) {
            for (Claim& claim : *claims) {
                if (!claim.is_ambiguous) continue;
                const auto date = local_day(claim.time);
                const std::chrono::year_month_day swapped{
                    date.year(), std::chrono::month{static_cast<unsigned>(date.day())},
                    std::chrono::day{static_cast<unsigned>(date.month())}};
                for (const Claim& other : published_) {
                    if (other.is_ambiguous || !swapped.ok()) continue;
                    const auto apart = day_of(other.time) - sys_days{swapped};
                    if (std::abs(apart.count()) <= 1)
                        claim.time.utc += sys_days{swapped} - sys_days{date};
                    if (std::abs(apart.count()) <= 1) {
                        claim.is_ambiguous = false;
                        break;
                    }
                }
            }
        }
    }

    static void trace_candidates(Trace* trace, const char* field, const std::vector<Claim>& claims,
                                 const Claim& best, const std::vector<double>& scores) {
        if (trace == nullptr) return;
        for (std::size_t i = 0; i < claims.size(); ++i)
            trace_candidate(trace, {.field = field,
                                    .value = format_rfc3339(claims[i].time),
                                    .source = std::string(claims[i].source) +
                                              (claims[i].is_printed ? ", printed" : ""),
                                    .weight = claims[i].weight,
                                    .score = scores[i],
                                    .is_chosen = &claims[i] == &best});
        trace_reason(trace, field,
                     "the highest weight of source and place, with the sources of the same day");
    }

    static std::optional<DateTime> decide(const std::vector<Claim>& claims, Evidence& evidence,
                                          double& best_score, const char* field, Trace* trace) {
        const Claim* best = nullptr;
        std::vector<double> scores;
        for (const Claim& claim : claims) {
            double score = claim.weight;
            std::vector<std::string_view> seen = {claim.source};
            for (const Claim& other : claims) {
                if (&other == &claim) continue;
                const auto apart = std::abs((day_of(other.time) - day_of(claim.time)).count());
                if (apart > 1) continue;
                // Two of one kind are one witness.
                if (std::ranges::find(seen, other.source) != seen.end()) continue;
                seen.emplace_back(other.source);
                score += apart == 0                                 ? other.weight
                         : is_utc(other.time) || is_utc(claim.time) ? 0.5 * other.weight
                                                                    : 0;
            }
            // The exact moment is worth more than its day.
            if (claim.time.has_time) score += 0.05;
            if (claim.time.has_time && claim.time.offset) score += 0.05;
            // Of two metadata of the same rank the earlier is the first publication.
            if (trace != nullptr) scores.push_back(score);
            const bool same_rank =
                best != nullptr && !claim.is_printed && !best->is_printed &&
                claim.weight == best->weight && std::string_view(claim.source) == best->source &&
                day_of(claim.time) != day_of(best->time) && std::abs(score - best_score) < 0.11;
            if (same_rank ? claim.time.utc < best->time.utc
                          : best == nullptr || score > best_score) {
                best = &claim;
                best_score = score;
            }
        }
        if (best == nullptr) return std::nullopt;
        trace_candidates(trace, field, claims, *best, scores);
        evidence = {best->source, std::min(0.97, 0.35 + 0.3 * best_score)};
        DateTime time = best->time;
        // The same clock with its zone is the better witness of the moment.
        if (time.has_time && !time.offset) {
            for (const Claim& claim : claims) {
                if (claim.time.has_time && claim.time.offset &&
                    claim.time.utc + *claim.time.offset == time.utc)
                    return claim.time;
            }
        }
        // The day that readers saw, where the moment is only known in UTC.
        if (is_utc(time)) {
            // The address has the day of the place that writes it.
            for (const Claim& claim : claims) {
                if (std::string_view(claim.source) == "url" && day_of(claim.time) == day_of(time))
                    return time;
            }
            const Claim* printed = nullptr;
            for (const Claim& claim : claims) {
                const auto apart = std::abs((day_of(claim.time) - day_of(time)).count());
                if (!claim.is_printed || claim.weight < kNearWeight || apart > 1) continue;
                if (apart == 0) return time;
                if (printed == nullptr || claim.weight > printed->weight) printed = &claim;
            }
            if (printed != nullptr) {
                // A clock beside the day tells the zone.
                const auto offset = std::chrono::duration_cast<std::chrono::minutes>(
                    printed->time.utc + printed->time.offset.value_or(std::chrono::minutes{0}) -
                    time.utc);
                if (printed->time.has_time && offset.count() % 15 == 0 &&
                    std::abs(offset.count()) <= 14 * 60) {
                    time.offset = offset;
                    return time;
                }
                return DateTime{
                    .utc = day_of(printed->time), .offset = std::nullopt, .has_time = false};
            }
            // Another source names the zone of the same moment.
            for (const Claim& claim : claims) {
                if (claim.time.utc == time.utc && claim.time.offset &&
                    claim.time.offset->count() != 0)
                    return claim.time;
            }
        }
        return time;
    }

    std::string_view language_;
    std::string_view host_;
    std::vector<Claim> published_;
    std::vector<Claim> updated_;

    friend DateChoice heliograph::extract::choose_dates(const PageFacts&, const LinkedData&,
                                                        const std::vector<Line>&, const Url&,
                                                        std::string_view, html::Node, const Entry*,
                                                        Trace*);
};

void add_metas(const PageFacts& facts, Chooser& chooser) {
    struct Key {
        std::string_view key;
        double weight;
    };
    static constexpr Key kPublished[] = {{"article:published_time", 1.0},
                                         {"og:article:published_time", 1.0},
                                         {"article:published", 0.9},
                                         {"og:published_time", 0.9},
                                         {"datepublished", 0.9},
                                         {"parsely-pub-date", 0.9},
                                         {"sailthru.date", 0.8},
                                         {"cxenseparse:recs:publishtime", 0.8},
                                         {"dc.date.issued", 0.8},
                                         {"dcterms.issued", 0.8},
                                         {"dc.date", 0.6},
                                         {"dcterms.date", 0.6},
                                         {"dcterms.created", 0.7},
                                         {"dc.date.created", 0.7},
                                         {"dc.created", 0.7},
                                         {"citation_publication_date", 0.7},
                                         {"citation_online_date", 0.8},
                                         {"pubdate", 0.8},
                                         {"publishdate", 0.8},
                                         {"publish-date", 0.8},
                                         {"publish_date", 0.8},
                                         {"publication_date", 0.8},
                                         {"publication-date", 0.8},
                                         {"published_date", 0.8},
                                         {"date", 0.6},
                                         {"article_date_original", 0.8},
                                         {"articledate", 0.7},
                                         {"article.published", 0.9},
                                         {"article.created", 0.6},
                                         {"datecreated", 0.6},
                                         {"date.created", 0.6},
                                         {"created", 0.5},
                                         {"originalpublicationdate", 0.9},
                                         {"rnews:datepublished", 0.9},
                                         {"ptime", 0.7},
                                         {"bt:pubdate", 0.8},
                                         {"vr:published_time", 0.8},
                                         {"doc_date", 0.6},
                                         {"release_date", 0.6},
                                         {"og:pubdate", 0.8},
                                         {"article:publicationdate", 0.9},
                                         {"creationdatetime", 0.7},
                                         {"buildtime", 0.0},
                                         {"analyticsattributes.articledate", 0.8},
                                         {"apub:time", 0.8},
                                         {"weibo: article:create_at", 0.8},
                                         {"date.issued", 0.8},
                                         {"dcsext.articlefirstpublished", 0.9}};
    static constexpr Key kUpdated[] = {{"article:modified_time", 1.0},
                                       {"og:updated_time", 0.8},
                                       {"datemodified", 0.9},
                                       {"dc.date.modified", 0.8},
                                       {"dcterms.modified", 0.8},
                                       {"last-modified", 0.4},
                                       {"lastmod", 0.6},
                                       {"article:modified", 0.9},
                                       {"article:updated_time", 0.9},
                                       {"revised", 0.5},
                                       {"utime", 0.6},
                                       {"article.updated", 0.8},
                                       {"weibo: article:update_at", 0.7},
                                       {"modificationdate", 0.6}};
    for (const PageFacts::Named& meta : facts.metas) {
        const std::string_view name = meta.key;
        bool known = false;
        for (const Key& key : kPublished) {
            if (key.key != name) continue;
            known = true;
            if (key.weight > 0) chooser.publish(meta.value, key.weight, "meta");
        }
        for (const Key& key : kUpdated) {
            if (key.key != name) continue;
            known = true;
            chooser.update(meta.value, key.weight, "meta");
        }
        if (known || meta.value.size() > 60) continue;
        // Names of a publisher's own: "published-date", "dw.article.publishTime".
        if (name.find("modif") != std::string_view::npos ||
            name.find("updat") != std::string_view::npos) {
            chooser.update(meta.value, 0.5, "meta");
        } else if (name.find("publi") != std::string_view::npos) {
            chooser.publish(meta.value, 0.7, "meta");
        }
    }
}

// True in an element, or one right round it, whose name says that it shows the day of a change.
bool is_named_updated(Node node) {
    for (int levels = 0; node && node.is_element() && levels < 2; ++levels, node = node.parent()) {
        // "published updated" is how one theme marks the only date there is.
        const std::string_view names = node.class_name();
        if ((class_roles(names) & kRoleUpdated) != 0) return !names.contains("publish");
        if (html::is_block(node.tag()) && levels > 0) break;
    }
    return false;
}

bool is_quoted(Node node) {
    for (int levels = 0; node && levels < kQuoteLevels; ++levels, node = node.parent()) {
        if (node.is_element() && node.tag() == LXB_TAG_BLOCKQUOTE) return true;
    }
    return false;
}

// <time>, itemprop and elements with a date's name.
void add_marked(const PageFacts& facts, std::size_t headline_order, Chooser& chooser,
                std::vector<Claim>& published, std::vector<Claim>& updated) {
    std::size_t looked_at = 0;
    for (const Spot& spot : facts.dates) {
        if ((spot.zone & (kRoleComment | kRoleHidden)) != 0) continue;
        if (++looked_at > kMaxDateSpots) break;
        const std::size_t apart =
            spot.order > headline_order ? spot.order - headline_order : headline_order - spot.order;
        const bool is_published = spot.property.find("datePublished") != std::string_view::npos ||
                                  spot.property.find("dateCreated") != std::string_view::npos ||
                                  spot.node.has_attribute("pubdate");
        const bool is_updated = spot.property.find("dateModified") != std::string_view::npos ||
                                is_named_updated(spot.node);
        double weight = is_published ? 0.8 : spot.node.tag() == LXB_TAG_TIME ? 1.3 : 1.1;
        if (!is_published && !is_updated) {
            weight *= std::max(0.15, 1.0 - static_cast<double>(apart) / kFarElements);
            if (spot.order < headline_order) weight *= 0.8;
        }
        if ((spot.zone & kRoleAside) != 0) weight *= 0.3;
        if ((spot.zone & kRoleQuote) != 0) weight *= kQuoted;
        const std::string text = short_text(spot.node, kMaxDateLineBytes);
        if (says_joined(text)) continue;
        std::string_view stamp = spot.node.attribute("datetime");
        if (stamp.empty()) stamp = spot.node.attribute(LXB_DOM_ATTR_CONTENT);
        if (stamp.empty()) stamp = spot.node.attribute(LXB_DOM_ATTR_TITLE);
        const bool changed = is_updated || (says_updated(text) && !says_published(text));
        if (!stamp.empty())
            chooser.add(changed ? updated : published, stamp, weight, "markup", false);
        chooser.add_printed(text, weight * 0.9, "markup", changed);
    }
}

}  // namespace

std::optional<DateTime> read_any_date(std::string_view text, std::string_view language,
                                      std::string_view host) {
    text = trim(text);
    if (text.empty()) return std::nullopt;
    if (auto time = parse_date_time(text)) return time;
    // Seconds or milliseconds since 1970.
    if ((text.size() == 10 || text.size() == 13) &&
        text.find_first_not_of("0123456789") == std::string_view::npos) {
        std::int64_t seconds = 0;
        for (const char c : text.substr(0, 10)) seconds = seconds * 10 + (c - '0');
        return DateTime{.utc = std::chrono::sys_seconds{std::chrono::seconds{seconds}},
                        .offset = std::nullopt,
                        .has_time = true};
    }
    if (auto found = find_date(text, date_order(language, host), language)) return found->time;
    return std::nullopt;
}

DateChoice choose_dates(const PageFacts& facts, const LinkedData& linked,
                        const std::vector<Line>& lines, const Url& url, std::string_view language,
                        Node headline, const Entry* entry, Trace* trace) {
    Chooser chooser(language, url.host);
    // Systems that set both to the moment of the last change say nothing of the first one.
    chooser.publish(linked.published, linked.published == linked.modified ? kUndecided : 1.0,
                    "json-ld");
    chooser.update(linked.modified, 1.0, "json-ld");
    if (entry != nullptr) {
        if (entry->published && is_plausible(*entry->published))
            chooser.published_.push_back({*entry->published, 0.9, "feed", false, false});
        if (entry->updated && is_plausible(*entry->updated))
            chooser.updated_.push_back({*entry->updated, 0.9, "feed", false, false});
    }
    add_metas(facts, chooser);

    const std::size_t headline_order = facts.order_of(headline);
    add_marked(facts, headline_order, chooser, chooser.published_, chooser.updated_);

    auto in_address = date_in_path(url.path);
    if (!in_address) {
        for (const std::string_view href : {facts.link("canonical"), facts.meta("og:url")}) {
            if (!in_address && href.size() > 8) in_address = date_in_path(href.substr(8));
        }
    }
    if (in_address && is_plausible(*in_address))
        chooser.published_.push_back({*in_address, 0.6, "url", false, false});

    for (const Line& line : lines) {
        const double distance = line.distance > 0 ? line.distance - 1 : -1.5 * line.distance;
        const double near = std::max(0.1, 1.1 - 0.05 * distance);
        // Of prose only a dateline at its beginning.
        const std::string_view text =
            std::string_view(line.text).substr(0, line.is_long ? 60 : kMaxDateLineBytes);
        if (!may_have_date(text)) continue;
        const double weight = (line.is_long ? 0.4 : 1.0) * (is_quoted(line.node) ? kQuoted : 1.0);
        chooser.add_printed(text, weight * near, "text", is_named_updated(line.node));
    }
    return chooser.choose(trace);
}

}  // namespace heliograph::extract
