// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/reporter_names.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "base/utf8.h"
#include "extract/byline_text.h"
#include "extract/date_text.h"
#include "extract/name_words.h"
#include "extract/text_fold.h"
#include "extract/word_list.h"

namespace heliograph::extract {
namespace {

// Bytes of a text that are searched for a credit, at either end.
constexpr std::size_t kMaxCreditBytes = 360;
// A credit names few people.
constexpr std::size_t kMaxReporters = 8;
// Of a name with a dot between its parts ("阿依古丽·买买提"), in characters.
constexpr std::size_t kMaxDottedName = 14;

using Names = std::vector<std::string>;

bool is_han(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000 || c == 0x3005; }
bool is_kana(char32_t c) { return c >= 0x3040 && c <= 0x30FF && c != 0x30FB; }
bool is_hangul(char32_t c) { return c >= 0xAC00 && c <= 0xD7A3; }
bool is_name_dot(char32_t c) { return c == 0xB7 || c == 0x2027 || c == 0x30FB || c == 0xFF0E; }

// The last `most` bytes, from the beginning of a character.
std::string_view last_bytes(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    text.remove_prefix(text.size() - most);
    while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0U) == 0x80)
        text.remove_prefix(1);
    return text;
}

std::string_view searched(std::string_view text, CreditPlace place) {
    return place == CreditPlace::kEnd ? last_bytes(text, kMaxCreditBytes)
                                      : first_bytes(text, kMaxCreditBytes);
}

std::string_view skip(std::string_view text, std::initializer_list<std::string_view> marks) {
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view mark : marks) {
            if (!text.starts_with(mark)) continue;
            text.remove_prefix(mark.size());
            again = true;
        }
    }
    return text;
}

bool starts_with_any(std::string_view text, std::span<const std::string_view> words) {
    return std::ranges::any_of(words,
                               [&](std::string_view word) { return text.starts_with(word); });
}

// The longest of `words` that `text` ends with; empty when it ends with none.
std::string_view ending_of(std::string_view text, std::span<const std::string_view> words) {
    std::string_view longest;
    for (const std::string_view word : words) {
        if (word.size() > longest.size() && text.ends_with(word)) longest = word;
    }
    return longest;
}

// --- Chinese

// The most common surnames, of more than nine people in ten, in simplified and traditional form.
constexpr std::u32string_view kSurnames =
    U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜"
    U"叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺"
    U"顾毛郝龚邵万钱严覃武戴莫孔向汤裴常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧"
    U"耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裘成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻"
    U"祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿"
    U"桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝涂凤胥傅"
    U"張劉陳楊黃趙吳孫馬鄭謝羅許韓馮鄧蕭蔣葉蘇呂盧鍾譚陸賈韋鄒閻龍賀顧龔萬錢嚴湯溫齊喬龐顏莊"
    U"聶魯歐關蘭寧紀畢單駱藍華饒陽時農繆簡車項連蘆麥婁竇黨宮費衛應閔鄔邊師榮叢鞏遲鄺塗鳳凃洪"
    U"強严粘";

constexpr std::u32string_view kTwoCharacterSurnames[] = {
    U"欧阳", U"歐陽", U"司马", U"司馬", U"上官", U"诸葛", U"諸葛", U"东方", U"東方",
    U"皇甫", U"司徒", U"夏侯", U"慕容", U"端木", U"令狐", U"张简", U"張簡", U"范姜"};

// What stands behind reporters' names.
constexpr std::string_view kReportWords[] = {
    "报道",     "报导", "報導", "報道",   "综合",   "綜合", "编译",     "編譯",     "采访",
    "採訪",     "专访", "專訪", "专电",   "專電",   "电",   "電",       "整理",     "特稿",
    "撰文",     "撰稿", "专讯", "專訊",   "实习",   "實習", "摄影报道", "攝影報導", "联合报道",
    "聯合報導", "现场", "現場", "发自",   "發自",   "连线", "連線",     "独家",     "獨家",
    "即时",     "即時", "专题", "專題",   "特别",   "特別", "编辑",     "編輯",     "文图",
    "口译",     "翻译", "翻譯", "通讯员", "通訊員", "责编", "校对"};

