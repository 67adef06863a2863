// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/caption.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "extract/byline_text.h"
#include "extract/class_words.h"
#include "extract/short_text.h"
#include "extract/text_fold.h"
#include "extract/word_list.h"
#include "html/dom.h"

namespace heliograph::extract {
namespace {

using html::Node;

// Elements between an <img> and its <figure>: <picture>, links, boxes of scripts.
constexpr int kFigureLevels = 9;
// Boxes round a picture that has no <figure>.
constexpr int kBoxLevels = 5;
// Nodes looked at inside a figure or box.
constexpr int kMaxInside = 400;
// Elements of a table that is a picture with its caption.
constexpr int kMaxFigureElements = 20;
// A box with more text than a caption's is a part of the article.
constexpr std::size_t kMaxBoxBytes = 500;
// More words than these are a caption with a credit.
constexpr std::size_t kMaxCreditWords = 6;
// Text in a picture's box that nobody calls a caption.
constexpr std::size_t kMaxUnnamedBytes = 250;
constexpr std::size_t kMinUnnamedWords = 4;
// Neighbours below a picture that may be its caption.
constexpr int kMaxNeighbours = 3;

// Phrases on buttons that open a larger form of a picture, folded.
const WordList& enlarge_phrases() {
    static const WordList phrases(
        // English
        "enlarge|enlarge image|enlarge photo|enlarge this image|click to enlarge|tap to enlarge|"
        "click image to enlarge|click on image to enlarge|view larger|view larger image|"
        "open image in new tab|view full size|view original|zoom in|open image modal|"
        "open in gallery|view gallery|open gallery|view fullscreen|"
        // German
        "vergrößern|bild vergrößern|foto vergrößern|zum vergrößern anklicken|"
        "zum vergrößern klicken|klicken zum vergrößern|bild in lightbox öffnen|"
        "bild in originalgröße|hineinzoomen|großansicht|galerie öffnen|"
        // French
        "agrandir|agrandir l image|agrandir la photo|cliquer pour agrandir|"
        "cliquez pour agrandir|voir en plein écran|plein écran|ouvrir la galerie|"
        // Spanish, Portuguese, Catalan
        "ampliar|ampliar imagen|ampliar la imagen|ampliar foto|haga clic para ampliar|"
        "haz clic para ampliar|ver galería|pantalla completa|ampliar imagem|clique para ampliar|"
        "clique na imagem para ampliar|ver galeria|tela cheia|amplia|amplia la imatge|"
        // Italian, Romanian
        "ingrandisci|ingrandisci immagine|clicca per ingrandire|schermo intero|apri la galleria|"
        "mărește|mărește imaginea|măriți imaginea|"
        // Dutch, Nordic languages
        "vergroten|vergroot|vergroot afbeelding|klik om te vergroten|beeld vergroten|förstora|"
        "förstora bild|klicka för att förstora|forstørr|forstørr bilde|forstør|klik for at "
        "forstørre|suurenna|suurenna kuva|avaa kuva|"
        // Polish, Czech, Slovak, Hungarian, South Slavic languages
        "powiększ|powiększ zdjęcie|kliknij aby powiększyć|zvětšit|zvětšit fotografii|zväčšiť|"
        "nagyítás|kép nagyítása|povećaj|uvećaj|povečaj|увећај|"
        // Russian, Ukrainian, Bulgarian
        "увеличить|увеличить фото|нажмите чтобы увеличить|открыть в полном размере|збільшити|"
        "натисніть щоб збільшити|увеличи|увеличи снимката|"
        // Greek, Turkish
        "μεγέθυνση|μεγέθυνση εικόνας|büyüt|resmi büyüt|fotoğrafı büyüt|büyütmek için tıklayın|"
        // Arabic, Persian, Hebrew, Urdu
        "تكبير|تكبير الصورة|اضغط للتكبير|بزرگنمایی|بزرگ نمایی|הגדל|הגדל תמונה|הגדלה|"
        // Indonesian, Malay, Vietnamese, Thai, Hindi, Bengali
        "perbesar|klik untuk memperbesar|lihat foto|besarkan|phóng to|bấm để phóng to|xem ảnh "
        "lớn|ขยาย|ขยายภาพ|คลิกเพื่อขยาย|बड़ा करें|बड़ी तस्वीर देखें|বড় করে দেখুন|"
        // Chinese, Japanese, Korean
        "点击放大|点击查看大图|查看大图|查看原图|放大图片|點擊放大|點擊看大圖|點我看大圖|放大圖片|"
        "拡大|拡大する|拡大画像|画像を拡大|写真を拡大|画像を拡大する|写真を拡大する|クリックで拡大|"
        "全画面|확대|확대보기|이미지 확대|이미지 확대하기|사진 확대|크게보기|이미지 크게보기|"
        "클릭하시면 원본 보기가 가능합니다");
    return phrases;
}

// Whether a text is the length of a film: "01:53", "1:02:33".
bool is_play_time(std::string_view text) {
    std::size_t colons = 0;
    std::size_t digits = 0;
    for (const char c : text) {
        if (c == ':') {
            if (digits == 0 || digits > 2) return false;
            ++colons;
            digits = 0;
        } else if (c >= '0' && c <= '9') {
            ++digits;
        } else {
            return false;
        }
    }
    return (colons == 1 || colons == 2) && digits == 2;
}

// Returns the number of digits, of any script, in a word that has nothing else; 0 for other words.
std::size_t digits_of_number(std::string_view word) {
    std::size_t digits = 0;
    for (std::size_t i = 0; i < word.size(); ++digits)
        if (digit_value(next_code_point(word, i)) < 0) return 0;
    return digits;
}

// Whether a folded text only counts pictures: "view 6 images", "photo 1 of 7", "3 12".
bool is_picture_count(std::string_view key) {
    static const WordList nouns(
        "image|images|photo|photos|photograph|photographs|picture|pictures|pic|pics|slide|slides|"
        "foto|fotos|fotografie|fotografien|bild|bilder|bildern|galerie|diapositive|"
        "imagen|imágenes|fotografía|fotografías|imagem|imagens|fotografia|fotografias|imatge|"
        "imatges|"
        "immagine|immagini|imagine|imagini|fotografii|afbeelding|afbeeldingen|beeld|bilde|billede|"
        "billeder|kuva|kuvaa|kuvat|zdjęcie|zdjęcia|zdjęć|obrázek|obrázky|obrázků|obrázok|snímek|"
        "fotka|"
        "fotek|fotiek|kép|képek|slika|slike|slik|слика|слике|фото|фотография|фотографии|фотографий|"
        "снимок|снимка|снимки|изображение|изображений|фотографія|фотографії|фотографій|зображення|"
        "εικόνα|εικόνες|φωτογραφία|φωτογραφίες|fotoğraf|görsel|resim|صورة|صور|الصورة|الصور|عکس|"
        "تصویر|"
        "תמונה|תמונות|gambar|ảnh|hình|ภาพ|รูป|รูปภาพ|चित्र|तस्वीर|तस्वीरें|ছবি");
    static const WordList others(
        "of|out|from|view|see|show|open|all|the|more|in|von|aus|alle|ansehen|anzeigen|weitere|sur|"
        "voir|toutes|les|de|du|des|ver|todas|las|as|mais|más|di|su|vedi|tutte|le|da|din|vezi|toate|"
        "van|uit|bekijk|av|af|visa|alla|vis|se|katso|kaikki|z|ze|zobacz|wszystkie|zobrazit|všechny|"
        "od|iz|pogledaj|sve|из|от|все|смотреть|показать|ещё|з|із|всі|усі|дивитися|виж|всички|από|"
        "όλες|"
        "tümünü|gör|tüm|من|از|عرض|كل|جميع|مشاهدة|همه|מתוך|הצג|כל|הכל|dari|lihat|semua|của|trên|xem|"
        "tất|"
        "cả|ดู|ทั้งหมด|में|से|देखें|सभी|দেখুন|সব|s");
    static const WordList whole_of_no_spaces(
        "写真枚|枚の写真|写真枚を見る|写真全枚|全枚|枚|枚目|枚中枚目|画像枚|枚の画像|"
        "すべての写真を見る|"
        "查看张图片|张图片|全部张图片|查看全部张图片|查看图集张|图集张|共张|第张共张|张照片|第张|"
        "張圖片|張照片|"
        "查看張圖片|共張|第張共張|看全部張圖|사진장|장의사진|사진장보기|사진총장|이미지장|"
        "이미지장보기|총장");
    bool has_number = false;
    bool has_noun = false;
    bool is_known = true;
    std::size_t words = 0;
    std::size_t numbers = 0;
    bool has_of = false;
    for (std::size_t begin = 0; begin < key.size();) {
        const std::size_t end = std::min(key.find(' ', begin), key.size());
        const std::string_view word = key.substr(begin, end - begin);
        begin = end + 1;
        if (word.empty()) continue;
        ++words;
        if (const std::size_t digits = digits_of_number(word); digits > 0) {
            has_number = true;
            ++numbers;
            // The year of a picture, or another number than one of a gallery.
            if (digits > 3) return false;
        } else if (nouns.contains(word)) {
            has_noun = true;
        } else if (others.contains(word)) {
            has_of = true;
        } else {
            is_known = false;
        }
    }
    if (has_number && is_known && (has_noun || (numbers == 2 && (words == 2 || has_of))))
        return true;
    std::string letters;
    for (const char c : key)
        if (c != ' ' && (c < '0' || c > '9')) letters += c;
    if (letters.size() == key.size()) return false;
    return whole_of_no_spaces.contains(letters);
}

// What is printed on pictures to press on, in small letters.
bool is_control(std::string_view text) {
    static const WordList words(
        "expand|enlarge|enlarge this image|enlarge image|view fullscreen|fullscreen|full screen|"
        "hide caption|toggle caption|caption|open image modal|open in gallery|gallery|zoom|close|"
        "please turn on javascript media requires javascript to play|please enable javascript|"
        "share|save|play|photo|image|picture|foto|bild|image source|view gallery|view image in "
        "fullscreen|advertisement|"
        "article continues below|hineinzoomen|zum vergrößern anklicken|vergrößern|schließen|"
        "bildbeschreibung einblenden|erweitern|vollbild|galerie|agrandir|agrandir l image|"
        "ampliar|ver más|lihat foto|x|×|facebook|twitter|拡大|全画面|拡大画像");
    const std::string key = folded(text);
    return key.empty() || (words.contains(key) && !text.ends_with(':')) || is_picture_label(text);
}

bool is_file_name(std::string_view text) {
    return !text.contains(' ') && (text.ends_with(".jpg") || text.ends_with(".jpeg") ||
                                   text.ends_with(".png") || text.ends_with(".JPG"));
}

Node enclosing(Node node, html::Tag tag, int levels) {
    for (; node && levels > 0; node = node.parent(), --levels) {
        if (node.is_element() && node.tag() == tag) return node;
    }
    return {};
}

// Words that are set off for their look only: they end no piece of the text.
bool is_dress(html::Tag tag) {
    switch (tag) {
        case LXB_TAG_A:
        case LXB_TAG_ABBR:
        case LXB_TAG_B:
        case LXB_TAG_BDI:
        case LXB_TAG_EM:
        case LXB_TAG_FONT:
        case LXB_TAG_I:
        case LXB_TAG_MARK:
        case LXB_TAG_Q:
        case LXB_TAG_STRONG:
        case LXB_TAG_SUB:
        case LXB_TAG_SUP:
        case LXB_TAG_U:
            return true;
        default:
            return false;
    }
}

struct Piece {
    std::string text;
    bool is_credit = false;   // by name or tag
    bool is_caption = false;  // likewise
    bool is_byline = false;   // likewise, of author or date
    bool is_link = false;     // a part of it is one
};

// The texts of an element, one for each element that has some of its own.
class Pieces {
  public:
    // Inside a figure an author is the picture's, elsewhere the article's.
    enum class Where : std::uint8_t { kInFigure, kElsewhere };
    explicit Pieces(Where where) : credits_(kRoleCredit) {
        if (where == Where::kInFigure) credits_ |= kRoleAuthor;
    }

