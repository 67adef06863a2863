// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/foreign_boxes.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/utf8.h"
#include "extract/phrase_set.h"
#include "extract/phrases.h"

namespace heliograph::extract {
namespace {

// In weight. Longer boxes are texts of their own.
constexpr std::uint32_t kMostOfBox = 1'500;
// Boxes of consent above these need two and three of the words.
constexpr std::uint32_t kWeightOfTwoWords = 250;
constexpr std::uint32_t kWeightOfThreeWords = 600;
constexpr std::uint32_t kMostOfLabel = 60;
constexpr std::uint32_t kMostOfNote = 400;
constexpr std::size_t kMaxTextBytes = 4'000;
// Of all blocks that stand apart; an article has below 50 KB.
constexpr std::size_t kMaxBytesOfAll = 500'000;
// Boxes of one page that are looked at, and rows of one box.
constexpr int kMaxBoxes = 2'000;
constexpr std::uint32_t kMaxRowsOfBox = 300;
// A place in the tree is one of the article from this part of its prose on.
constexpr std::uint32_t kPartsOfPlace = 4;

// Who hosts what is embedded: names that all languages write alike, and words for "external".
constexpr auto kHosts = std::to_array<std::string_view>({
    "youtube",
    "facebook",
    "instagram",
    "twitter",
    "tiktok",
    "vimeo",
    "spotify",
    "soundcloud",
    "google maps",
    "openstreetmap",
    "datawrapper",
    "flourish",
    "telegram",
    "vkontakte",
    "dailymotion",
    "pinterest",
    "bluesky",
    "mastodon",
    "linkedin",
    "reddit",
    "twitch",
    "giphy",
    "infogram",
    "podigee",
    "acast",
    "brightcove",
    "jw player",
    "apple podcasts",
    "deezer",
    "threads",
    "whatsapp",
    "outbrain",
    "taboola",
    "disqus",
    "opinary",
    "x.com",
    "vk.com",
    "third-party",
    "third party",
    "external content",
    "external media",
    "social media",
    "embedded content",
    // German, French, Spanish, Portuguese, Italian
    "externen inhalt",
    "externe inhalt",
    "externer inhalt",
    "externem inhalt",
    "drittanbieter",
    "drittplattform",
    "contenu externe",
    "contenu tiers",
    "service tiers",
    "contenus externes",
    "contenido externo",
    "contenido de terceros",
    "de terceros",
    "conteúdo externo",
    "conteúdo de terceiros",
    "de terceiros",
    "contenuto esterno",
    "contenuti esterni",
    "terze parti",
    // Dutch, Swedish, Norwegian, Danish, Finnish
    "externe content",
    "externe inhoud",
    "derde partij",
    "derden",
    "externt innehåll",
    "extern innehåll",
    "tredje part",
    "tredjepart",
    "eksternt innhold",
    "eksternt indhold",
    "ulkoinen sisältö",
    "ulkoista sisältöä",
    "kolmannen osapuolen",
    // Polish, Czech, Slovak, Hungarian, Romanian, Croatian
    "zewnętrzn",
    "podmiotów trzecich",
    "externí obsah",
    "třetích stran",
    "externý obsah",
    "tretích strán",
    "külső tartalom",
    "harmadik fél",
    "conținut extern",
    "terților",
    "vanjski sadržaj",
    "treće strane",
    // Bulgarian, Russian, Ukrainian, Greek, Turkish
    "външно съдържание",
    "трети страни",
    "внешний контент",
    "внешнего ресурса",
    "сторонн",
    "зовнішній вміст",
    "сторонні",
    "εξωτερικό περιεχόμενο",
    "τρίτων",
    "τρίτους",
    "harici içerik",
    "üçüncü taraf",
    // Arabic, Persian, Hebrew, Hindi, Bengali, Urdu
    "محتوى خارجي",
    "يوتيوب",
    "فيسبوك",
    "تويتر",
    "طرف ثالث",
    "محتوای خارجی",
    "یوتیوب",
    "شخص ثالث",
    "תוכן חיצוני",
    "יוטיוב",
    "פייסבוק",
    "צד שלישי",
    "बाहरी सामग्री",
    "यूट्यूब",
    "ইউটিউব",
    "بیرونی مواد",
    // Indonesian, Malay, Vietnamese, Thai, Chinese, Japanese, Korean
    "konten eksternal",
    "pihak ketiga",
    "kandungan luaran",
    "nội dung bên ngoài",
    "bên thứ ba",
    "เนื้อหาภายนอก",
    "บุคคลที่สาม",
    "外部内容",
    "外部內容",
    "第三方",
    "外部コンテンツ",
    "第三者",
    "외부 콘텐츠",
    "제3자",
    "유튜브",
    "페이스북",
});

// What readers are asked or told beside a placeholder.
constexpr auto kConsents = std::to_array<std::string_view>({
    // English
    "accept cookies",
    "allow cookies",
    "your consent",
    "your permission",
    "load content",
    "show content",
    "view this content",
    "view content",
    "click to load",
    "click to view",
    "click to play",
    "by clicking",
    "by loading",
    "you agree",
    "you consent",
    "you accept",
    "privacy policy",
    "privacy settings",
    "cookie settings",
    "is hosted by",
    "is provided by",
    "may collect data",
    "personal data may",
    "has been blocked",
    "is blocked",
    "always load",
    "manage preferences",
    "update your",
    "please accept",
    "to display",
    "we need your",
    // German
    "einverstanden",
    "einwilligung",
    "zustimmung",
    "datenschutz",
    "inhalt anzeigen",
    "inhalte anzeigen",
    "inhalt laden",
    "inhalte laden",
    "anzeigen lassen",
    "zu laden",
    "klick anzeigen",
    "personenbezogene daten",
    "cookies akzeptieren",
    "aktivieren sie",
    // French
    "votre consentement",
    "accord",
    "afficher le contenu",
    "charger le contenu",
    "acceptez",
    "accepter les cookies",
    "confidentialité",
    "en cliquant",
    "vos données",
    "a été bloqué",
    "voir ce contenu",
    "ce contenu est hébergé",
    "est bloqué",
    "préférences",
    // Spanish, Portuguese, Italian
    "consentimiento",
    "aceptar",
    "aceptas",
    "acepta las cookies",
    "mostrar contenido",
    "mostrar el contenido",
    "cargar el contenido",
    "política de privacidad",
    "haciendo clic",
    "al hacer clic",
    "sus datos",
    "tus datos",
    "está alojado",
    "permitir",
    "consentimento",
    "aceitar",
    "aceite os cookies",
    "mostrar conteúdo",
    "carregar",
    "política de privacidade",
    "ao clicar",
    "está hospedado",
    "seus dados",
    "consenso",
    "accetta",
    "mostra contenut",
    "carica contenut",
    "informativa sulla privacy",
    "cliccando",
    "i tuoi dati",
    "è ospitato",
    // Dutch, Swedish, Norwegian, Danish, Finnish
    "toestemming",
    "akkoord",
    "accepteer",
    "inhoud laden",
    "content laden",
    "toon inhoud",
    "privacybeleid",
    "privacyverklaring",
    "samtycke",
    "godkänn",
    "visa innehåll",
    "ladda innehåll",
    "integritetspolicy",
    "samtykke",
    "godta",
    "vis innhold",
    "last inn",
    "personvern",
    "accepter",
    "vis indhold",
    "indlæs",
    "privatlivspolitik",
    "suostumu",
    "hyväksy",
    "näytä sisältö",
    "lataa sisältö",
    "tietosuoja",
    // Polish, Czech, Slovak, Hungarian, Romanian, Croatian
    "zgod",
    "zaakceptuj",
    "akceptuj",
    "wyświetl",
    "załaduj",
    "polityka prywatności",
    "polityce prywatności",
    "souhlas",
    "přijmout",
    "zobrazit obsah",
    "načíst",
    "ochraně osobních",
    "ochrany osobních",
    "súhlas",
    "prijať",
    "zobraziť obsah",
    "načítať",
    "hozzájárul",
    "elfogad",
    "megjelenít",
    "betölt",
    "adatvédelm",
    "consimțământ",
    "acceptă",
    "afișa",
    "încarcă",
    "confidențialitate",
    "pristan",
    "prihva",
    "prikaži",
    "učitaj",
    "privatnost",
    // Bulgarian, Russian, Ukrainian, Greek, Turkish
    "съглас",
    "приеми",
    "приемете",
    "покажи",
    "зареди",
    "поверителност",
    "согласи",
    "согласи",
    "принять",
    "примите",
    "разреш",
    "показать",
    "загрузить",
    "конфиденциальност",
    "персональны",
    "згод",
    "прийняти",
    "прийміть",
    "показати",
    "завантажити",
    "конфіденційн",
    "συγκατάθεσ",
    "αποδοχή",
    "αποδεχ",
    "εμφάνιση",
    "φόρτωση",
    "απορρήτου",
    "kabul",
    "onay",
    "izin",
    "göster",
    "yükle",
    "gizlilik",
    // Arabic, Persian, Hebrew, Hindi, Bengali, Urdu
    "موافق",
    "قبول",
    "عرض المحتوى",
    "تحميل المحتوى",
    "الخصوصية",
    "ملفات تعريف",
    "رضایت",
    "پذیرش",
    "نمایش محتوا",
    "بارگذاری",
    "حریم خصوصی",
    "הסכמ",
    "אישור",
    "הצג תוכן",
    "טען",
    "פרטיות",
    "सहमति",
    "स्वीकार",
    "अनुमति",
    "दिखाएं",
    "लोड",
    "गोपनीयता",
    "সম্মতি",
    "অনুমতি",
    "গ্রহণ",
    "দেখুন",
    "গোপনীয়তা",
    "اجازت",
    "قبول کریں",
    "رازداری",
    // Indonesian, Malay, Vietnamese, Thai, Chinese, Japanese, Korean
    "persetujuan",
    "menyetujui",
    "terima cookie",
    "tampilkan",
    "muat konten",
    "kebijakan privasi",
    "persetujuan",
    "terima kuki",
    "paparkan",
    "dasar privasi",
    "đồng ý",
    "chấp nhận",
    "cho phép",
    "hiển thị",
    "tải nội dung",
    "quyền riêng tư",
    "ยินยอม",
    "ยอมรับ",
    "อนุญาต",
    "แสดงเนื้อหา",
    "โหลด",
    "ความเป็นส่วนตัว",
    "同意",
    "接受",
    "允许",
    "允許",
    "显示",
    "顯示",
    "加载",
    "載入",
    "隐私",
    "隱私",
    "許可",
    "表示する",
    "読み込",
    "プライバシー",
    "동의",
    "수락",
    "허용",
    "표시",
    "불러오",
    "개인정보",
});

// What an appeal praises: the work of the newsroom, in the words of the newsroom itself.
constexpr auto kOurWork = std::to_array<std::string_view>({
    // English
    "our journalism",
    "our reporting",
    "our newsroom",
    "our readers",
    "quality journalism",
    "independent journalism",
    "independent news",
    "fearless journalism",
    "local journalism",
    "public-interest journalism",
    "nonprofit news",
    "news free",
    "free for everyone",
    "free for all",
    "reader-supported",
    "reader-funded",
    "readers like you",
    "no paywall",
    "without a paywall",
    "ad-free",
    "independent media",
    // German
    "unabhängigen journalismus",
    "unabhängiger journalismus",
    "unseren journalismus",
    "unserem journalismus",
    "unsere arbeit",
    "unserer arbeit",
    "qualitätsjournalismus",
    "freien journalismus",
    "freier journalismus",
    "unsere recherche",
    "ohne paywall",
    "werbefrei",
    // French
    "notre journalisme",
    "notre travail",
    "notre rédaction",
    "notre indépendance",
    "journalisme indépendant",
    "journalisme de qualité",
    "information libre",
    "média indépendant",
    "presse indépendante",
    "sans publicité",
    "nos lecteurs",
    // Spanish, Portuguese, Italian
    "nuestro periodismo",
    "nuestro trabajo",
    "periodismo independiente",
    "periodismo de calidad",
    "nuestra redacción",
    "medio independiente",
    "nosso jornalismo",
    "nosso trabalho",
    "jornalismo independente",
    "jornalismo de qualidade",
    "nossa redação",
    "nostro giornalismo",
    "nostro lavoro",
    "giornalismo indipendente",
    "informazione libera",
    "informazione indipendente",
    "nostra redazione",
    // Dutch, Swedish, Norwegian, Danish, Finnish
    "onze journalistiek",
    "onafhankelijke journalistiek",
    "ons werk",
    "vår journalistik",
    "oberoende journalistik",
    "vårt arbete",
    "vår journalistikk",
    "uavhengig journalistikk",
    "vårt arbeid",
    "vores journalistik",
    "uafhængig journalistik",
    "vores arbejde",
    "journalismiamme",
    "riippumatonta journalismia",
    "riippumattoman journalismin",
    "työtämme",
    // Polish, Czech, Slovak, Hungarian, Romanian, Croatian
    "nasze dziennikarstwo",
    "niezależne dziennikarstwo",
    "niezależnego dziennikarstwa",
    "naszą pracę",
    "naszą redakcję",
    "nezávislou žurnalistiku",
    "nezávislá žurnalistika",
    "naši práci",
    "naši redakci",
    "nezávislú žurnalistiku",
    "nezávislá žurnalistika",
    "našu prácu",
    "független újságírás",
    "munkánkat",
    "szerkesztőségünk",
    "jurnalismul independent",
    "jurnalism independent",
    "munca noastră",
    "neovisno novinarstvo",
    "nezavisno novinarstvo",
    "naš rad",
    // Bulgarian, Russian, Ukrainian, Greek, Turkish
    "независима журналистика",
    "независимата журналистика",
    "нашата работа",
    "независимую журналистику",
    "независимая журналистика",
    "независимой журналистики",
    "нашу работу",
    "нашей редакции",
    "нашу редакцию",
    "незалежну журналістику",
    "незалежна журналістика",
    "нашу роботу",
    "нашу редакцію",
    "ανεξάρτητη δημοσιογραφία",
    "ανεξάρτητης δημοσιογραφίας",
    "δουλειά μας",
    "bağımsız gazetecilik",
    "bağımsız gazeteciliğ",
    "gazeteciliğimiz",
    "bağımsız haber",
    // Arabic, Persian, Hebrew, Hindi, Bengali, Urdu
    "الصحافة المستقلة",
    "صحافتنا",
    "عملنا",
    "صحافة مستقلة",
    "روزنامه نگاری مستقل",
    "روزنامه‌نگاری مستقل",
    "کار ما",
    "עיתונות עצמאית",
    "העיתונות העצמאית",
    "העבודה שלנו",
    "स्वतंत्र पत्रकारिता",
    "हमारी पत्रकारिता",
    "हमारे काम",
    "স্বাধীন সাংবাদিকতা",
    "আমাদের সাংবাদিকতা",
    "آزاد صحافت",
    "ہماری صحافت",
    // Indonesian, Malay, Vietnamese, Thai, Chinese, Japanese, Korean
    "jurnalisme independen",
    "jurnalisme kami",
    "kerja kami",
    "kewartawanan bebas",
    "kewartawanan kami",
    "báo chí độc lập",
    "báo chí của chúng tôi",
    "công việc của chúng tôi",
    "สื่ออิสระ",
    "งานข่าวของเรา",
    "วารสารศาสตร์อิสระ",
    "独立新闻",
    "獨立新聞",
    "独立媒体",
    "獨立媒體",
    "我们的报道",
    "我們的報導",
    "独立したジャーナリズム",
    "私たちの報道",
    "独立系メディア",
    "독립 언론",
    "독립언론",
    "우리의 저널리즘",
    "독립적인 저널리즘",
});

// What readers are asked to do for it.
constexpr auto kGifts = std::to_array<std::string_view>({
    // English
    "donate",
    "donation",
    "contribut",
    "support us",
    "support the",
    "support our",
    "supporter",
    "become a member",
    "membership",
    "as little as",
    "chip in",
    "subscribe",
    "tax-deductible",
    "make a gift",
    "join us",
    // German
    "spende",
    "unterstütz",
    "mitglied",
    "abonnier",
    "beitrag leisten",
    // French
    "don ",
    "dons",
    "soutenez",
    "soutenir",
    "soutien",
    "abonnez",
    "adhér",
    "contribu",
    // Spanish, Portuguese, Italian
    "dona",
    "donación",
    "apoya",
    "apóyanos",
    "hazte soci",
    "suscríb",
    "doe",
    "doação",
    "apoie",
    "assine",
    "seja membro",
    "sostien",
    "sostenere",
    "donazione",
    "abbonati",
    "contribuisci",
    // Dutch, Swedish, Norwegian, Danish, Finnish
    "doneer",
    "steun",
    "word lid",
    "abonnee",
    "stöd",
    "donera",
    "bli medlem",
    "prenumerera",
    "støtt",
    "doner",
    "bli abonnent",
    "bliv medlem",
    "bidrag",
    "lahjoita",
    "tue ",
    "tukea",
    "tilaa",
    // Polish, Czech, Slovak, Hungarian, Romanian, Croatian
    "wesprzyj",
    "wspieraj",
    "wpłać",
    "darowizn",
    "podpořte",
    "podpoř",
    "přispějte",
    "předplat",
    "podporte",
    "prispejte",
    "predplat",
    "támogass",
    "támogasd",
    "adomány",
    "donează",
    "donea",
    "susține",
    "sprijin",
    "doniraj",
    "podrži",
    "podupri",
    // Bulgarian, Russian, Ukrainian, Greek, Turkish
    "подкреп",
    "дари",
    "поддерж",
    "пожертв",
    "донат",
    "подпишитесь",
    "підтрима",
    "пожертв",
    "підпишіться",
    "στηρίξ",
    "υποστηρίξ",
    "δωρεά",
    "συνδρομ",
    "destek",
    "bağış",
    "abone",
    // Arabic, Persian, Hebrew, Hindi, Bengali, Urdu
    "تبرع",
    "ادعم",
    "دعم",
    "اشترك",
    "حمایت",
    "کمک مالی",
    "اهدا",
    "תרמו",
    "תרומה",
    "תמכו",
    "תמיכה",
    "दान",
    "सहयोग",
    "समर्थन",
    "সহায়তা",
    "সমর্থন",
    "অনুদান",
    "عطیہ",
    "تعاون",
    "حمایت",
    // Indonesian, Malay, Vietnamese, Thai, Chinese, Japanese, Korean
    "donasi",
    "dukung",
    "derma",
    "sumbang",
    "sokong",
    "ủng hộ",
    "quyên góp",
    "đóng góp",
    "บริจาค",
    "สนับสนุน",
    "捐款",
    "捐助",
    "赞助",
    "贊助",
    "支持",
    "订阅",
    "訂閱",
    "寄付",
    "支援",
    "ご支援",
    "후원",
    "기부",
    "구독",
});

// Labels of buttons and lines about the page itself, whole. A number may stand behind them.
constexpr auto kLabels = std::to_array<std::string_view>({
    // English
    "copy link",
    "copy url",
    "copy link to clipboard",
    "link copied",
    "link copied!",
    "copied",
    "listen",
    "listen to article",
    "listen to this article",
    "listen to this story",
    "play audio",
    "audio version",
    "read aloud",
    "ai summary",
    "ai-generated summary",
    "summary by ai",
    "generate summary",
    "summarize with ai",
    "summarise this article",
    "share this article",
    "print this article",
    "save article",
    "gift this article",
    "email this article",
    "report an error",
    "give us feedback",
    "add as preferred source",
    // German
    "link kopieren",
    "link kopiert",
    "artikel anhören",
    "beitrag anhören",
    "anhören",
    "vorlesen",
    "artikel vorlesen",
    "ki-zusammenfassung",
    "zusammenfassung mit ki",
    "artikel teilen",
    "artikel drucken",
    "artikel merken",
    "fehler melden",
    // French
    "copier le lien",
    "lien copié",
    "écouter",
    "écouter l'article",
    "écouter cet article",
    "résumé par ia",
    "résumé généré par ia",
    "partager l'article",
    "imprimer l'article",
    // Spanish, Portuguese, Italian
    "copiar enlace",
    "copiar el enlace",
    "enlace copiado",
    "escuchar",
    "escuchar artículo",
    "escuchar este artículo",
    "escuchar la noticia",
    "resumen con ia",
    "resumen generado por ia",
    "copiar link",
    "copiar ligação",
    "link copiado",
    "ouvir",
    "ouvir notícia",
    "ouça este artigo",
    "ouvir artigo",
    "resumo por ia",
    "copia link",
    "copia il link",
    "link copiato",
    "ascolta",
    "ascolta l'articolo",
    "ascolta questo articolo",
    "riassunto ia",
    "riassunto con ia",
    // Dutch, Swedish, Norwegian, Danish, Finnish
    "kopieer link",
    "link gekopieerd",
    "luister",
    "luister naar dit artikel",
    "beluister dit artikel",
    "ai-samenvatting",
    "kopiera länk",
    "länk kopierad",
    "lyssna",
    "lyssna på artikeln",
    "ai-sammanfattning",
    "kopier lenke",
    "lenke kopiert",
    "lytt",
    "lytt til artikkelen",
    "ki-oppsummering",
    "kopier link",
    "kopiér link",
    "link kopieret",
    "lyt",
    "lyt til artiklen",
    "ai-resumé",
    "kopioi linkki",
    "linkki kopioitu",
    "kuuntele",
    "kuuntele juttu",
    "kuuntele artikkeli",
    "tekoälyn tiivistelmä",
    // Polish, Czech, Slovak, Hungarian, Romanian, Croatian
    "kopiuj link",
    "skopiuj link",
    "link skopiowany",
    "posłuchaj",
    "posłuchaj artykułu",
    "odsłuchaj",
    "odsłuchaj artykuł",
    "podsumowanie ai",
    "kopírovat odkaz",
    "odkaz zkopírován",
    "poslechnout",
    "poslechněte si článek",
    "shrnutí ai",
    "kopírovať odkaz",
    "vypočuť",
    "vypočuť článok",
    "link másolása",
    "meghallgatom",
    "hallgassa meg",
    "cikk meghallgatása",
    "copiază link",
    "copiază linkul",
    "ascultă",
    "ascultă articolul",
    "kopiraj link",
    "kopiraj poveznicu",
    "poslušaj",
    "poslušaj članak",
    // Bulgarian, Russian, Ukrainian, Greek, Turkish
    "копирай линк",
    "копирай връзката",
    "чуй",
    "чуй статията",
    "скопировать ссылку",
    "копировать ссылку",
    "ссылка скопирована",
    "слушать",
    "послушать",
    "слушать статью",
    "прослушать",
    "прослушать статью",
    "краткий пересказ от ии",
    "скопіювати посилання",
    "копіювати посилання",
    "посилання скопійовано",
    "слухати",
    "прослухати",
    "слухати статтю",
    "αντιγραφή συνδέσμου",
    "ακούστε το άρθρο",
    "άκουσε το άρθρο",
    "ακούστε",
    "bağlantıyı kopyala",
    "linki kopyala",
    "link kopyalandı",
    "dinle",
    "haberi dinle",
    "yapay zeka özeti",
    // Arabic, Persian, Hebrew, Hindi, Bengali, Urdu
    "نسخ الرابط",
    "انسخ الرابط",
    "تم نسخ الرابط",
    "استمع",
    "استمع إلى المقال",
    "استمع للمقال",
    "ملخص بالذكاء الاصطناعي",
    "کپی لینک",
    "کپی پیوند",
    "گوش کنید",
    "لینک کپی شد",
    "העתק קישור",
    "העתקת קישור",
    "הקישור הועתק",
    "האזינו",
    "האזינו לכתבה",
    "האזנה לכתבה",
    "लिंक कॉपी करें",
    "खबर सुनें",
    "सुनें",
    "एआई सारांश",
    "লিংক কপি করুন",
    "লিঙ্ক কপি করুন",
    "শুনুন",
    "খবর শুনুন",
    "لنک کاپی کریں",
    "سنیں",
    "خبر سنیں",
    // Indonesian, Malay, Vietnamese, Thai, Chinese, Japanese, Korean
    "salin tautan",
    "salin link",
    "tautan disalin",
    "dengarkan",
    "dengarkan artikel",
    "dengarkan berita",
    "ringkasan ai",
    "salin pautan",
    "dengar",
    "dengar artikel",
    "sao chép liên kết",
    "sao chép link",
    "đã sao chép",
    "nghe bài viết",
    "nghe đọc bài",
    "nghe bài báo",
    "tóm tắt bằng ai",
    "คัดลอกลิงก์",
    "คัดลอกลิงค์",
    "ฟังบทความ",
    "ฟังข่าว",
    "สรุปโดย ai",
    "复制链接",
    "复制链接成功",
    "链接已复制",
    "收听",
    "听新闻",
    "朗读",
    "朗读全文",
    "ai摘要",
    "ai总结",
    "複製連結",
    "連結已複製",
    "聽新聞",
    "聆聽",
    "ai 摘要",
    "リンクをコピー",
    "リンクをコピーしました",
    "記事を聞く",
    "音声で聞く",
    "読み上げ",
    "ai要約",
    "aiによる要約",
    "링크 복사",
    "링크복사",
    "링크가 복사되었습니다",
    "기사 듣기",
    "기사듣기",
    "음성으로 듣기",
    "ai 요약",
    "ai요약",
});

// How notes on the page itself begin, before and after the text.
constexpr auto kNotes = std::to_array<std::string_view>({
    // English
    "this summary was generated",
    "this summary was created",
    "this article was translated",
    "this article was generated",
    "this content was produced with",
    "this story was translated",
    "this article contains affiliate",
    "this article may contain affiliate",
    "this post contains affiliate",
    "this post may contain affiliate",
    "this page contains affiliate",
    "this story contains affiliate",
    "we may earn",
    "we may receive a commission",
    "we earn a commission",
    "we may get a commission",
    "if you buy through our",
    "if you buy something through",
    "as an amazon associate",
    "when you buy through",
    "when you purchase through",
    "all products featured on",
    "affiliate links",
    "affiliate disclosure",
    "disclaimer:",
    "disclaimer -",
    "the views expressed",
    "the opinions expressed",
    "opinions expressed",
    "contact the reporter",
    "contact the author",
    "email the reporter",
    "email the author",
    "reach the reporter",
    "write to the author",
    "this article is for information",
    "not investment advice",
    "not financial advice",
    "this material may not be published",
    // German
    "diese zusammenfassung wurde",
    "dieser text wurde mit",
    "dieser artikel wurde mithilfe",
    "dieser artikel enthält affiliate",
    "dieser beitrag enthält affiliate",
    "affiliate-link",
    "mit * gekennzeichnet",
    "die mit * gekennzeichnet",
    "wir erhalten eine provision",
    "kontakt zum autor",
    "hinweis: dieser artikel enthält",
    "transparenzhinweis",
    // French
    "ce résumé a été généré",
    "cet article a été traduit",
    "cet article contient des liens affiliés",
    "liens affiliés",
    "nous pouvons percevoir une commission",
    "nous pouvons toucher une commission",
    "contacter l'auteur",
    "contacter le journaliste",
    "avertissement :",
    "les opinions exprimées",
    // Spanish, Portuguese, Italian
    "este resumen fue generado",
    "este resumen ha sido generado",
    "este artículo contiene enlaces",
    "enlaces de afiliados",
    "podemos recibir una comisión",
    "podríamos recibir una comisión",
    "descargo de responsabilidad",
    "aviso legal:",
    "las opiniones expresadas",
    "contacta al autor",
    "este resumo foi gerado",
    "este artigo contém links",
    "links de afiliados",
    "podemos receber uma comissão",
    "isenção de responsabilidade",
    "as opiniões expressas",
    "contate o autor",
    "questo riassunto è stato generato",
    "questo articolo contiene link",
    "link di affiliazione",
    "potremmo ricevere una commissione",
    "le opinioni espresse",
    "scrivi all'autore",
    // Dutch, Swedish, Norwegian, Danish, Finnish
    "deze samenvatting is gemaakt",
    "dit artikel bevat affiliate",
    "affiliatelinks",
    "we kunnen een commissie",
    "sammanfattningen är gjord",
    "artikeln innehåller affiliate",
    "artikeln innehåller annonslänkar",
    "sammendraget er laget",
    "denne artikkelen inneholder annonselenker",
    "resuméet er lavet",
    "artiklen indeholder affiliate",
    "tiivistelmä on tehty",
    "artikkeli sisältää mainoslinkkejä",
    "artikkeli sisältää kumppanilinkkejä",
    // Polish, Czech, Slovak, Hungarian, Romanian
    "podsumowanie wygenerowane",
    "artykuł zawiera linki afiliacyjne",
    "linki afiliacyjne",
    "kontakt z autorem",
    "skontaktuj się z autorem",
    "zastrzeżenie:",
    "shrnutí vytvořila",
    "článek obsahuje affiliate",
    "článek obsahuje partnerské odkazy",
    "článok obsahuje affiliate",
    "kontakt na autora",
    "a cikk affiliate",
    "a cikk partnerlinkeket",
    "ez az összefoglaló",
    "acest articol conține linkuri afiliate",
    "contactează autorul",
    "acest rezumat a fost",
    // Bulgarian, Russian, Ukrainian, Greek, Turkish
    "отказ от отговорност",
    "статията съдържа",
    "пересказ создан",
    "краткое содержание создано",
    "материал содержит партнерские ссылки",
    "материал содержит партнёрские ссылки",
    "мнение автора может не совпадать",
    "мнение редакции может не",
    "связаться с автором",
    "думка автора може не",
    "матеріал містить партнерські",
    "зв'язатися з автором",
    "αποποίηση ευθύνης",
    "το άρθρο περιέχει συνδέσμους",
    "οι απόψεις που εκφράζονται",
    "yasal uyarı",
    "bu özet yapay zeka",
    "bu yazı satış ortaklığı",
    "sorumluluk reddi",
    // Arabic, Persian, Hebrew, Hindi, Bengali, Urdu
    "إخلاء مسؤولية",
    "الآراء الواردة",
    "تم إنشاء هذا الملخص",
    "سلب مسئولیت",
    "این خلاصه",
    "גילוי נאות",
    "הסיכום נוצר",
    "अस्वीकरण",
    "डिस्क्लेमर",
    "यह सारांश",
    "দাবিত্যাগ",
    "ডিসক্লেইমার",
    "دستبرداری",
    "ڈس کلیمر",
    // Indonesian, Malay, Vietnamese, Thai, Chinese, Japanese, Korean
    "artikel ini mengandung tautan afiliasi",
    "ringkasan ini dibuat",
    "penafian",
    "artikel ini mengandungi pautan",
    "tuyên bố miễn trừ",
    "bài viết có chứa liên kết",
    "bản tóm tắt này",
    "ข้อจำกัดความรับผิดชอบ",
    "บทความนี้มีลิงก์",
    "本文由ai",
    "本摘要由ai",
    "摘要由ai",
    "本文含有联盟链接",
    "本文包含推广链接",
    "本文包含聯盟連結",
    "本文觀點",
    "本文观点",
    "以上内容仅代表",
    "この記事はaiが",
    "この要約はai",
    "本記事にはアフィリエイト",
    "アフィリエイトリンク",
    "本ページはプロモーション",
    "이 요약은 ai",
    "이 기사는 ai",
    "이 포스팅은",
    "제보는",
    "기사제보",
});

bool has_any(std::string_view text, const auto& words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.contains(word); });
}