// Words behind the name of who took a picture.
constexpr std::string_view kPictureWords[] = {"摄",   "攝",   "摄影", "攝影",
                                              "供图", "供圖", "图",   "圖"};

// Words between the names of a list.
constexpr std::string_view kRolesBeforeName[] = {"实习生",   "實習生",   "见习记者", "見習記者",
                                                 "实习记者", "實習記者", "特约记者", "特約記者",
                                                 "通讯员",   "通訊員",   "记者",     "記者"};

// What ends the names of papers, offices and streets, and no given name.
constexpr std::u32string_view kEndsOfOtherNames = U"网網报報社街局部院会會市省县縣区區团團队隊的";

// Words that are no names although they look like some.
const WordList& no_chinese_names() {
    static const WordList words(
        "报道|报导|報導|報道|编辑|編輯|综合|綜合|本报|本報|本刊|本网|本網|本台|记者|記者|通讯员|"
        "通訊員|编译|編譯|采访|採訪|整理|来源|來源|转载|轉載|原创|原創|网络|網路|作者|佚名|匿名|"
        "会见|會見|招待|方面|时间|時間|都市|文化|安全|华人|華人|全文完|全文|完|图片|圖片|文章|"
        "摄影|攝影|资料|資料|明天|时报|時報|时评|時評|社评|和平|万一|成都|高雄|黄金|安徽|江苏|"
        "江蘇|江西|云南|石家庄|石家莊|温州|溫州|金华|華盛頓|华盛顿|马来西亚|文字|华语|"
        "编制|編制|趕赴|赶赴|赶到|趕到|即時|即时|现场|現場|明報|报记|华商|华尔街|華爾街|关闭|關閉|"
        "廣告|广告|更多|返回|打印|关于|關於|应该|成为|向前|路透|路透社|管理员|责任|責任|实习|單位|"
        "單元|明报|星岛");
    return words;
}

std::u32string decoded(std::string_view text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size();) out += next_code_point(text, i);
    return out;
}

// Characters that begin what a reporter does: "记者从", "记者在".
constexpr std::u32string_view kNoSurnames =
    U"从從在向于於的了会會对對将將们們是有问問说說看去来來这這那就也手証证站节節室席家团團";

// `sure`: a word for a reporter stands before it, and it is a name with a rare surname too.
bool is_chinese_name(std::string_view text, bool sure = false) {
    const std::u32string name = decoded(text);
    if (name.size() < 2 || name.size() > 4 || !std::ranges::all_of(name, is_han)) return false;
    if (name.size() > 2 && kEndsOfOtherNames.contains(name.back())) return false;
    if (no_chinese_names().contains(text) || is_place(text) || is_topic(text)) return false;
    for (const std::u32string_view surname : kTwoCharacterSurnames) {
        if (name.starts_with(surname)) return name.size() >= 3;
    }
    // A married woman in Taiwan and Hong Kong may carry two surnames: "張陳美玲".
    if (name.size() == 4) return kSurnames.contains(name[0]) && kSurnames.contains(name[1]);
    return kSurnames.contains(name[0]) ||
           (sure && name.size() <= 3 && !kNoSurnames.contains(name[0]));
}

// A foreign name in Chinese letters: "阿依古丽·买买提".
bool is_dotted_name(std::string_view text) {
    const std::u32string name = decoded(text);
    if (name.size() < 3 || name.size() > kMaxDottedName || is_name_dot(name.front()) ||
        is_name_dot(name.back()))
        return false;
    return std::ranges::any_of(name, is_name_dot) &&
           std::ranges::all_of(name, [](char32_t c) { return is_han(c) || is_name_dot(c); });
}