    std::vector<Piece> of(Node place) {
        int looked_at = 0;
        for (Node node = place; node && looked_at < kMaxInside; ++looked_at) {
            if (node.is_text()) {
                add(node, place);
            } else if (node.is_element()) {
                if (html::is_unseen(node.tag()) || node.tag() == LXB_TAG_BUTTON) {
                    node = node.next_past(place);
                    continue;
                }
                // A box of readers' tools or of the author is none of the picture.
                if (node != place && (roles_of(node) & (kRoleAside | kRoleHidden)) != 0 &&
                    (roles_of(node) & (kRoleCaption | kRoleCredit)) == 0) {
                    node = node.next_past(place);
                    continue;
                }
            }
            node = node.next_in(place);
        }
        end_piece();
        return std::move(pieces_);
    }

    // The roles of an element's own names, with those that its tag says.
    static std::uint32_t roles_of(Node element) {
        std::uint32_t roles = class_roles(element.class_name()) | class_roles(element.id());
        roles |= class_roles(element.attribute("itemprop"));
        if (element.tag() == LXB_TAG_FIGCAPTION) roles |= kRoleCaption;
        if (element.tag() == LXB_TAG_CITE || element.tag() == LXB_TAG_SMALL) roles |= kRoleCredit;
        return roles;
    }

