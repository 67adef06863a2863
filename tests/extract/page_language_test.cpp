// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/page_language.h"

#include <gtest/gtest.h>

#include <string_view>

namespace heliograph::extract {
namespace {

constexpr std::string_view kArabic =
    "ناقش المجلس يوم الثلاثاء خطة الميناء التي قسمت المدينة في الربيع";
constexpr std::string_view kRussian = "Рыбаки рассказали, что видели в море шесть новых мостов";
constexpr std::string_view kTraditional =
    "港口的漁民說，他們在這個國家的海上看見了新橋，會議還沒開";
constexpr std::string_view kSimplified = "港口的渔民说，他们在这个国家的海上看见了新桥，会议还没开";
constexpr std::string_view kEnglish =
    "The fishermen said that they had seen six new bridges at sea";

TEST(PageLanguage, LettersAndWordsTellTheLanguage) {
    const struct {
        std::string_view language, text;
    } cases[] = {
        {"ar", kArabic},
        {"fa",
         "ماهیگیران روز دوشنبه گفتند که شش پل تازه را در دریا "
         "دیده‌اند"},
        {"ur", "ماہی گیروں نے پیر کو بتایا کہ انہوں نے سمندر میں چھ نئے پل دیکھے ہیں"},
        {"ps", "کب نیونکو د دوشنبې په ورځ وویل چې په سمندر کې يې شپږ نوي پلونه ليدلي دي، ښار"},
        {"sd", "مهاڻن سومر تي ٻڌايو ته هنن سمنڊ ۾ ڇهه نيون پليون ڏٺيون آهن"},
        {"ckb", "ڕاوچییەکان ڕۆژی دووشەممە گوتیان لە دەریا شەش پردی نوێیان بینیوە"},
        {"ug", "بېلىقچىلار دۈشەنبە كۈنى دېڭىزدا ئالتە يېڭى كۆۋرۈك كۆرگەنلىكىنى ئېيتتى"},
        {"he", "הדייגים סיפרו ביום שני כי ראו שישה גשרים חדשים בים"},
        {"yi", "די פישערס האָבן געזאָגט מאָנטיק אַז זיי האָבן געזען זעקס נײַע בריקן"},
        {"ru", kRussian},
        {"uk", "Рибалки розповіли, що бачили в морі шість нових мостів, її голова"},
        {"be", "Рыбакі расказалі, што бачылі ў моры шэсць новых мастоў, якія ўжо будуюць"},
        {"bg", "Рибарите разказаха в понеделник, че са видели моста и ще се върнат от морето"},
        {"sr", "Рибари су рекли да је у мору шест нових мостова и да ће бити још"},
        {"mk", "Рибарите рекоа дека виделе шест нови моста во морето, што ќе се градат"},
        {"kk", "Балықшылар теңізде алты жаңа көпір көргенін айтты, қала басшысы"},
        {"mn", "Загасчид далайд зургаан шинэ гүүр үзсэн гэж өгүүлэв, өнөөдөр хүн"},
        {"hi", "मछुआरों ने कहा कि समुद्र में छह नए पुल देखे गए है और शहर के लोग खुश हैं"},
        {"mr", "मच्छीमारांनी सांगितले की समुद्रात सहा नवीन पूल आहेत आणि काम सुरू आहे"},
        {"ne", "माझीहरूले समुद्रमा छ वटा नयाँ पुल देखेको बताएका छन् भने काम पनि सुरु छ"},
        {"zh-Hant", kTraditional},
        {"zh", kSimplified},
        {"ja", "港の漁師は月曜日、海の上に新しい橋を六つ見たと話した"},
        {"ko", "어민들은 바다에서 새 다리를 보았다고 말했다"},
        {"th", "ชาวประมงกล่าวว่าพวกเขาเห็นสะพานใหม่"},
        {"dv", "މަސްވެރިން ބުނީ ކަނޑުން އާ ފާލަން ފެނުނު ކަމަށެވެ"},
        {"nqo", "ߒߞߏ ߞߎߡߊ ߟߎ߬ ߦߋ߫ ߦߊ߲߬"},
        {"syr", "ܨܝܕ̈ܐ ܐܡܪܘ ܕܚܙܘ ܓܫܪ̈ܐ ܚܕ̈ܬܐ"},
        {"am", "አሣ አጥማጆች በባሕር ላይ አዲስ ድልድዮች አይተናል አሉ"},
        {"ti", "ኣብ ባሕሪ ሓደስቲ ድልድላት ከም ዝረኣዩ ኣሳጋራት ኣፍሊጦም"},
        {"", kEnglish},
        {"", "1234 5678"},
        {"", ""},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(language_of_script(c.text), c.language) << c.text;
    }
}

TEST(PageLanguage, AScriptWithoutAKnownLanguageIsNamed) {
    EXPECT_EQ(language_of_script("ᐃᓄᒃᑎᑐᑦ ᐅᖃᐅᓯᖅ"), "und-Cans");
    EXPECT_EQ(language_of_script("ᮞᮥᮔ᮪ᮓ ᮘᮞ"), "und-Sund");
}

TEST(PageLanguage, ADeclarationThatTheTextContradictsLoses) {
    const struct {
        std::string_view declared, text, settled;
    } cases[] = {
        {"en", kArabic, "ar"},
        {"en", kRussian, "ru"},
        {"en-US", kTraditional, "zh-Hant"},
        {"de", kSimplified, "zh"},
        {"zh-CN", kTraditional, "zh-Hant"},
        {"zh-TW", kSimplified, "zh-Hans"},
        {"zh-TW", kTraditional, "zh-TW"},
        {"zh-HK", kTraditional, "zh-HK"},
        {"zh-Hans-CN", kSimplified, "zh-Hans-CN"},
        {"zh", kTraditional, "zh-Hant"},
        {"ja", kSimplified, "zh"},
        {"ar", kEnglish, "und-Latn"},
        {"he", kRussian, "ru"},
        {"en", kEnglish, "en"},
        {"fr", kEnglish, "fr"},
        {"fa", kArabic, "fa"},
        {"ar-EG", kArabic, "ar-EG"},
        {"uk", kRussian, "uk"},
        {"sr", kEnglish, "sr"},
        {"sr-Latn", kRussian, "sr-Cyrl"},
        {"az", kRussian, "az-Cyrl"},
        {"", kArabic, "ar"},
        {"und", kArabic, "ar"},
        {"el", "12", "el"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(settle_language(c.declared, c.text), c.settled) << c.declared << ": " << c.text;
}

}  // namespace
}  // namespace heliograph::extract