// One name at the front of `text`, a run of Han characters; moves past the run. Words for reports
// and places behind the name are taken off. `ended`: a word for a report followed.
std::string take_chinese_name(std::string_view& text, bool& ended, bool sure) {
    std::size_t end = 0;
    while (end < text.size()) {
        std::size_t next = end;
        const char32_t c = next_code_point(text, next);
        if (!is_han(c) && !(end > 0 && is_name_dot(c))) break;
        // "林书远和陈望舒"
        if ((c == U'和' || c == U'与' || c == U'與' || c == U'及') &&
            is_chinese_name(text.substr(0, end)))
            break;
        end = next;
    }
    std::string_view run = text.substr(0, end);
    text.remove_prefix(end);
    ended = false;
    if (const std::string_view word = ending_of(run, kPictureWords);
        !word.empty() && is_chinese_name(run.substr(0, run.size() - word.size())))
        return {};
    for (std::string_view word = ending_of(run, kReportWords);
         !word.empty() && run.size() > word.size() &&
         (!is_chinese_name(run) || code_point_count(run) > 3);
         word = ending_of(run, kReportWords)) {
        run.remove_suffix(word.size());
        ended = true;
    }
    if (is_dotted_name(run)) return std::string(run);
    // "林书远台北", "陈望舒北京": the place of the report.
    const std::size_t characters = code_point_count(run);
    for (std::size_t length : {3U, 2U, 4U}) {
        if (characters <= length) continue;
        std::size_t at = 0;
        for (std::size_t i = 0; i < length; ++i) static_cast<void>(next_code_point(run, at));
        const std::string_view place = run.substr(at);
        const bool is_named_place = is_place(place) || place.ends_with("市") ||
                                    place.ends_with("县") || place.ends_with("縣") ||
                                    place.ends_with("省") || place.ends_with("区") ||
                                    place.ends_with("區") || place.ends_with("州");
        if (is_named_place && is_chinese_name(run.substr(0, at))) {
            ended = true;
            return std::string(run.substr(0, at));
        }
    }
    if (is_chinese_name(
            run, sure && (ended || text.empty() || text.front() == ')' || text.starts_with("）") ||
                          text.starts_with("】") || text.starts_with("、") || text.front() == ' ')))
        return std::string(run);
    // Behind a name of usual length an unknown place may follow a report word.
    if (ended && characters > 3 && characters <= 6) {
        std::size_t at = 0;
        for (int i = 0; i < 3; ++i) static_cast<void>(next_code_point(run, at));
        if (is_chinese_name(run.substr(0, at))) return std::string(run.substr(0, at));
    }
    return {};
}

// The names at the front of `text`, and whether what follows them may follow names.
Names take_chinese_names(std::string_view text, bool& is_whole, bool sure = false) {
    Names names;
    is_whole = false;
    while (names.size() < kMaxReporters) {
        text = skip(text, {" ", "　", "\u00A0", ":", "：", "/", "／", "|", "｜", "丨"});
        if (!names.empty()) {
            for (const std::string_view role : kRolesBeforeName) {
                if (text.starts_with(role)) text = skip(text.substr(role.size()), {" ", "　"});
            }
        }
        bool ended = false;
        std::string_view rest = text;
        std::string name = take_chinese_name(rest, ended, sure);
        if (name.empty()) break;
        const std::string_view behind = skip(rest, {" ", "　"});
        // "陈望舒 摄" took the picture.
        if (starts_with_any(behind, kPictureWords) && !behind.starts_with("摄影报")) break;
        append(names, {std::move(name)});
        is_whole = ended || rest.empty();
        text = rest;
        constexpr std::string_view kEnds[] = {"）", ")",  "】", "]",  "〕", "／", "/",  "|", "｜",
                                              "丨", "》", "］", "\n", "，", ",",  "；", ";", "╱"};
        if (starts_with_any(text, kEnds)) is_whole = true;
        if (ended) break;
        constexpr std::string_view kJoints[] = {"、", "，", ",", "和", "与", "與", "及", "；", "&"};
        const std::string_view spaceless = skip(text, {" ", "　", "\u00A0"});
        const bool has_space = spaceless.size() != text.size();
        if (has_space) is_whole = true;
        bool joined = false;
        for (const std::string_view joint : kJoints) {
            if (!spaceless.starts_with(joint)) continue;
            text = spaceless.substr(joint.size());
            joined = true;
            if (joint == "、") is_whole = true;
            break;
        }
        if (!joined && !has_space) break;
    }
    return names;
}

// The words before a Chinese reporter's name. Only behind the first group a text may go on freely.
constexpr std::string_view kChineseLeads[] = {
    "记者",     "記者", "通讯员", "通訊員",   "特派员",   "特派員",  "特约撰稿人", "撰文",
    "撰稿",     "执笔", "執筆",   "采写",     "採寫",     "编译",    "編譯",       "作者",
    "文",       "图文", "文图",   "文/图",    "图/文",    "文、图",  "文字记者",   "采访撰文",
    "採訪撰文", "編撰", "翻译",   "特約記者", "實習記者", "实习记者"};