  private:
    void add(Node text, Node place) {
        // The element that the text is of, and what it and those round it are called.
        Node holder = text.parent();
        while (holder && holder != place && is_dress(holder.tag()) &&
               (roles_of(holder) & (kRoleCredit | kRoleCaption)) == 0)
            holder = holder.parent();
        if (holder != holder_) end_piece();
        if (holder != holder_) {
            holder_ = holder;
            for (Node node = holder; node && node.is_element(); node = node.parent()) {
                const std::uint32_t roles = roles_of(node);
                if (!piece_.is_caption && (roles & credits_) != 0) piece_.is_credit = true;
                if ((roles & (kRoleAuthor | kRoleDate)) != 0) piece_.is_byline = true;
                if ((roles & kRoleCaption) != 0) piece_.is_caption = true;
                if (node == place) break;
            }
        }
        for (Node node = text.parent(); node && node != holder; node = node.parent())
            piece_.is_link = piece_.is_link || node.tag() == LXB_TAG_A;
        piece_.text += text.text();
    }

    void end_piece() {
        piece_.text = collapse_space(to_valid_utf8(piece_.text));
        if (!is_control(piece_.text) && !is_file_name(piece_.text))
            pieces_.push_back(std::move(piece_));
        piece_ = {};
        holder_ = {};
    }