// Words or phrases in order, found by their first byte.
class SortedPhrases {
  public:
    explicit SortedPhrases(std::span<const std::string_view> phrases)
        : phrases_(phrases.begin(), phrases.end()) {
        std::ranges::sort(phrases_);
        for (const std::string_view phrase : phrases_)
            ++first_[static_cast<std::size_t>(static_cast<unsigned char>(phrase.front())) + 1];
        for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    }

    // Returns whether `text` is one of the phrases.
    [[nodiscard]] bool contains(std::string_view text) const {
        return std::ranges::binary_search(beginning_as(text), text);
    }
    // Returns whether `text` begins with one of the phrases.
    [[nodiscard]] bool begins(std::string_view text) const {
        return std::ranges::any_of(
            beginning_as(text), [&](std::string_view phrase) { return text.starts_with(phrase); });
    }

  private:
    // Returns the phrases with the first byte of a text.
    [[nodiscard]] std::span<const std::string_view> beginning_as(std::string_view text) const {
        if (text.empty()) return {};
        const std::size_t first = static_cast<unsigned char>(text.front());
        return std::span(phrases_).subspan(first_[first], first_[first + 1] - first_[first]);
    }

    std::vector<std::string_view> phrases_;
    std::array<std::size_t, 257> first_{};
};

