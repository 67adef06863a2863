// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/name_words.h"

#include "extract/word_list.h"

namespace heliograph::extract {
namespace {

const WordList& weekdays() {
    static const WordList words(
        // English, German, Dutch, Afrikaans
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|"
        "fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|"
        "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|vrydag|saterdag|sondag|"
        // French, Spanish, Catalan, Galician, Portuguese, Italian, Romanian
        "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|"
        "viernes|sábado|domingo|dilluns|dimarts|dimecres|dijous|divendres|dissabte|diumenge|"
        "luns|mércores|xoves|venres|segunda feira|terça feira|quarta feira|quinta feira|"
        "sexta feira|segunda|terça|quarta|quinta|sexta|lunedì|martedì|mercoledì|giovedì|venerdì|"
        "sabato|domenica|luni|marți|marţi|miercuri|joi|vineri|sâmbătă|duminică|"
        // Nordic languages, Estonian, Latvian, Lithuanian
        "måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag|"
        "maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|maanantaina|"
        "tiistaina|keskiviikkona|torstaina|perjantaina|lauantaina|sunnuntaina|mánudagur|"
        "þriðjudagur|miðvikudagur|fimmtudagur|föstudagur|laugardagur|sunnudagur|esmaspäev|"
        "teisipäev|kolmapäev|neljapäev|reede|laupäev|pühapäev|pirmdiena|otrdiena|trešdiena|"
        "ceturtdiena|piektdiena|sestdiena|svētdiena|pirmadienis|antradienis|trečiadienis|"
        "ketvirtadienis|penktadienis|šeštadienis|sekmadienis|"
        // Polish, Czech, Slovak, Hungarian, South Slavic languages, Albanian
        "poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|śro|pią|wto|pon|czw|sob|nie|"
        "pondělí|úterý|středa|čtvrtek|pátek|neděle|pondelok|utorok|streda|štvrtok|piatok|nedeľa|"
        "hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap|ponedjeljak|utorak|srijeda|"
        "četvrtak|petak|subota|nedjelja|ponedeljak|sreda|nedelja|ponedeljek|torek|četrtek|petek|"
        "понедељак|уторак|среда|четвртак|петак|субота|недеља|e hënë|e martë|e mërkurë|e enjte|"
        "e premte|e shtunë|e diel|"
        // Russian, Ukrainian, Belarusian, Bulgarian, Greek
        "понедельник|вторник|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс|понеділок|"
        "вівторок|середа|четвер|п ятниця|неділя|панядзелак|аўторак|серада|чацвер|пятніца|"
        "нядзеля|понеделник|сряда|четвъртък|петък|събота|неделя|δευτέρα|τρίτη|τετάρτη|πέμπτη|"
        "παρασκευή|σάββατο|κυριακή|"
        // Turkish, Azerbaijani, Uzbek, Kazakh
        "pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|bazar ertəsi|çərşənbə axşamı|"
        "çərşənbə|cümə axşamı|cümə|şənbə|bazar|dushanba|seshanba|chorshanba|payshanba|juma|shanba|"
        "yakshanba|дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|сенбі|жексенбі|"
        // Arabic, Persian, Urdu, Hebrew
        "الاثنين|الإثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة|الجمعه|السبت|الأحد|الاحد|"
        "يوم الاثنين|يوم الإثنين|يوم الثلاثاء|يوم الأربعاء|يوم الخميس|يوم الجمعة|يوم السبت|"
        "يوم الأحد|دوشنبه|سه شنبه|چهارشنبه|پنجشنبه|پنج شنبه|جمعه|شنبه|یکشنبه|یک شنبه|سهشنبه|پیر|"
        "منگل|بدھ|جمعرات|جمعہ|ہفتہ|اتوار|יום ראשון|יום שני|יום שלישי|יום רביעי|יום חמישי|"
        "יום שישי|שבת|יום שבת|יום א|יום ב|יום ג|יום ד|יום ה|יום ו|"
        // Languages of South Asia
        "सोमवार|मंगलवार|बुधवार|गुरुवार|वीरवार|बृहस्पतिवार|शुक्रवार|शनिवार|रविवार|"
        "मंगळवार|সোমবার|মঙ্গলবার|বুধবার|বৃহস্পতিবার|শুক্রবার|শনিবার|রবিবার|রোববার|"
        "திங்கள்|செவ்வாய்|புதன்|வியாழன்|வெள்ளி|சனி|ஞாயிறு|సోమవారం|మంగళవారం|బుధవారం|గురువారం|"
        "శుక్రవారం|శనివారం|ఆదివారం|સોમવાર|મંગળવાર|બુધવાર|ગુરુવાર|શુક્રવાર|શનિવાર|રવિવાર|"
        "ತಿಂಗಳು|സോമവാരം|തിങ്കൾ|ചൊവ്വ|ബുധൻ|വ്യാഴം|വെള്ളി|ശനി|ഞായർ|ਸੋਮਵਾਰ|ਮੰਗਲਵਾਰ|ਸ਼ੁੱਕਰਵਾਰ|"
        // Indonesian, Malay, Filipino, Swahili, Vietnamese
        "senin|selasa|rabu|kamis|jumat|jum at|sabtu|minggu|ahad|isnin|khamis|jumaat|lunes|martes|"
        "miyerkules|huwebes|biyernes|linggo|jumatatu|jumanne|jumatano|alhamisi|ijumaa|jumamosi|"
        "jumapili|thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật|thứ 2|thứ 3|thứ 4|thứ 5|"
        "thứ 6|thứ 7|"
        // Thai, Lao, Burmese, Khmer
        "วันจันทร์|วันอังคาร|วันพุธ|วันพฤหัสบดี|วันศุกร์|วันเสาร์|วันอาทิตย์|วันจันทร์ที่|"
        "วันอังคารที่|วันพุธที่|วันพฤหัสบดีที่|วันศุกร์ที่|วันเสาร์ที่|วันอาทิตย์ที่|จันทร์|อังคาร|"
        "พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์|ວັນຈັນ|ວັນອັງຄານ|ວັນພຸດ|ວັນພະຫັດ|ວັນສຸກ|ວັນເສົາ|ວັນອາທິດ|"
        "ថ្ងៃចន្ទ|ថ្ងៃអង្គារ|ថ្ងៃពុធ|ថ្ងៃព្រហស្បតិ៍|ថ្ងៃសុក្រ|ថ្ងៃសៅរ៍|ថ្ងៃអាទិត្យ|"
        // Chinese, Japanese, Korean
        "星期一|星期二|星期三|星期四|星期五|星期六|星期日|星期天|周一|周二|周三|周四|周五|周六|"
        "周日|"
        "週一|週二|週三|週四|週五|週六|週日|月曜日|火曜日|水曜日|木曜日|金曜日|土曜日|日曜日|"
        "월요일|"
        "화요일|수요일|목요일|금요일|토요일|일요일|"
        // Georgian, Armenian, Amharic
        "ორშაბათი|სამშაბათი|ოთხშაბათი|ხუთშაბათი|პარასკევი|შაბათი|კვირა|երկուշաբթի|երեքշաբթի|"
        "չորեքշաբթի|հինգշաբթի|ուրբաթ|շաբաթ|կիրակի|ሰኞ|ማክሰኞ|ረቡዕ|ሐሙስ|ዓርብ|ቅዳሜ|እሑድ");
    return words;
}

}  // namespace

bool is_weekday(std::string_view folded) { return weekdays().contains(folded); }

bool is_topic(std::string_view folded) {
    static const WordList words(
        // English
        "politics|business|economy|world|sport|sports|culture|science|technology|tech|health|"
        "opinion|news|local|national|international|lifestyle|entertainment|education|environment|"
        "climate|travel|finance|money|society|crime|weather|football|video|videos|podcast|photos|"
        "breaking news|arts|books|music|food|fashion|property|motoring|europe|asia|africa|"
        "middle east|americas|us|uk|economics|markets|media|law|history|religion|"
        // German
        "politik|wirtschaft|kultur|wissenschaft|wissen|gesellschaft|panorama|lokales|regional|"
        "regionales|ausland|inland|meinung|kommentar|feuilleton|technik|digital|netzwelt|"
        "gesundheit|bildung|umwelt|reise|reisen|finanzen|fußball|wetter|medien|nachrichten|"
        "vermischtes|aus aller welt|leben|ratgeber|auto|mobilität|stadt|landkreis|schlagzeilen|"
        // French
        "politique|économie|monde|culture|sciences|société|sports|santé|environnement|"
        "technologie|éducation|faits divers|actualité|actualités|international|opinions|débats|"
        "planète|médias|football|justice|"
        // Spanish, Catalan
        "política|economía|mundo|deportes|cultura|ciencia|sociedad|salud|tecnología|educación|"
        "internacional|nacional|opinión|actualidad|sucesos|noticias|medio ambiente|fútbol|"
        "economia|esports|societat|cultura|"
        // Portuguese, Italian
        "economia|esporte|esportes|desporto|ciência|sociedade|saúde|tecnologia|educação|notícias|"
        "brasil|cidades|meio ambiente|politica|esteri|cronaca|sport|scienza|scienze|società|"
        "salute|ambiente|notizie|spettacoli|calcio|mondo|"
        // Dutch, Nordic languages
        "politiek|economie|binnenland|buitenland|cultuur|wetenschap|gezondheid|nieuws|regio|"
        "inrikes|utrikes|ekonomi|nyheter|kultur|vetenskap|hälsa|åsikter|økonomi|nyheder|indland|"
        "udland|videnskab|helse|innenriks|utenriks|kotimaa|ulkomaat|talous|kulttuuri|urheilu|"
        "politiikka|terveys|uutiset|tiede|"
        // Polish, Czech, Slovak, Hungarian, Romanian
        "polityka|gospodarka|świat|kraj|kultura|nauka|zdrowie|wiadomości|biznes|społeczeństwo|"
        "sport|technologia|politika|ekonomika|svět|domácí|zahraničí|zprávy|věda|zdraví|správy|"
        "zahraničie|domáce|belföld|külföld|gazdaság|politika|kultúra|tudomány|egészség|hírek|"
        "politică|economie|externe|cultură|sănătate|știri|actualitate|societate|"
        // South Slavic languages
        "ekonomija|svijet|vijesti|sport|kultura|znanost|zdravlje|hrvatska|srbija|svet|vesti|"
        "gospodarstvo|slovenija|društvo|политика|економија|свет|вести|спорт|култура|друштво|"
        // Russian, Ukrainian, Bulgarian, Greek
        "экономика|общество|мир|в мире|спорт|культура|наука|технологии|здоровье|новости|"
        "происшествия|мнения|россия|бизнес|экология|образование|політика|економіка|суспільство|"
        "світ|культура|здоров я|новини|події|україна|технології|освіта|икономика|общество|свят|"
        "българия|култура|здраве|новини|πολιτική|οικονομία|κοινωνία|κόσμος|διεθνή|αθλητικά|"
        "πολιτισμός|επιστήμη|υγεία|ειδήσεις|νέα|ελλάδα|τεχνολογία|"
        // Turkish
        "siyaset|politika|ekonomi|dünya|gündem|spor|kültür|kültür sanat|bilim|teknoloji|sağlık|"
        "eğitim|haber|haberler|yaşam|toplum|çevre|magazin|"
        // Arabic, Persian, Hebrew, Urdu
        "سياسة|السياسة|سياسية|اقتصاد|الاقتصاد|رياضة|الرياضة|ثقافة|الثقافة|ثقافة وفنون|فن|فنون|صحة|"
        "الصحة|علوم|علوم وتكنولوجيا|تكنولوجيا|العالم|عالم|أخبار|الأخبار|اخبار|محليات|مجتمع|بيئة|"
        "البيئة|تعليم|رأي|آراء|منوعات|حوادث|دولي|عربي|عربي ودولي|أخبار العالم|كتب|تقارير|تحقيقات|"
        "مال وأعمال|سیاسی|سیاست|اقتصادی|اقتصاد|ورزشی|ورزش|فرهنگ|فرهنگی|جامعه|اجتماعی|جهان|"
        "بین الملل|علم|فناوری|سلامت|محیط زیست|خبر|פוליטיקה|כלכלה|ספורט|תרבות|חדשות|בעולם|בארץ|"
        "מדע|בריאות|טכנולוגיה|חינוך|חברה|דעות|سیاست|معیشت|کھیل|دنیا|صحت|پاکستان|"
        // Languages of South Asia
        "राजनीति|अर्थव्यवस्था|दुनिया|देश|खेल|संस्कृति|विज्ञान|स्वास्थ्य|शिक्षा|समाचार|मनोरंजन|"
        "कारोबार|व्यापार|पर्यावरण|ताजा खबर|राज्य|शहर|রাজনীতি|অর্থনীতি|বিশ্ব|খেলা|সংস্কৃতি|"
        "বিজ্ঞান|স্বাস্থ্য|শিক্ষা|সংবাদ|বিনোদন|জাতীয়|আন্তর্জাতিক|বাংলাদেশ|அரசியல்|விளையாட்டு|"
        "உலகம்|செய்திகள்|இந்தியா|"
        // Indonesian, Malay, Vietnamese
        "politik|ekonomi|dunia|olahraga|budaya|sains|teknologi|kesehatan|pendidikan|berita|"
        "nasional|internasional|hiburan|gaya hidup|sukan|kesihatan|chính trị|kinh tế|thế giới|"
        "thể thao|văn hóa|khoa học|công nghệ|sức khỏe|giáo dục|tin tức|xã hội|thời sự|giải trí|"
        "pháp luật|đời sống|kinh doanh|du lịch|môi trường|"
        // Thai, Khmer, Lao, Burmese
        "การเมือง|เศรษฐกิจ|ต่างประเทศ|กีฬา|วัฒนธรรม|วิทยาศาสตร์|สุขภาพ|การศึกษา|ข่าว|บันเทิง|สังคม|"
        "เทคโนโลยี|สิ่งแวดล้อม|อาชญากรรม|ในประเทศ|"
        // Chinese
        "政治|经济|經濟|国际|國際|国内|國內|体育|體育|文化|科技|科学|科學|健康|教育|社会|社會|新闻|"
        "新聞|娱乐|娛樂|财经|財經|军事|軍事|环境|環境|观点|觀點|评论|評論|生活|旅游|旅遊|时政|時政|"
        "要闻|要聞|热点|熱點|两岸|兩岸|地方|港澳|房产|房產|汽车|汽車|图片|圖片|视频|影音|专题|專題|"
        "法治|民生|天气|天氣|综合|綜合|"
        // Japanese
        "スポーツ|芸能|経済|国内|海外|地域|社会|国際|科学|文化|暮らし|くらし|エンタメ|ビジネス|"
        "テック|"
        "環境|医療|生活|教育|意見|社説|コラム|速報|ニュース|天気|災害|事件|事故|事件事故|政治経済|"
        "話題|特集|連載|動画|写真|"
        // Korean
        "정치|경제|사회|국제|세계|문화|스포츠|과학|기술|건강|교육|연예|생활|환경|오피니언|칼럼|"
        "지역|"
        "전국|뉴스|속보|사설|증권|산업|금융|부동산");
    return words.contains(folded);
}

bool is_beat(std::string_view folded) {
    static const WordList words(
        "health|medical|political|politics|business|economics|economy|environment|science|"
        "technology|tech|education|sports|sport|crime|legal|court|home|affairs|foreign|world|"
        "diplomatic|security|defence|defense|religion|religious|arts|culture|entertainment|food|"
        "travel|transport|housing|media|news|royal|football|cricket|data|investigations|"
        "investigative|climate|energy|consumer|social|south|north|east|west|africa|asia|europe|"
        "middle|us|uk|washington|moscow|beijing|bbc|ap|staff|lead|special|national|regional|local|"
        "city|state|county|general|global|digital|online|web|features|our|a|an|the|daily|"
        "international|freelance|principal|junior|head|executive|group|multimedia|video|"
        "innenpolitischer|außenpolitischer|politischer|wirtschafts|freie|freier|leitende|leitender|"
        "verantwortliche|stellvertretende|stellvertretender");
    return words.contains(folded);
}

bool is_agency(std::string_view folded) {
    static const WordList words(
        "ap|associated press|the associated press|afp|agence france presse|france presse|reuters|"
        "dpa|deutsche presse agentur|apa|epd|kna|sid|sda|keystone sda|ats|pa|pa media|pa news "
        "agency|"
        "press association|upi|efe|agencia efe|europa press|ansa|agi|adnkronos|askanews|lusa|"
        "agência brasil|folhapress|estadão conteúdo|anp|belga|ritzau|ntb|tt|stt|pap|čtk|ctk|tasr|"
        "mti|agerpres|mediafax|hina|fena|tanjug|bta|tass|тасс|ria novosti|риа новости|риа|"
        "интерфакс|interfax|укринформ|укрінформ|ukrinform|унн|уніан|унiан|белта|апе мпе|απε μπε|"
        "anadolu|anadolu ajansı|aa|iha|dha|ani|pti|ians|uni|bernama|antara|xinhua|kyodo|kyodo news|"
        "jiji|jiji press|yonhap|ttxvn|thông tấn xã việt nam|vna|bloomberg|bloomberg news|"
        "bang showbiz|canadian press|the canadian press|aap|nzpa|رويترز|أ ف ب|أف ب|فرانس برس|"
        "الأناضول|الاناضول|د ب أ|أسوشيتد برس|وام|واس|قنا|سانا|ایرنا|ایسنا|فارس|تسنیم|مهر|رویترز|"
        "רויטרס|איי פי|पीटीआई|भाषा|एएनआई|आईएएनएस|新华社|新華社|中新社|中新网|央视|中央社|路透|"
        "路透社|法新社|美联社|美聯社|共同社|共同通信|時事通信|時事|ロイター|연합뉴스|뉴시스|뉴스1|"
        "로이터|afp 연합뉴스|ภาษา");
    return words.contains(folded);
}

bool is_agencies(std::string_view folded) {
    static const WordList words(
        "agencies|agency|news agencies|wire|wires|wire services|wire reports|agency reports|"
        "from wire reports|news services|agenturen|agentur|nachrichtenagentur|"
        "nachrichtenagenturen|agences|agence|avec agences|agencias|agencia|agências|agência|"
        "agenzie|agenzia|persbureaus|byråer|bureauer|tietotoimistot|agencje|agencja|agentury|"
        "agenturách|ügynökségek|hírügynökség|agenții|agencije|agencija|агентства|агентство|"
        "информагентства|інформагентства|агенции|πρακτορεία|ajanslar|ajans|ajansı|ajanslardan|"
        "وكالات|الوكالات|وكالة|وكالات الأنباء|خبرگزاری|خبرگزاریها|خبرگزاری "
        "ها|خبرگزاری‌ها|"
        "סוכנויות|סוכנויות הידיעות|एजेंसी|एजेंसियां|एजेंसियाँ|समाचार एजेंसी|এজেন্সি|ایجنسیاں|"
        "kantor berita|hãng tin|tổng "
        "hợp|สำนักข่าว|通讯社|通訊社|综合报道|綜合報導|综合外电|外電|外电|"
        "외신|통신|통신사|agencies report");
    return words.contains(folded);
}

bool is_place(std::string_view folded) {
    static const WordList words(
        // The capitals and large cities of the world, as datelines write them
        "london|paris|berlin|madrid|rome|moscow|kyiv|kiev|beijing|tokyo|seoul|delhi|new delhi|"
        "mumbai|washington|washington d c|washington dc|new york|new york city|los angeles|"
        "san francisco|chicago|boston|toronto|ottawa|sydney|melbourne|canberra|wellington|dublin|"
        "edinburgh|brussels|geneva|vienna|zurich|amsterdam|the hague|stockholm|oslo|copenhagen|"
        "helsinki|warsaw|prague|budapest|bucharest|sofia|athens|istanbul|ankara|cairo|beirut|"
        "damascus|baghdad|tehran|jerusalem|tel aviv|gaza|riyadh|dubai|abu dhabi|doha|kabul|"
        "islamabad|karachi|dhaka|bangkok|hanoi|jakarta|manila|singapore|kuala lumpur|hong kong|"
        "taipei|shanghai|nairobi|lagos|johannesburg|cape town|addis ababa|buenos aires|"
        "rio de janeiro|são paulo|mexico city|bogotá|lima|santiago|caracas|havana|brasília|"
        // German
        "hamburg|münchen|köln|frankfurt|frankfurt am main|stuttgart|düsseldorf|leipzig|dresden|"
        "hannover|bremen|nürnberg|bonn|essen|dortmund|wien|graz|salzburg|zürich|bern|basel|genf|"
        "brüssel|moskau|kiew|rom|athen|peking|tokio|warschau|prag|kairo|neu delhi|washington dc|"
        // French, Spanish, Portuguese, Italian
        "lyon|marseille|toulouse|bordeaux|lille|nantes|strasbourg|bruxelles|genève|londres|moscou|"
        "pékin|barcelona|valencia|sevilla|bilbao|zaragoza|ciudad de méxico|moscú|pekín|"
        "nueva york|roma|milano|napoli|torino|firenze|bologna|venezia|genova|palermo|londra|"
        "parigi|berlino|mosca|pechino|lisboa|porto|rio|brasilia|salvador|recife|curitiba|nova york|"
        "moscovo|pequim|berlim|"
        // Dutch, Nordic languages, Polish, Czech, Hungarian, Romanian, South Slavic languages
        "rotterdam|utrecht|den haag|antwerpen|brussel|parijs|londen|berlijn|göteborg|malmö|bergen|"
        "københavn|aarhus|helsingfors|helsinki|turku|tampere|tallinn|riga|rīga|vilnius|warszawa|"
        "kraków|gdańsk|wrocław|poznań|łódź|berlin|paryż|londyn|moskwa|kijów|bruksela|praha|brno|"
        "ostrava|bratislava|košice|budapest|debrecen|szeged|bucurești|cluj|iași|timișoara|zagreb|"
        "split|rijeka|beograd|novi sad|sarajevo|ljubljana|skopje|podgorica|priština|tirana|"
        "београд|скопје|"
        // Russian, Ukrainian, Bulgarian, Greek
        "москва|санкт петербург|киев|минск|новосибирск|екатеринбург|казань|берлин|париж|лондон|"
        "вашингтон|пекин|київ|львів|одеса|харків|дніпро|варшава|брюссель|софия|пловдив|варна|αθήνα|"
        "θεσσαλονίκη|πάτρα|λευκωσία|"
        // Turkish
        "i̇stanbul|izmir|i̇zmir|bursa|adana|antalya|diyarbakır|londra|moskova|brüksel|"
        // Arabic, Persian, Hebrew
        "القاهرة|بيروت|دمشق|بغداد|عمان|الرياض|دبي|أبوظبي|الدوحة|الكويت|المنامة|مسقط|صنعاء|الخرطوم|"
        "طرابلس|تونس|الجزائر|الرباط|الدار البيضاء|غزة|القدس|رام الله|واشنطن|لندن|باريس|موسكو|"
        "نيويورك|برلين|أنقرة|طهران|تهران|مشهد|اصفهان|شیراز|تبریز|ירושלים|תל אביב|חיפה|"
        "באר שבע|וושינגטון|לונדון|"
        // Languages of South Asia
        "नई दिल्ली|दिल्ली|मुंबई|लखनऊ|पटना|भोपाल|जयपुर|कोलकाता|चेन्नई|बेंगलुरु|ढाका|ঢাকা|চট্টগ্রাম|"
        "কলকাতা|لاہور|کراچی|اسلام آباد|lucknow|patna|kolkata|chennai|bengaluru|hyderabad|lahore|"
        // Indonesian, Vietnamese, Thai
        "bandung|surabaya|yogyakarta|medan|semarang|hà nội|tp hcm|tphcm|tp hồ chí minh|đà nẵng|huế|"
        "hải phòng|cần thơ|กรุงเทพ|กรุงเทพฯ|กรุงเทพมหานคร|เชียงใหม่|ภูเก็ต|"
        // Chinese, Japanese, Korean
        "北京|上海|广州|廣州|深圳|天津|重庆|重慶|南京|杭州|武汉|武漢|成都|西安|香港|澳门|澳門|台北|"
        "臺北|台中|臺中|台南|臺南|高雄|新北|桃园|桃園|新竹|基隆|嘉义|嘉義|屏东|屏東|花莲|花蓮|台东|"
        "臺東|宜兰|宜蘭|苗栗|彰化|南投|云林|雲林|华盛顿|華盛頓|纽约|紐約|洛杉矶|洛杉磯|旧金山|"
        "舊金山|伦敦|倫敦|巴黎|柏林|莫斯科|东京|東京|首尔|首爾|新加坡|悉尼|雪梨|墨尔本|墨爾本|"
        "多伦多|多倫多|温哥华|溫哥華|渥太华|渥太華|大阪|京都|名古屋|札幌|福岡|仙台|横浜|神戸|広島|"
        "ロンドン|パリ|ワシントン|ニューヨーク|北京共同|ソウル|モスクワ|ベルリン|サンパウロ|"
        "サンフランシスコ|ロサンゼルス|バンコク|台湾|台灣|中国|中國|美国|美國|日本|서울|부산|대구|"
        "인천|"
        "광주|대전|울산|세종|수원|제주|전주|창원|춘천|청주|워싱턴|뉴욕|베이징|도쿄|런던|파리");
    return words.contains(folded);
}

bool leads_to_place(std::string_view folded) {
    static const WordList words(
        "in|aus|à|desde|en|em|из|в|во|з|із|from|at|for|near|på|uit|fra|från|w|we|iz|pour|für|для|"
        "para|per|من|في|از|ב|ใน|для|trong|tại");
    return words.contains(folded);
}

}  // namespace heliograph::extract