    std::uint32_t credits_;  // roles of those who make pictures
    std::vector<Piece> pieces_;
    Piece piece_;
    Node holder_;
};

std::string joined(const std::vector<Piece>& pieces, bool credits) {
    std::string out;
    for (const Piece& piece : pieces) {
        if (piece.is_credit != credits) continue;
        // Responsive pages print it once for each width.
        if (out == piece.text) continue;
        if (!out.empty()) out += ' ';
        out += piece.text;
    }
    return out;
}

bool is_bracketed(std::string_view text) {
    return (text.starts_with('(') && text.ends_with(')')) ||
           (text.starts_with("（") && text.ends_with("）"));
}

// A credit whose words before it stand in an element of their own: "Credit:" "Ana Ruiz".
Caption caption_from(std::vector<Piece> pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const bool is_last = i + 1 == pieces.size();
        // Without names: the last one, when it can be nothing else.
        if (!pieces[i].is_credit && is_last && i > 0 &&
            (extract::is_credit(pieces[i].text) || is_bracketed(pieces[i].text)))
            pieces[i].is_credit = true;
        if (i > 0 && !pieces[i].is_credit && pieces[i - 1].text.ends_with(':') &&
            extract::is_credit(pieces[i - 1].text))
            pieces[i].is_credit = pieces[i - 1].is_credit = true;
    }
    const std::string credit = joined(pieces, true);
    const std::string text = joined(pieces, false);
    if (text.size() > kMaxCaptionBytes) return {};
    Caption out = split_credit(text);
    if (!credit.empty()) {
        // What is called a credit may hold the caption too.
        Caption named = split_credit(credit);
        const bool is_both = out.text.empty() && !named.credit.empty() &&
                             (word_count(credit) > kMaxCreditWords || word_count(named.text) > 2);
        if (!is_both) named = {.text = {}, .credit = cleaned_credit(credit)};
        if (out.text.empty()) out.text = std::move(named.text);
        // Of two the one that says more: agencies stand behind the names of their people.
        if (named.credit.size() > out.credit.size()) out.credit = std::move(named.credit);
    }
    return out;
}

bool is_empty(const Caption& caption) { return caption.text.empty() && caption.credit.empty(); }

// The row below the picture in a table that has nothing else: how figures were made before
// <figure>. Null when there is none.
Node caption_row(Node image) {
    const Node row = enclosing(image, LXB_TAG_TR, 5);
    const Node table = row ? enclosing(row, LXB_TAG_TABLE, 3) : Node{};
    if (!table) return {};
    int elements = 0;
    for (Node node = table.next_in(table); node; node = node.next_in(table)) {
        if (!node.is_element()) continue;
        if (++elements > kMaxFigureElements || node.tag() == LXB_TAG_TABLE ||
            (node.tag() == LXB_TAG_IMG && node != image))
            return {};
    }
    Node below = row.next();
    while (below && !below.is_element()) below = below.next();
    return below;
}

// True for a box that holds more than a picture and words about it: a headline, a byline, a list of
// pictures, prose.
bool is_more_than_picture(Node box, Node image) {
    int looked_at = 0;
    std::size_t bytes = 0;
    for (Node node = box; node; ++looked_at) {
        if (looked_at > kMaxInside) return true;
        if (node.is_text()) {
            bytes += trim(node.text()).size();
            if (bytes > kMaxBoxBytes) return true;
        } else if (node.is_element()) {
            if (html::is_unseen(node.tag())) {
                node = node.next_past(box);
                continue;
            }
            switch (node.tag()) {
                case LXB_TAG_H1:
                case LXB_TAG_H2:
                case LXB_TAG_H3:
                case LXB_TAG_TIME:
                case LXB_TAG_UL:
                case LXB_TAG_FORM:
                case LXB_TAG_NAV:
                    return true;
                case LXB_TAG_IMG: {
                    // The same picture again is for browsers without scripts.
                    const std::string_view alt = node.attribute(LXB_DOM_ATTR_ALT);
                    if (node != image && alt != image.attribute(LXB_DOM_ATTR_ALT)) return true;
                    break;
                }
                default:
                    break;
            }
        }
        node = node.next_in(box);
    }
    return false;
}

bool has_picture(Node element) {
    int looked_at = 0;
    for (Node node = element; node && looked_at < kMaxInside; node = node.next_in(element)) {
        ++looked_at;
        if (node.is_element() && node.tag() == LXB_TAG_IMG) return true;
    }
    return false;
}

// What is right below `box` and named a caption or credit, or begins as a credit.
Caption caption_below(Node box) {
    std::vector<Piece> pieces;
    int neighbours = 0;
    for (Node node = box.next(); node && neighbours < kMaxNeighbours; node = node.next()) {
        if (node.is_text()) {
            if (!trim(node.text()).empty()) break;
            continue;
        }
        if (!node.is_element() || html::is_unseen(node.tag())) continue;
        ++neighbours;
        const std::string text = short_text(node, kMaxBoxBytes);
        if (text.empty() || has_picture(node)) break;
        std::vector<Piece> more = Pieces(Pieces::Where::kElsewhere).of(node);
        const bool is_named = std::ranges::any_of(
            more, [](const Piece& piece) { return piece.is_caption || piece.is_credit; });
        const Caption split = split_credit(text);
        const bool begins_as_credit =
            !text.empty() && split.text.empty() && !split.credit.empty() && is_credit(text);
        // "File photo. (Credit: Ana Ruiz)" as a paragraph of its own
        const bool ends_as_credit = !split.credit.empty() && text.size() < 160 &&
                                    (text.ends_with(')') || text.ends_with("）"));
        if (!is_named && !begins_as_credit && !ends_as_credit) break;
        // Where some is named the rest is the beginning of the article.
        for (Piece& piece : more) {
            if (!is_named || piece.is_caption || piece.is_credit)
                pieces.push_back(std::move(piece));
        }
        if (ends_as_credit) break;
    }
    return caption_from(std::move(pieces));
}

Caption without_title(Caption caption, std::string_view title) {
    if (!title.empty() && folded(caption.text) == folded(title)) caption.text.clear();
    // "Photo" and "Image" alone say nothing.
    if (caption.text.size() < 8 && word_count(caption.text) < 2 &&
        !is_cjk(static_cast<unsigned char>(caption.text.empty() ? ' ' : caption.text.front())))
        caption.text.clear();
    return caption;
}

}  // namespace