const SortedPhrases& labels() {
    static const SortedPhrases phrases(kLabels);
    return phrases;
}
const SortedPhrases& notes() {
    static const SortedPhrases phrases(kNotes);
    return phrases;
}
const PhraseSet& hosts() {
    static const PhraseSet set(kHosts);
    return set;
}
const PhraseSet& consents() {
    static const PhraseSet set(kConsents);
    return set;
}
const PhraseSet& works() {
    static const PhraseSet set(kOurWork);
    return set;
}
const PhraseSet& gifts() {
    static const PhraseSet set(kGifts);
    return set;
}

// Takes a length in minutes and what is not a word off the end: "listen 4 min", "listen (3:45)".
std::string_view without_number(std::string_view label) {
    constexpr std::string_view kSigns = "0123456789 :.!()[]·-|";
    constexpr auto kUnits = std::to_array<std::string_view>(
        {"minutes", "minuten", "minutos", "minuti", "minuter", "minutter", "min",
         "mins",    "minute",  "dk",      "мин",    "хв",      "分钟",     "分鐘",
         "分",      "분",      "phút",    "menit",  "دقائق",   "دقيقة"});
    const std::size_t digit = label.find_first_of("0123456789");
    for (bool again = true; again;) {
        again = false;
        while (!label.empty() && kSigns.contains(label.back())) label.remove_suffix(1);
        if (digit == std::string_view::npos || digit > label.size()) break;
        for (const std::string_view unit : kUnits) {
            if (!label.ends_with(unit)) continue;
            label.remove_suffix(unit.size());
            again = true;
            break;
        }
    }
    return label;
}