// Whether `lead` needs a mark behind it: "文" is in every second word.
bool needs_mark(std::string_view lead) {
    return !lead.starts_with("记者") && !lead.starts_with("記者") && !lead.ends_with("记者") &&
           !lead.ends_with("記者") && !lead.starts_with("通讯员") && !lead.starts_with("通訊員");
}

bool is_credit_start(std::string_view before) {
    if (trim(before).empty()) return true;
    constexpr std::string_view kOpens[] = {"（", "(",  "【",     "[", "〔", "［", " ",
                                           "　", "】", "）",     "|", "｜", "：", "/",
                                           "／", "、", "\u00A0", "▲", "■"};
    return !ending_of(before, kOpens).empty();
}

// --- brackets

struct Bracket {
    std::string_view open, close;
};
constexpr Bracket kBrackets[] = {{"（", "）"}, {"(", ")"},   {"【", "】"}, {"〔", "〕"},
                                 {"[", "]"},   {"［", "］"}, {"《", "》"}, {"〈", "〉"}};

// Calls visit for the text in each pair of brackets until it returns true.
template <typename Visitor>  // bool(std::string_view inside, bool is_last)
bool for_each_bracket(std::string_view text, Visitor&& visit) {
    for (const auto& [open, close] : kBrackets) {
        for (std::size_t at = text.find(open); at != std::string_view::npos;) {
            const std::size_t begin = at + open.size();
            const std::size_t end = text.find(close, begin);
            if (end == std::string_view::npos) break;
            std::string_view behind = text.substr(end + close.size());
            behind = skip(behind, {" ", "　", "■", "◆", "●"});
            if (visit(trim(text.substr(begin, end - begin)), behind.empty())) return true;
            at = text.find(open, end + close.size());
        }
    }
    return false;
}

// "林书远/台北报导", "林書遠／綜合報導"
Names names_before_stroke(std::string_view text) {
    for (const std::string_view stroke : {"/", "／", "╱"}) {
        const std::size_t at = text.find(stroke);
        if (at == std::string_view::npos || at == 0) continue;
        const std::string_view behind = trim(text.substr(at + stroke.size()));
        if (ending_of(behind, kReportWords).empty() && !is_place(behind)) continue;
        bool is_whole = false;
        Names names = take_chinese_names(text.substr(0, at), is_whole);
        if (!names.empty() && is_whole) return names;
    }
    return {};
}

// --- Japanese

// The most common surnames of Japan, about two people in three.
const WordList& japanese_surnames() {
    static const WordList words(
        "佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|渡邉|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|"
        "井上|"
        "木村|林|斎藤|斉藤|齋藤|齊藤|清水|山崎|森|池田|橋本|阿部|石川|山下|中島|石井|小川|前田|"
        "岡田|"
        "長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|岡本|金子|藤原|三浦|中野|"
        "中川|原田|松田|竹内|小野|田村|中山|和田|石田|森田|上田|原|内田|柴田|酒井|宮崎|横山|高木|"
        "安藤|宮本|大野|小島|工藤|谷口|今井|高田|丸山|増田|杉山|村田|大塚|新井|小山|平野|藤本|"
        "河野|上野|野口|武田|松井|千葉|菅原|岩崎|久保|木下|佐野|野村|松尾|市川|菊地|菊池|杉本|古川|"
        "大西|島田|水野|桜井|櫻井|高野|渡部|吉川|山内|西田|飯田|西川|小松|北村|安田|五十嵐|川口|"
        "平田|"
        "関|中田|久保田|服部|東|岩田|土屋|川崎|福島|本田|辻|樋口|秋山|田口|永井|山中|中西|吉村|"
        "川上|石原|大橋|松岡|馬場|浜田|濱田|森本|星野|矢野|浅野|吉岡|大久保|松下|小池|野田|荒木|"
        "大谷|"
        "熊谷|松浦|黒田|尾崎|永田|川村|望月|田辺|荒井|大島|平井|早川|菅野|栗原|広瀬|横田|石橋|"
        "岩本|片山|萩原|関口|宮田|大石|本間|須藤|高山|岡崎|小田|吉野|鎌田|伊東|上原|篠原|小西|松原|"
        "福井|古賀|成田|大森|南|小泉|奥村|内藤|河合|桑原|三宅|片岡|富田|杉浦|岡|奥田|八木|菊田|"
        "小沢|北川|平山|牧野|児玉|白石|宮下|今村|寺田|河村|滝沢|榎本|田島|堀|川島|大山|西山|広田|"
        "村松|坂口|黒木|堀内|竹田|土井|多田|細川|小倉|堀江|今野|中井|武藤|若林|飯塚|川端|三好|"
        "長田|落合|星|青山|沢田|澤田|戸田|藤川|稲垣|大川|西|相馬|安部|榊原|岸|柳田|日野|角田|三上|"
        "水谷|天野|村井|谷|根本|古田|黒川|三木|石塚|徳永|長尾|高島|浅井|塚本|神田|梅田|植田|金井|"
        "永野|臼井|栗田|小室|竹中|大和|矢島|堤|岩井|藤沢|植村|北島|西尾|篠田|加納|川本|野崎|入江|"
        "三輪|中尾|山根|福本|真鍋|江口|大平|宇野|土田|伊沢|宮川|津田|新田|小笠原|久野|細谷|米田");
    return words;
}