bool is_picture_label(std::string_view text) {
    // Longer texts say something.
    constexpr std::size_t kMaxLabelBytes = 90;
    text = trim(text);
    if (text.empty() || text.size() > kMaxLabelBytes) return false;
    const std::string key = folded(text);
    return is_play_time(text) || enlarge_phrases().contains(key) || is_picture_count(key);
}

Caption caption_of(Node image, std::string_view title) {
    if (const Node below = caption_row(image)) {
        const std::string text = short_text(below, kMaxCaptionBytes);
        if (!text.empty()) return without_title(split_credit(text), title);
    }
    Node box = enclosing(image, LXB_TAG_FIGURE, kFigureLevels);
    if (box) {
        // A figure of several pictures has the caption of none of them but its own.
        Caption caption = caption_from(Pieces(Pieces::Where::kInFigure).of(box));
        if (!is_empty(caption)) return without_title(std::move(caption), title);
        caption = caption_below(box);
        if (is_empty(caption) && box.parent() && box.parent().is_element() &&
            !is_more_than_picture(box.parent(), image))
            caption = caption_below(box.parent());
        return without_title(std::move(caption), title);
    }
    // Without <figure>: box by box outwards, as long as it is about this picture alone.
    box = image;
    Caption best;  // a credit alone: the caption may stand farther out
    for (int level = 0; level < kBoxLevels; ++level) {
        Caption caption = caption_below(box);
        if (!caption.text.empty()) return without_title(std::move(caption), title);
        if (best.credit.empty()) best.credit = std::move(caption.credit);
        const Node outer = box.parent();
        if (!outer || !outer.is_element() || outer.tag() == LXB_TAG_BODY ||
            outer.tag() == LXB_TAG_ARTICLE || outer.tag() == LXB_TAG_MAIN ||
            is_more_than_picture(outer, image))
            break;
        box = outer;
        std::vector<Piece> pieces = Pieces(Pieces::Where::kElsewhere).of(box);
        std::string unnamed;
        bool is_other = false;
        for (const Piece& piece : pieces) {
            if (piece.is_caption || piece.is_credit) continue;
            unnamed += piece.text + ' ';
            is_other = is_other || piece.is_link || (piece.is_byline && !is_bracketed(piece.text));
        }
        if (is_other || unnamed.size() > kMaxUnnamedBytes) break;
        // A label or a name; a caption says what is to be seen.
        if (!unnamed.empty() && word_count(unnamed) < kMinUnnamedWords && !is_credit(unnamed))
            break;
        if (starts_as_byline(unnamed)) break;
        caption = caption_from(std::move(pieces));
        if (!caption.text.empty()) return without_title(std::move(caption), title);
        if (best.credit.empty()) best.credit = std::move(caption.credit);
    }
    return best;
}

}  // namespace heliograph::extract