// Returns whether folded text is a label of the page itself.
bool is_label(std::string_view folded) { return labels().contains(without_number(folded)); }

// Whether a block says nothing but an address of mail, with a few words.
bool is_mail_line(std::string_view text) {
    constexpr std::size_t kMostBytes = 120;
    constexpr std::size_t kMostWords = 5;
    const std::size_t at = text.find('@');
    if (text.size() > kMostBytes || at == std::string_view::npos || at == 0) return false;
    const std::size_t dot = text.find('.', at);
    if (dot == std::string_view::npos || dot == at + 1 || text.substr(at, dot - at).contains(' '))
        return false;
    const auto words = static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1;
    return words <= kMostWords && !text.contains(". ");
}

class Boxes {
  public:
    Boxes(const PageTable& table, std::string_view title, html::Node title_node,
          std::vector<bool>& keep)
        : table_(table), keep_(keep), title_row_(table.row_of(title_node)) {
        const std::string folded = fold(title);
        is_about_hosts_ = hosts().any_in(folded) || consents().any_in(folded);
        is_about_gifts_ = works().any_in(folded);
        find_main_places();
    }

    void drop() {
        std::vector<bool> dropped(keep_.size(), false);
        drop_boxes(dropped);
        drop_lines(dropped);
        std::uint64_t lost = 0;
        for (std::size_t b = 0; b < keep_.size(); ++b)
            if (dropped[b]) lost += table_.blocks[b].weight;
        if (2 * lost >= all_) return;
        for (std::size_t b = 0; b < keep_.size(); ++b)
            if (dropped[b]) keep_[b] = false;
    }