constexpr std::string_view kJapaneseLeads[] = {
    "取材・文・写真", "取材・文・撮影", "取材・文", "取材・構成", "取材・執筆", "構成・文",
    "撮影・文",       "写真・文",       "文・写真", "文・撮影",   "文・構成",   "文と写真",
    "執筆者",         "執筆",           "著者",     "筆者",       "ライター",   "聞き手",
    "文責",           "取材",           "構成",     "記者",       "文",         "text by",
    "Text by",        "TEXT",           "Text"};

constexpr std::string_view kJapaneseRoles[] = {
    "編集委員", "論説委員", "論説委員長", "特派員",   "支局長",   "記者",
    "通信員",   "解説委員", "編集長",     "ライター", "専門委員", "客員論説委員",
    "氏",       "社会部",   "政治部",     "経済部",   "国際部",   "運動部"};

bool is_name_letter(char32_t c) { return is_han(c) || is_kana(c) || c == 0x30FC; }

// `sure`: a word before the name says what it is.
bool is_japanese_name(std::string_view text, bool sure) {
    text = trim(text);
    if (is_topic(text) || is_place(text) || is_agency(text) || is_agencies(text)) return false;
    const std::size_t space = std::min(text.find(' '), text.find("　"));
    std::string_view family = text.substr(0, space);
    std::string_view given;
    if (space != std::string_view::npos) {
        given = trim(text.substr(space));
        if (given.contains(' ') || given.contains("　")) return false;
    }
    const std::u32string letters = decoded(std::string(family) + std::string(given));
    // A foreign name in Katakana needs its dot.
    const bool is_dotted = std::ranges::any_of(letters, is_name_dot);
    if (is_dotted)
        return sure && letters.size() <= kMaxDottedName &&
               std::ranges::all_of(letters,
                                   [](char32_t c) { return is_name_letter(c) || is_name_dot(c); });
    if (letters.size() < 3 || letters.size() > 7 || !std::ranges::all_of(letters, is_name_letter) ||
        !std::ranges::any_of(letters, is_han))
        return sure && letters.size() == 2 && std::ranges::all_of(letters, is_han);
    if (!given.empty()) {
        const std::size_t first = code_point_count(family);
        const std::size_t second = code_point_count(given);
        if (first > 4 || second > 4) return false;
        if (japanese_surnames().contains(family)) return true;
        return sure && is_han(letters.front());
    }
    std::size_t at = 0;
    for (std::size_t length = 1; length <= 3 && at < family.size(); ++length) {
        static_cast<void>(next_code_point(family, at));
        const std::size_t rest = letters.size() - length;
        if (rest >= 1 && rest <= 4 && japanese_surnames().contains(family.substr(0, at)))
            return true;
    }
    return sure && letters.size() >= 3 && letters.size() <= 5 && is_han(letters[0]) &&
           is_han(letters[1]);
}

