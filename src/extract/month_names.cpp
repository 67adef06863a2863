// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/month_names.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace heliograph::extract {
namespace {

struct Month {
    std::string_view names;  // small letters, separated by spaces, forms of all languages
    int number;
};

// Full names, case forms and usual abbreviations. Accents as written; a Greek name also without.
// clang-format off: it breaks lines of some scripts anew each time.
constexpr Month kMonths[] = {
    {"january jan janv janvier januar jänner jän januari enero ene janeiro gennaio genn gen gener "
     "ianuarie ian stycznia styczeń styczen sty ledna leden led januára január januárja siječnja "
     "siječanj sij januara jan. janar tammikuuta tammikuu tammik tammi jaanuar jaan janvāris "
     "janvārī janvāra sausio sausis saus januárius ocak oca janeiru xaneiro urtarrilaren urtarrila "
     "urt января январь янв січня січень січ студзеня студзень януари яну јануар јануара јануари "
     "qaʻngtar қаңтар yanvar janúar ianuari ιανουαρίου ιανουάριος ιανουαριου ιαν "
     "γεν ינואר בינואר يناير جانفي كانونالثاني ژانویه جنوری जनवरी জানুয়ারি জানুয়ারী ஜனவரி జనవరి "
     "ಜನವರಿ ജനുവരി જાન્યુઆરી ਜਨਵਰੀ ජනවාරි มกราคม ม.ค มค มกรา ມັງກອນ មករា ဇန်နဝါရီ იანვარი იანვარს "
     "հունվար հունվարի eanáir ionawr enyrh yanuari jannar",
     1},
    {"february feb febr février fevrier fév févr februar feber februari febrero fevereiro fev "
     "febbraio febbr febrer februarie lutego luty lut února únor února úno februára február "
     "februárja veljače veljača velj februara shkurt shkurtit helmikuuta helmikuu helmik helmi "
     "veebruar veebr veeb februāris februārī februāra vasario vasaris vas februárius şubat şub "
     "subat febreiro otsailaren otsaila ots февраля февраль фев февр лютого лютий лют лютага "
     "февруари фев фебруар фебруара фебруари ақпан fevral febrúar φεβρουαρίου φεβρουάριος "
     "φεβρουαριου φεβ φεβρ פברואר בפברואר فبراير فيفري شباط فوریه فروری फ़रवरी फरवरी ফেব্রুয়ারি "
     "ফেব্রুয়ারী "
     "பிப்ரவரி ఫిబ్రవరి ಫೆಬ್ರವರಿ ഫെബ്രുവരി ફેબ્રુઆરી ਫਰਵਰੀ පෙබරවාරි กุมภาพันธ์ ก.พ กพ ກຸມພາ កុម្ភៈ "
     "ဖေဖော်ဝါရီ თებერვალი თებერვალს փետրվար փետրվարի feabhra chwefror",
     2},
    {"march mar mars märz maerz mär mrz maart mrt marts marzo março marco març martie marca marzec "
     "března březen bře marec ožujka ožujak ožu marta mart maaliskuuta maaliskuu maalisk maalis "
     "märts marts martā marta kovo kovas kov március márc mars martxoaren martxoa марта март мар "
     "березня березень бер сакавіка март марта наурыз mart maret mac mácius μαρτίου μάρτιος "
     "μαρτιου μαρ μάρ μαρτ מרץ במרץ מרס مارس آذار مارچ मार्च মার্চ மார்ச் మార్చి ಮಾರ್ಚ್ മാർച്ച് માર્ચ ਮਾਰਚ "
     "මාර්තු มีนาคม มี.ค มีค ມີນາ មីនា မတ် მარტი მარტს մարտ մարտի márta mawrth machi",
     3},
    {"april apr avril avr abril abr aprile aprilie kwietnia kwiecień kwi dubna duben dub apríla "
     "apríl aprila travnja travanj tra prill prillit huhtikuuta huhtikuu huhtik huhti aprill "
     "aprīlis aprīlī aprīļa balandžio balandis bal április ápr nisan nis abril apirilaren апреля "
     "апрель апр квітня квітень квіт кві красавіка април априла сәуір aprel avril apríl απριλίου "
     "απρίλιος απριλιου απρ אפריל באפריל أبريل ابريل أفريل نيسان آوریل اپریل अप्रैल এপ্রিল ஏப்ரல் ఏప్రిల్ "
     "ಏಪ್ರಿಲ್ ഏപ്രിൽ એપ્રિલ ਅਪ੍ਰੈਲ අප්‍රේල් เมษายน เม.ย เมย ເມສາ មេសា "
     "ဧပြီ "
     "აპრილი "
     "აპრილს "
     "ապրիլ "
     "ապրիլի "
     "aibreán ebrill aprili",
     4},
    {"may mai mei maj mayo maio maggio magg mag maig maja května květen kvě mája máj svibnja "
     "svibanj svi maj toukokuuta toukokuu toukok touko mai maijs maijā maija gegužės gegužė geg "
     "május máj mayıs may maio maiatzaren maiatza мая май травня травень трав тра траўня май мај "
     "маја мамыр мамыр mai maí maj mei μαΐου μάιος μαιου μαϊου μάι μαι מאי במאי مايو ماي أيار مه "
     "می "
     "مئی मई মে மே మే ಮೇ മേയ് મે ਮਈ මැයි พฤษภาคม พ.ค พค ພຶດສະພາ ឧសភា မေ მაისი მაისს մայիս մայիսի "
     "bealtaine "
     "mai",
     5},
    {"june jun juin juni junio junho giugno giu juny iunie czerwca czerwiec cze června červen čvn "
     "čer júna jún junija lipnja lipanj juna qershor qershorit kesäkuuta kesäkuu kesäk kesä "
     "juuni jūnijs jūnijā jūnija birželio birželis birž június jún haziran haz xuño ekainaren "
     "ekaina июня июнь июн червня червень черв чер чэрвеня юни јун јуна јуни маусым iyun iyn júní "
     "juni ιουνίου ιούνιος ιουνιου ιουν ιούν יוני ביוני يونيو جوان حزيران ژوئن جون जून জুন ஜூன் జూన్ "
     "ಜೂನ್ "
     "ജൂൺ જૂન ਜੂਨ ජූනි มิถุนายน มิ.ย มิย ມິຖຸນາ មិថុនា ဇွန် ივნისი ივნისს հունիս հունիսի meitheamh mehefin",
     6},
    {"july jul juillet juil juli julio julho luglio lug juliol iulie lipca lipiec července "
     "červenec čvc júla júl julija srpnja srpanj jula korrik korrikut heinäkuuta heinäkuu "
     "heinäk heinä juuli jūlijs jūlijā jūlija liepos liepa július júl temmuz tem xullo uztailaren "
     "uztaila июля июль июл липня липень лип ліпеня юли јул јула јули шілде iyul júlí julai "
     "ιουλίου ιούλιος ιουλιου ιουλ ιούλ יולי ביולי يوليو يوليوز جويلية تموز ژوئیه جولای جولائی "
     "जुलाई জুলাই "
     "ஜூலை జులై జూలై ಜುಲೈ ജൂലൈ જુલાઈ ਜੁਲਾਈ ජූලි กรกฎาคม ก.ค กค ກໍລະກົດ កក្កដា ဇူလိုင် ივლისი ივლისს հուլիս "
     "հուլիսի iúil gorffennaf julai",
     7},
    {"august aug août aout augustus agosto ago agost august sierpnia sierpień sie srpna srpen srp "
     "augusta avgusta avgust kolovoza kolovoz kol gusht gushtit elokuuta elokuu elok elo augusts "
     "augustā augusta rugpjūčio rugpjūtis rugp augusztus ağustos ağu agustos abuztuaren abuztua "
     "августа август авг серпня серпень серп сер жніўня август август тамыз avqust ágúst agt ogos "
     "αυγούστου αύγουστος αυγουστου αυγ αύγ אוגוסט באוגוסט أغسطس اغسطس غشت أوت آب اوت اگست अगस्त "
     "আগস্ট "
     "ஆகஸ்ட் ఆగస్టు ಆಗಸ್ಟ್ ഓഗസ്റ്റ് ઓગસ્ટ ਅਗਸਤ අගෝස්තු สิงหาคม ส.ค สค ສິງຫາ សីហា ဩဂုတ် აგვისტო აგვისტოს "
     "օգոստոս օգոստոսի lúnasa awst agosti",
     8},
    {"september sep sept septembre septiembre setiembre setembro set settembre sett setembre "
     "septembrie września wrzesień wrz září zář septembra rujna rujan ruj shtator shtatorit "
     "syyskuuta syyskuu syysk syys septembris septembrī rugsėjo rugsėjis rugs szeptember szept "
     "eylül eyl setembro irailaren iraila сентября сентябрь сен сент вересня вересень вер верес "
     "верасня септември септембар септембра септ сеп қыркүйек sentyabr sept september "
     "σεπτεμβρίου σεπτέμβριος σεπτεμβριου σεπ σεπτ ספטמבר בספטמבר سبتمبر شتنبر أيلول سپتامبر ستمبر "
     "सितंबर "
     "सितम्बर সেপ্টেম্বর செப்டம்பர் సెప్టెంబర్ ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റംബർ સપ્ટેમ્બર ਸਤੰਬਰ සැප්තැම්බර් กันยายน ก.ย กย ກັນຍາ "
     "កញ្ញា စက်တင်ဘာ სექტემბერი სექტემბერს սեպտեմբեր սեպտեմբերի medi septemba",
     9},
    {"october oct octobre oktober okt octubre outubro out ottobre ott october octombrie "
     "października październik paź paz října říjen říj októbra október oktobra "
     "tetor tetorit lokakuuta lokakuu lokak loka oktoober oktobris oktobrī spalio spalis spal "
     "október ekim eki outubro urriaren urria октября октябрь окт жовтня жовтень жовт жов "
     "кастрычніка октомври октобар октобра қазан oktyabr oktober οκτωβρίου οκτώβριος οκτωβριου οκτ "
     "אוקטובר באוקטובר أكتوبر اكتوبر تشرينالأول اکتبر اکتوبر अक्टूबर অক্টোবর அக்டோபர் అక్టోబర్ ಅಕ್ಟೋಬರ್ "
     "ഒക്ടോബർ ઓક્ટોબર ਅਕਤੂਬਰ ඔක්තෝබර් ตุลาคม ต.ค ตค ຕຸລາ តុលា အောက်တိုဘာ ოქტომბერი ოქტომბერს հոկտեմբեր "
     "հոկտեմբերի hydref oktoba octobris",
     10},
    {"november nov novembre noviembre novembro novembro noiembrie listopada listopad lis listopadu "
     "novembra studenoga studeni studenog stu nëntor nëntorit marraskuuta marraskuu marrask marras "
     "novembris novembrī lapkričio lapkritis lapkr november kasım kas azaroaren azaroa ноября "
     "ноябрь ноя нояб листопада листопад лист лис лістапада ноември новембар новембра нов қараша "
     "noyabr nóvember nopember νοεμβρίου νοέμβριος νοεμβριου νοε νοέ נובמבר בנובמבר نوفمبر نونبر "
     "تشرينالثاني نوامبر نومبر नवंबर नवम्बर নভেম্বর நவம்பர் నవంబర్ ನವೆಂಬರ್ നവംബർ નવેમ્બર ਨਵੰਬਰ නොවැම්බර් "
     "พฤศจิกายน พ.ย พย ພະຈິກ វិច្ឆិកា နိုဝင်ဘာ ნოემბერი ნოემბერს նոյեմբեր նոյեմբերի tachwedd novemba "
     "samhain",
     11},
    {"december dec décembre déc dezember dez diciembre dic dezembro dicembre desembre decembrie "
     "grudnia grudzień gru prosince prosinec pro decembra december prosinca prosinac dhjetor "
     "dhjetorit joulukuuta joulukuu jouluk joulu detsember dets decembris decembrī gruodžio "
     "gruodis gruod december aralık ara decembro abenduaren abendua декабря декабрь дек грудня "
     "грудень груд гру снежня декември децембар децембра дец желтоқсан dekabr desember des "
     "disember "
     "δεκεμβρίου δεκέμβριος δεκεμβριου δεκ דצמבר בדצמבר ديسمبر دجنبر كانونالأول دسامبر دسمبر दिसंबर "
     "दिसम्बर "
     "ডিসেম্বর டிசம்பர் డిసెంబర్ ಡಿಸೆಂಬರ್ ഡിസംബർ ડિસેમ્બર ਦਸੰਬਰ දෙසැම්බර් ธันวาคม ธ.ค ธค ທັນວາ ធ្នូ ဒီဇင်ဘာ დეკემბერი "
     "დეკემბერს դեկտեմբեր դեկտեմբերի nollaig rhagfyr desemba desembru",
     12},
};
// clang-format on

// Months of the Persian calendar, which begins in spring.
constexpr std::string_view kPersianMonths[] = {"فروردین", "اردیبهشت", "خرداد", "تیر",
                                               "مرداد",   "شهریور",   "مهر",   "آبان",
                                               "آذر",     "دی",       "بهمن",  "اسفند"};

// Names that mean another month in one language than in all others.
struct Exception {
    std::string_view language;
    std::string_view name;
    int number;
};
constexpr Exception kExceptions[] = {{"hr", "listopada", 10},
                                     {"hr", "listopad", 10},
                                     {"bs", "listopada", 10},
                                     {"hr", "srp", 7},
                                     {"hr", "lip", 6}};

using NamedMonth = std::pair<std::string_view, int>;

const std::vector<NamedMonth>& month_table() {
    static const std::vector<NamedMonth> table = [] {
        std::vector<NamedMonth> out;
        for (const Month& month : kMonths) {
            std::string_view rest = month.names;
            while (!rest.empty()) {
                const std::size_t end = std::min(rest.find(' '), rest.size());
                if (end > 0) out.emplace_back(rest.substr(0, end), month.number);
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
        }
        std::ranges::stable_sort(out, {}, &NamedMonth::first);
        return out;
    }();
    return table;
}

// Persian words are also typed with the Arabic letters yeh and kaf.
std::string with_persian_letters(std::string_view word) {
    std::string out(word);
    for (const auto& [arabic, persian] :
         {std::pair<std::string_view, std::string_view>{"ي", "ی"}, {"ك", "ک"}}) {
        for (std::size_t at = out.find(arabic); at != std::string::npos; at = out.find(arabic, at))
            out.replace(at, arabic.size(), persian);
    }
    return out;
}

}  // namespace

int persian_month(std::string_view written) {
    const std::string word = with_persian_letters(written);
    for (std::size_t i = 0; i < std::size(kPersianMonths); ++i) {
        if (kPersianMonths[i] == word) return static_cast<int>(i) + 1;
    }
    return 0;
}

int month_of_lowered(std::string_view word, std::string_view language) {
    for (const Exception& exception : kExceptions) {
        if (exception.name == word && language.starts_with(exception.language))
            return exception.number;
    }
    const auto& table = month_table();
    const auto found = std::ranges::lower_bound(table, word, {}, &NamedMonth::first);
    return found != table.end() && found->first == word ? found->second : 0;
}

}  // namespace heliograph::extract