  private:
    // The places where most of the prose stands, and sums over the blocks there.
    void find_main_places() {
        std::unordered_map<std::uint64_t, std::uint32_t> places;
        std::uint64_t prose = 0;
        for (std::size_t b = 0; b < keep_.size(); ++b) {
            const Block& block = table_.blocks[b];
            if (!keep_[b]) continue;
            all_ += block.weight;
            if (!is_prose(block)) continue;
            places[table_.place_of(block)] += block.weight;
            prose += block.weight;
        }
        is_main_.resize(keep_.size());
        main_before_.assign(keep_.size() + 1, 0);
        kept_before_.assign(keep_.size() + 1, 0);
        for (std::size_t b = 0; b < keep_.size(); ++b) {
            const auto place = places.find(table_.place_of(table_.blocks[b]));
            is_main_[b] = keep_[b] && place != places.end() &&
                          std::uint64_t{place->second} * kPartsOfPlace >= prose;
            main_before_[b + 1] = main_before_[b] + (is_main_[b] ? 1 : 0);
            kept_before_[b + 1] = kept_before_[b] + (keep_[b] ? 1 : 0);
        }
    }

    // Walks over the largest rows that stand apart from the text.
    void drop_boxes(std::vector<bool>& dropped) {
        count_words();
        const Words& all = words_before_.back();
        if ((all.hosts == 0 || all.consents == 0) && (all.works == 0 || all.gifts == 0)) return;
        int boxes = 0;
        for (std::uint32_t r = 0; r < table_.rows.size() && boxes < kMaxBoxes;) {
            const Row& row = table_.rows[r];
            const std::uint32_t kept = kept_before_[row.end_block] - kept_before_[row.first_block];
            if (kept == 0) {
                r = std::max(row.end, r + 1);
                continue;
            }
            if (row.tag == LXB_TAG_TABLE || row.tag == LXB_TAG_BLOCKQUOTE ||
                row.tag == LXB_TAG_PRE || row.tag == LXB_TAG_UL || row.tag == LXB_TAG_OL) {
                r = std::max(row.end, r + 1);
                continue;
            }
            const bool stands_apart =
                main_before_[row.end_block] == main_before_[row.first_block] &&
                html::is_block(row.tag) &&
                (title_row_ == kNoRow || !table_.contains(r, title_row_));
            if (!stands_apart || table_.weight(row) > kMostOfBox) {
                ++r;
                continue;
            }
            ++boxes;
            if (is_foreign_box(r)) {
                std::fill(dropped.begin() + row.first_block, dropped.begin() + row.end_block, true);
                r = std::max(row.end, r + 1);
            } else {
                ++r;
            }
        }
    }