// A list of names, each of which must be one.
Names japanese_list(std::string_view text, bool sure) {
    Names names;
    text = trim(text);
    while (!text.empty()) {
        std::size_t end = text.size();
        std::size_t length = 0;
        for (const std::string_view joint : {"、", "，", ",", "／", "/", "＆", "&"}) {
            if (const std::size_t at = text.find(joint); at < end) {
                end = at;
                length = joint.size();
            }
        }
        std::string_view name = trim(text.substr(0, end));
        for (std::string_view role = ending_of(name, kJapaneseRoles);
             !role.empty() && name.size() > role.size(); role = ending_of(name, kJapaneseRoles)) {
            name = trim(name.substr(0, name.size() - role.size()));
            while (name.ends_with("・")) name.remove_suffix(3);
            sure = true;
        }
        // "写真：田中一郎" names who took the pictures.
        for (const std::string_view other : {"写真", "撮影", "編集", "イラスト", "協力", "図版"}) {
            if (name.starts_with(other)) return names;
        }
        if (!is_japanese_name(name, sure)) return names;
        append(names, {collapse_space(name)});
        text = length == 0 ? std::string_view() : trim(text.substr(end + length));
    }
    return names;
}

// A line without the date, the time and the words beside them.
std::string without_japanese_date(std::string_view line) {
    std::string rest(line);
    if (const auto date = find_date(line, DateOrder::kDayFirst);
        date && date->begin <= date->end && date->end <= line.size())
        rest = std::string(line.substr(0, date->begin)) + " " + std::string(line.substr(date->end));
    std::string out;
    for (std::size_t begin = 0; begin < rest.size();) {
        const std::size_t end = std::min(rest.find(' ', begin), rest.size());
        std::string_view word = std::string_view(rest).substr(begin, end - begin);
        begin = end + 1;
        // "（金）"
        if (word.starts_with("（") && word.contains("）"))
            word = word.substr(word.find("）") + std::string_view("）").size());
        bool is_of_date = word.find_first_of("0123456789") != std::string_view::npos;
        for (const std::string_view mark :
             {"更新", "公開", "配信", "掲載", "午前", "午後", "付", "日時"})
            is_of_date = is_of_date || word.starts_with(mark);
        if (word.empty() || is_of_date) continue;
        if (!out.empty()) out += ' ';
        out += word;
    }
    return out;
}

// --- Korean

constexpr std::u32string_view kKoreanSurnames =
    U"김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원"
    U"천"
    U"방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용";

constexpr std::string_view kKoreanRoles[] = {
    "인턴기자", "선임기자", "수습기자", "객원기자",   "전문기자", "시민기자", "사진기자",
    "수석기자", "논설위원", "특파원",   "칼럼니스트", "기자",     "평론가",   "에디터",
    "통신원",   "리포터",   "대기자",   "앵커",       "PD",       "작가"};
constexpr std::string_view kKoreanModifiers[] = {"인턴",   "선임",   "수습", "객원", "전문",
                                                 "시민",   "사진",   "수석", "논설", "의학",
                                                 "온라인", "디지털", "과학", "통합"};

bool is_korean_name(std::string_view text) {
    const std::u32string name = decoded(text);
    if (name.size() < 2 || name.size() > 4 || !std::ranges::all_of(name, is_hangul)) return false;
    if (is_topic(text) || is_place(text) || is_agency(text) || is_agencies(text)) return false;
    static const WordList no_names(
        "본지|취재|온라인|편집|사진|인턴|선임|전문|디지털|기사|입력|수정|뉴스|이슈|정치부|사회부|"
        "경제부|문화부|국제부|체육부|이데일리|조선|한겨레|서울|전국부|기자|특파원|위원|유튜브|연예|"
        "이날|지난|현장|"
        "여러|우리|모든|주요|해당|이번|한국|국내|외신|방송|신문");
    if (no_names.contains(text)) return false;
    return kKoreanSurnames.contains(name[0]);
}

}  // namespace