    // What the words of the blocks before say, counted.
    struct Words {
        std::uint32_t hosts = 0;
        std::uint32_t consents = 0;
        std::uint32_t works = 0;
        std::uint32_t gifts = 0;
    };

    // Looks once at each kept block that stands apart.
    void count_words() {
        constexpr std::uint32_t kMostHits = 4;
        words_before_.resize(keep_.size() + 1);
        std::size_t bytes_left = kMaxBytesOfAll;
        for (std::size_t b = 0; b < keep_.size(); ++b) {
            Words words = words_before_[b];
            if (keep_[b] && !is_main_[b] && bytes_left > 0) {
                const std::string text = fold(table_.text_of(table_.blocks[b], kMaxTextBytes));
                bytes_left -= std::min(bytes_left, text.size());
                words.hosts += hosts().count_in(text, 1);
                words.consents += consents().count_in(text, kMostHits);
                words.works += works().count_in(text, 1);
                words.gifts += gifts().count_in(text, 1);
            }
            words_before_[b + 1] = words;
        }
    }

    [[nodiscard]] bool is_foreign_box(std::uint32_t r) const {
        const Row& row = table_.rows[r];
        const Words& before = words_before_[row.first_block];
        const Words& after = words_before_[row.end_block];
        if (after.hosts > before.hosts && after.consents > before.consents) {
            // Long texts about a host and its rules have some of the words too.
            const std::uint32_t weight = table_.weight(row);
            const std::uint32_t least = is_about_hosts_ || weight > kWeightOfThreeWords ? 3
                                        : weight > kWeightOfTwoWords                    ? 2
                                                                                        : 1;
            if (after.consents - before.consents >= least && has_form(r, SiteText::kEmbedConsent))
                return true;
        }
        return after.works > before.works && after.gifts > before.gifts && !is_about_gifts_ &&
               has_form(r, SiteText::kAppeal);
    }

    // Controls, names and links that boxes of a kind have.
    [[nodiscard]] bool has_form(std::uint32_t r, SiteText kind) const {
        constexpr Names kNamesOfConsent = kConsent | kEmbed | kWidget | kSide | kAd;
        constexpr Names kNamesOfAppeal = kNewsletter | kPaywall | kAd | kWidget | kRelated | kSide;
        static constexpr auto kConsentWords = std::to_array<std::string_view>(
            {"consent",      "embed",   "privacy", "placeholder", "optin",  "opt-in",
             "external",     "extern",  "cmplz",   "borlabs",     "cookie", "didomi",
             "usercentrics", "iubenda", "gdpr",    "dsgvo",       "rgpd",   "click",
             "oembed",       "blocked", "media",   "video",       "social"});
        static constexpr auto kAppealWords = std::to_array<std::string_view>(
            {"support", "donat",    "contribut", "member",  "appeal",
             "pitch",   "spende",   "don",       "subscri", "abo",
             "patreon", "campaign", "fund",      "cta",     "call-to-action",
             "promo",   "banner",   "apoya",     "steun",   "soutien",
             "box",     "block",    "widget"});
        const bool is_consent = kind == SiteText::kEmbedConsent;
        const std::uint32_t end = std::min(table_.rows[r].end, r + kMaxRowsOfBox);
        for (std::uint32_t i = r; i < end; ++i) {
            const Row& row = table_.rows[i];
            switch (row.tag) {
                case LXB_TAG_BUTTON:
                case LXB_TAG_INPUT:
                case LXB_TAG_FORM:
                case LXB_TAG_LABEL:
                case LXB_TAG_ASIDE:
                    return true;
                case LXB_TAG_IFRAME:
                    if (is_consent) return true;
                    break;
                case LXB_TAG_A:
                    return true;
                default:
                    break;
            }
            if ((row.names & (is_consent ? kNamesOfConsent : kNamesOfAppeal)) != 0) return true;
            const std::string names = ascii_lower(first_bytes(row.node.class_name(), 200)) + ' ' +
                                      ascii_lower(first_bytes(row.node.id(), 100));
            if (names.size() > 1 &&
                (is_consent ? has_any(names, kConsentWords) : has_any(names, kAppealWords)))
                return true;
        }
        return false;
    }