Names chinese_reporters(std::string_view text, CreditPlace place) {
    const std::string_view near = searched(text, place);
    // "记者 X" anywhere; other words only where a credit begins.
    for (const std::string_view lead : kChineseLeads) {
        for (std::size_t at = near.find(lead); at != std::string_view::npos;
             at = near.find(lead, at + lead.size())) {
            std::string_view rest = near.substr(at + lead.size());
            const std::string_view before = near.substr(0, at);
            const std::string_view marked = skip(rest, {" ", "　", "\u00A0"});
            constexpr std::string_view kMarks[] = {"/", "／", ":", "：", "|", "｜", "丨", "╱", "·"};
            const bool has_mark = starts_with_any(marked, kMarks);
            if (needs_mark(lead)) {
                // "（大时代记者林书远编译报导）" is read by its first word.
                if (!is_credit_start(before)) continue;
                const bool is_bare_line =
                    marked.size() != rest.size() || (lead.size() > 3 && code_point_count(rest) < 9);
                if (!has_mark && !is_bare_line) continue;
            }
            if (has_mark) rest = skip(marked, {"/", "／", ":", "：", "|", "｜", "丨", "╱", "·"});
            bool is_whole = false;
            Names names = take_chinese_names(rest, is_whole, !needs_mark(lead));
            if (!names.empty() && is_whole) return names;
        }
    }
    Names found;
    for_each_bracket(near, [&](std::string_view inside, bool is_last) {
        if (inside.size() > 90) return false;
        found = names_before_stroke(inside);
        if (found.empty() && place == CreditPlace::kEnd && is_last) {
            bool is_whole = false;
            found = take_chinese_names(inside, is_whole);
            if (!is_whole) found.clear();
        }
        // "（林书远报道）"
        if (found.empty() && !ending_of(inside, kReportWords).empty()) {
            bool is_whole = false;
            found = take_chinese_names(inside, is_whole);
            if (!is_whole || is_chinese_name(inside)) found.clear();
        }
        return !found.empty();
    });
    if (found.empty() && near.size() < 90) found = names_before_stroke(near);
    return found;
}

Names japanese_reporters(std::string_view text, CreditPlace place) {
    const std::string_view near = trim(searched(text, place));
    constexpr std::size_t kMaxLine = 120;
    // "文・佐藤花子", "記者　佐藤花子"
    for (const std::string_view lead : kJapaneseLeads) {
        for (std::size_t at = near.find(lead); at != std::string_view::npos;
             at = near.find(lead, at + lead.size())) {
            if (!is_credit_start(near.substr(0, at)) && lead != "取材・文") continue;
            const std::string_view rest = near.substr(at + lead.size());
            const std::string_view behind = skip(rest, {"・", "：", ":", "＝", "=", "／", "/", "｜",
                                                        "|", "●", "◎", "　", " ", "by "});
            if (behind.size() == rest.size()) continue;
            const std::size_t end =
                std::min({behind.find("）"), behind.find(")"), behind.find("】"), behind.find("]"),
                          behind.find("］"), behind.find("。"), behind.find("｜"), behind.find("|"),
                          behind.find_first_of("0123456789")});
            if (Names names = japanese_list(behind.substr(0, end), true); !names.empty())
                return names;
            // The name ends at a space: "佐藤花子 2024年".
            const std::string_view word = behind.substr(0, behind.find(' '));
            if (Names names = japanese_list(word, true); !names.empty()) return names;
        }
    }
    Names found;
    for_each_bracket(near, [&](std::string_view inside, bool is_last) {
        if (inside.size() > kMaxLine) return false;
        std::string_view people = inside;
        bool sure = false;
        for (const std::string_view equals : {"＝", "=", "・共同＝"}) {
            if (const std::size_t at = people.rfind(equals); at != std::string_view::npos) {
                people = people.substr(at + equals.size());
                sure = true;
            }
        }
        for (const std::string_view desk :
             {"社会部", "政治部", "経済部", "国際部", "運動部", "文化部"}) {
            if (people.starts_with(desk)) {
                people = skip(people.substr(desk.size()), {"・", " ", "　"});
                sure = true;
            }
        }
        if (!sure && !is_last && place == CreditPlace::kBeginning && near.size() > kMaxLine)
            return false;
        found = japanese_list(people, sure);
        // "ロンドン佐藤花子": the place is in Katakana.
        if (found.empty()) {
            std::size_t at = 0;
            while (at < people.size()) {
                std::size_t next = at;
                const char32_t c = next_code_point(people, next);
                if (!is_kana(c) && c != 0x30FC) break;
                at = next;
            }
            if (at > 0) found = japanese_list(people.substr(at), false);
        }
        return !found.empty();
    });
    if (!found.empty() || near.size() > kMaxLine) return found;
    return japanese_list(without_japanese_date(near), false);
}

Names korean_reporters(std::string_view text) {
    const std::string_view near = text;
    Names names;
    for (std::size_t from = 0; from < near.size();) {
        std::size_t at = std::string_view::npos;
        std::string_view role;
        for (const std::string_view each : kKoreanRoles) {
            const std::size_t found = near.find(each, from);
            if (found < at ||
                (found == at && found != std::string_view::npos && each.size() > role.size())) {
                at = found;
                role = each;
            }
        }
        if (at == std::string_view::npos) break;
        const std::size_t end = at + role.size();
        from = end;
        // "기자회견", "기자들": the word goes on.
        if (end < near.size()) {
            std::size_t next = end;
            if (is_hangul(next_code_point(near, next))) continue;
        }
        std::string_view before = trim(near.substr(0, at));
        for (std::string_view modifier = ending_of(before, kKoreanModifiers); !modifier.empty();
             modifier = ending_of(before, kKoreanModifiers))
            before = trim(before.substr(0, before.size() - modifier.size()));
        // The names before the role, from the last backwards.
        Names here;
        while (!before.empty() && here.size() < kMaxReporters) {
            std::size_t begin = before.size();
            while (begin > 0) {
                std::size_t back = begin - 1;
                while (back > 0 && (static_cast<unsigned char>(before[back]) & 0xC0U) == 0x80)
                    --back;
                std::size_t next = back;
                if (!is_hangul(next_code_point(before, next))) break;
                begin = back;
            }
            const std::string_view name = before.substr(begin);
            if (!is_korean_name(name)) break;
            here.insert(here.begin(), std::string(name));
            before = before.substr(0, begin);
            constexpr std::string_view kJoints[] = {"·", "・", ",", "/", "ㆍ", "‧", "，", "、"};
            const std::string_view trimmed = trim(before);
            const std::string_view joint = ending_of(trimmed, kJoints);
            if (joint.empty()) break;
            before = trim(trimmed.substr(0, trimmed.size() - joint.size()));
        }
        append(names, std::move(here));
        if (names.size() >= kMaxReporters) break;
        if (!names.empty()) continue;
        // "기자 김민지"
        std::string_view behind = skip(near.substr(end), {" ", ":", "=", "：", "\u00A0"});
        if (behind.size() != near.size() - end) {
            const std::string_view word = behind.substr(0, behind.find_first_of(" ,·/|("));
            if (is_korean_name(word)) append(names, {std::string(word)});
        }
    }
    if (!names.empty()) return names;
    for (const std::string_view lead :
         {"글·사진", "글ㆍ사진", "글/사진", "사진·글", "취재", "글"}) {
        if (!near.starts_with(lead)) continue;
        const std::string_view rest = near.substr(lead.size());
        const std::string_view behind = skip(rest, {" ", ":", "=", "：", "|", "/"});
        const std::string_view word = behind.substr(0, behind.find_first_of(" ,·/|("));
        if (behind.size() != rest.size() && is_korean_name(word)) return {std::string(word)};
    }
    return {};
}

bool is_vietnamese_name(std::string_view text) {
    static const WordList surnames(
        "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|trịnh|đoàn|"
        "lâm|mai|tô|trương|hà|cao|thái|châu|quách|tạ|phùng|vương|triệu|lưu|đào|nghiêm|kiều|la|mạc|"
        "tăng|thạch|lục|khổng|quan|tôn|đàm|ninh|từ|giang|chu|doãn|viên|văn|lương|hứa|khúc|ngụy");
    std::size_t words = 0;
    for (std::size_t begin = 0; begin < text.size(); ++words) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string_view word = text.substr(begin, end - begin);
        if (word.empty()) return false;
        std::size_t i = 0;
        const char32_t c = next_code_point(word, i);
        if (lower(c) == c || digit_value(c) >= 0) return false;
        if (word.find_first_of(".,:;|()/") != std::string_view::npos) return false;
        begin = end + 1;
    }
    return words >= 2 && words <= 5 && surnames.contains(lowered(text.substr(0, text.find(' '))));
}

}  // namespace heliograph::extract