    // Labels anywhere, notes and mail at both ends.
    void drop_lines(std::vector<bool>& dropped) {
        constexpr int kLinesAtEnd = 4;
        std::vector<std::uint32_t> kept;
        for (std::uint32_t b = 0; b < keep_.size(); ++b)
            if (keep_[b] && !dropped[b]) kept.push_back(b);
        for (const std::uint32_t b : kept) {
            const Block& block = table_.blocks[b];
            if (block.weight > kMostOfLabel || is_in_structure(block)) continue;
            if (is_label(fold(table_.text_of(block, 4 * kMostOfLabel)))) dropped[b] = true;
        }
        const auto is_note = [&](std::uint32_t b) {
            const Block& block = table_.blocks[b];
            if (block.weight > kMostOfNote || is_in_structure(block)) return false;
            const std::string text = fold(table_.text_of(block, kMaxTextBytes));
            return site_text_of(text) == SiteText::kNote || is_mail_line(text);
        };
        int lines = 0;
        for (auto b = kept.rbegin(); b != kept.rend() && lines < kLinesAtEnd; ++b, ++lines)
            if (is_note(*b)) dropped[*b] = true;
        lines = 0;
        for (auto b = kept.begin(); b != kept.end() && lines < kLinesAtEnd; ++b, ++lines) {
            if (is_note(*b)) dropped[*b] = true;
        }
    }

    [[nodiscard]] bool is_in_structure(const Block& block) const {
        return table_.stands_in(
            block, {LXB_TAG_BLOCKQUOTE, LXB_TAG_TABLE, LXB_TAG_PRE, LXB_TAG_LI, LXB_TAG_DD});
    }

    const PageTable& table_;
    std::vector<bool>& keep_;
    std::uint32_t title_row_;
    bool is_about_hosts_ = false;  // by the title
    bool is_about_gifts_ = false;
    std::uint64_t all_ = 0;
    std::vector<bool> is_main_;
    std::vector<std::uint32_t> main_before_;
    std::vector<std::uint32_t> kept_before_;
    std::vector<Words> words_before_;
};

}  // namespace

SiteText site_text_of(std::string_view folded) {
    if (is_label(folded)) return SiteText::kLabel;
    if (notes().begins(folded)) return SiteText::kNote;
    if (hosts().any_in(folded) && consents().any_in(folded)) return SiteText::kEmbedConsent;
    if (works().any_in(folded) && gifts().any_in(folded)) return SiteText::kAppeal;
    return SiteText::kNone;
}

void drop_foreign_boxes(const PageTable& table, std::string_view title, html::Node title_node,
                        std::vector<bool>& keep) {
    Boxes(table, title, title_node, keep).drop();
}

}  // namespace heliograph::extract
