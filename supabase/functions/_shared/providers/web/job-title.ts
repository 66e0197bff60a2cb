import { fold } from "./text.ts";

/** Words of which one makes a short line a job title. Folded, whole words; a star ends a stem. */
const ROLE_WORDS =
  "ceo cto cfo coo cmo cpo cro cio ciso chro cso cdo cxo evp svp vp avp gm md chief president vice chairman chairwoman chair chairperson founder cofounder founders cofounders founding owner proprietor partner principal director directors head manager managing lead leader " +
  "officer secretary treasurer trustee executive supervisor foreman coordinator administrator assistant associate analyst advisor adviser consultant specialist expert engineer developer programmer designer architect scientist researcher technician mechanic " +
  "electrician machinist welder operator fitter surveyor accountant bookkeeper controller auditor actuary lawyer attorney solicitor barrister counsel paralegal notary dentist doctor physician surgeon orthodontist hygienist nurse therapist psychologist veterinarian " +
  "pharmacist teacher professor lecturer instructor trainer coach editor writer author copywriter journalist photographer videographer illustrator artist producer recruiter buyer planner strategist marketer salesman saleswoman salesperson representative rep agent " +
  "broker dealer receptionist clerk cashier chef cook baker brewer winemaker roaster sommelier butcher gardener farmer carpenter joiner builder painter plumber driver pilot captain skipper intern trainee apprentice student fellow curator librarian ambassador spokesperson " +
  "evangelist investor venture emeritus member buildings caretaker estimator merchandiser stylist buyer dispatcher handler keeper warden ranger toolmaker tailor jeweller jeweler luthier restorer conservator weaver potter printer bookbinder " +
  "superintendent rector provost registrar bursar chaplain councillor commissioner governor midwife osteopath chiropractor counsellor dietitian nutritionist barista bartender hostess concierge animator composer conductor translator interpreter economist chemist physicist " +
  "geneticist installer roofer plasterer glazier bricklayer landscaper stonemason blacksmith postdoc doctoral delegate negotiator conveyancer valuer auctioneer underwriter adjuster trader banker presenter moderator facilitator mediator arbitrator liaison fundraiser fundraising archivist *therapist *opath " +
  // Departments that are written where a title stands.
  "accounts accounting bookkeeping administration admin reception sales marketing finance hr operations purchasing procurement logistics dispatch production engineering support communications compliance legal payroll " +
  // German, after endings that name occupations in several languages
  "*ologist *ographer *ician *keeper *maker directrice redactrice animatrice conservatrice formatrice *teur *liste *niste *giste *riste *euse *logue *manager *managerin *direktor *direktorin *arbeiter *arbeiterin *fuhrer *fuhrerin *pfleger *pflegerin *lehrer *lehrerin *therapeut *therapeutin " +
  "*sekretar *sekretarin *redakteur* *grafiker* *gestalter* *schreiner* *tischler* *maurer *elektriker* *schlosser* *mechaniker* *mechatroniker* *gartner* *verkaufer* *einkaufer* *buchhalter* jurist juristin *warter* *fachangestellte* direktor* " +
  "direktur kepala manajer pengarah pendiri giam direktorius vadovas vadybininkas direktors vaditajs juhataja juhatuse voditelj* vlasnik* osnivac* " +
  "prasident prasidentin vizeprasident* kassier* kassenwart* schriftfuhrer* aktuar* beisitzer* verleger* lektor* redaktion lektorat geschaftsfuhrer* geschaftsfuhrung geschaftsfuhrend* geschaftsleitung inhaber inhaberin vorstand* vorsitzende* aufsichtsrat* grunder grunderin mitgrunder* prokurist* leiter leiterin *leiter *leiterin leitung *leitung abteilungsleiter* mitarbeiter* sachbearbeit* assistenz sekretariat buchhaltung vertrieb vertriebs* " +
  "einkauf verkauf kundenbetreu* *berater *beraterin berater* ingenieur* entwickler* *entwickler* techniker* meister* *meister *meisterin geselle* auszubildende* azubi* werkstatt montage konstruktion personal verwaltung empfang disposition lager fertigung rechtsanwalt* anwalt* fachanwalt* notar* steuerberater* wirtschaftsprufer* arzt arztin *arzt *arztin architekt* " +
  "gesellschafter* sprecher* beauftragte* *beauftragte* referent* werkstudent* praktikant* projektleit* bauleit* kaufmann kauffrau *kaufmann *kauffrau betriebswirt* controller* winzer* kellermeister* backer* koch kochin *techniker* *monteur* monteur* *planer* *verwalter* hausverwalt* *assistent* assistentin " +
  // French
  "directeur* directrice* gerant* maitre* restaurat* histori* president* fondateur* fondatrice* cofondateur* cofondatrice* associe* responsable* chef cheffe adjoint* ingenieur* technicien* comptable* comptabilite secretaire* assistante* charge chargee conseiller* conseillere* avocat* notaire* commercial* commerciale* developpeu* redact* stagiaire* apprenti* alternant* vigneron* vigneronne* artisan* gestionnaire* coordinat* administrat* acheteu* " +
  // Spanish, Portuguese, Italian
  "director* directora* gerente* presidente* presidenta* fundador* cofundador* socio* socia* jefe jefa responsable* encargad* ingenier* tecnic* contab* administracion administrativ* secretari* abogad* asesor* consultor* comercial* ventas compras disenador* desarrollador* coordinador* " +
  "diretor* diretora* socio* engenheir* gestor* gestora* fundadora* advogad* analista* desenvolvedor* vendas comercial* amministratore* amministrazione titolare titolari direttore* direttrice* fondatore* fondatrice* cofondat* socio* ingegnere* architetto* avvocato* commercialista* impiegat* addett* tecnico* capo enologo* enologa* responsabile* agronomo* vendite acquisti " +
  // Dutch, Nordic
  "directeur* oprichter* mede eigenaar* eigenares* vennoot* bestuurder* bestuurslid voorzitter* hoofd manager* projectleider* *leider* medewerk* *medewerk* adviseur* *adviseur* monteur* administratie verkoop inkoop planning planner* ontwerper* ontwikkelaar* advocaat* notaris* boekhoud* stagiair* werkvoorbereider* uitvoerder* calculator* accountmanager* " +
  "direktor* vd verkstallande grundare medgrundare ordforande styrelse* styrelseordforande *chef *chefen saljare salgschef daglig leder adm direktorer administrerende bestyrelsesformand* stifter medstifter partner* konsult* konsulent* radgiver* ingenjor* ingenior* utvecklare udvikler utvikler okonomi* ekonomi* saljchef projektledare projektleder prosjektleder radgivare jurist* *ansvarlig *ansvarig toimitusjohtaja *johtaja *paallikko perustaja osakas asiantuntija myyntipaallikko " +
  // Polish, Czech, Hungarian, Turkish, Romanian
  "prezes* wiceprezes* zarzadu dyrektor* kierownik* kierowniczka wlasciciel* zalozyciel* wspolzalozyciel* specjalista* specjalistka* inzynier* ksiegow* handlow* doradca* radca adwokat* czlonek reditel* jednatel* majitel* zakladatel* vedouci* obchodni ucetni ugyvezeto* igazgato* alapito* tulajdonos* vezeto* mudur* kurucu* genel muhendis* uzman* yonetici* ortak* fondator* administrator* inginer*";

/** Roles in scripts without spaces or without the Latin alphabet. */
export const CJK_ROLE =
  /代表|负责人|負責人|专员|客服|采购|销售|法人|首席|副总|总工|财务|財務|研发|监事|秘书|会计|律师|院长|院長|广报|広報|人事|総務|理事|職人|料理長|杜氏|弁護士|税理士|行政書士|司法書士|会計士|看護師|医師|研究員|編集長|シェフ|オーナー|スタッフ|チーフ|アシスタント|アドバイザー|コンサルタント|プランナー|プログラマ|プロデューサー|パートナー|セールス|マーケティング|社長|会長|取締役|監査役|執行役員|役員|部長|課長|係長|室長|工場長|店長|所長|支店長|次長|主任|専務|常務|顧問|担当|責任者|マネージャー|エンジニア|デザイナー|ディレクター|リーダー|創業者|経理|总经理|總經理|总裁|總裁|董事|经理|經理|创始人|創辦人|主管|总监|總監|工程师|工程師|主席|合伙人|设计师|대표|이사|사장|회장|부장|과장|팀장|본부장|연구소장|매니저|엔지니어|디자이너|창업자|генеральный|директор|руководитель|основатель|менеджер|инженер|бухгалтер|председатель|начальник|специалист|юрист|врач|дизайнер|разработчик|консультант|администратор|заместитель|учредитель|владелец|маркетолог|аналитик|архитектор|керівник|засновник|інженер|διευθ|ιδρυτ|πρόεδρ|μηχανικ|υπεύθυν|партнер|партнёр|الرئيس|مدير|مديرة|مؤسس|مهندس|مسؤول|رئيس|محاسب|مستشار|شريك|منسق|أخصائي|محام|מנכ|מנהל|מייסד|סמנכ|מהנדס|יועץ|שותף/iu;

/** The shortest beginning or end in the list above. */
const MIN_STEM = 3;
const roles = compile(ROLE_WORDS);
const PROSE =
  /\b(?:is|are|was|were|has|have|had|will|can|his|her|their|they|she|he|you|your|we|our|who|which|joined|joins|leads|works|worked|loves|enjoys|brings|says|when|because|ist|sind|hat|haben|seine|ihre|wir|unser|est|sont|avait|nous|notre|elle|tiene|heeft|zijn|wij)\b/u;

/** Whether a short text names a role ("Head of Sales", "Geschäftsführerin", "代表取締役社長"). Sentences do not. */
export function isTitle(text: string): boolean {
  if (!isTitleShaped(text) || isCallToAction(text)) return false;
  if (CJK_ROLE.test(text)) return text.length <= 40;
  return fold(text).split(" ").some(isRoleWord);
}

/** Whether a text only names departments ("Vertrieb", "Sales & Marketing"): over a name that is a heading, not their role. */
export function isDepartment(text: string): boolean {
  const words = fold(text)
    .split(" ")
    .filter((word) => !/^(?:and|und|et|y|e|en|og|och|the|our|team)$/.test(word));
  return words.length > 0 && words.every((word) => DEPARTMENTS.has(word) || !isRoleWord(word));
}

/** The role words that mean a department as well. */
const DEPARTMENTS = new Set(
  (
    "accounts accounting bookkeeping administration admin reception sales marketing finance hr operations purchasing procurement logistics dispatch production engineering support communications compliance legal payroll executive " +
    "assistenz sekretariat buchhaltung vertrieb einkauf verkauf werkstatt montage konstruktion personal verwaltung empfang disposition lager fertigung geschaftsfuhrung geschaftsleitung leitung vorstand redaktion lektorat aufsichtsrat " +
    "comptabilite administracion ventas compras vendas amministrazione vendite acquisti administratie verkoop inkoop planning okonomi ekonomi fundraising conseil"
  ).split(" "),
);

/** Whether a text could stand as a title beside a name: short, one phrase, no address, number or sentence. */
export function isTitleShaped(text: string): boolean {
  if (
    text.length < 2 ||
    text.length > 110 ||
    /[@"“”„»«!?…]|https?:|www\.|\d{5,}|(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{4}/.test(text)
  )
    return false;
  if (/\p{L}{3,}[.。]$/u.test(text) && !/(?:jr|sr|inc|ltd|co|dept|mktg)\.$/i.test(text)) return false;
  if (
    /\.\s+\p{Lu}/u.test(
      text.replace(/\b(?:\p{L}|Dr|Dipl|Prof|St|Ing|rer|nat|Abt|Sr|Jr|Asst|Adm|Mgr|Dir)\.\s/gu, ""),
    )
  )
    return false;
  const words = fold(text).split(" ");
  return words.length <= 14 && words[0] !== "" && !PROSE.test(` ${words.join(" ")} `);
}

/** Whether a short text is what a card is clicked for: "View profile", "Read bio", "Mehr erfahren". */
export function isCallToAction(text: string): boolean {
  return CALL_TO_ACTION.test(fold(text));
}

const CALL_TO_ACTION =
  /^(?:(?:read|view|see|show|open|learn|download|zum|zur|voir|lire|ver|leer|vedi|leggi|lees|bekijk|se|las)\s(?:more|all|the|full|his|her|their|profile?|profil|bio\p{L}*|cv|details|story|mehr|plus|le|la|su|il|mas|di|profiel|mer|wiecej|perfil).{0,30}|full (?:bio\p{L}*|profile)|(?:e ?mail|mail|call|phone|contact|connect|linkedin|twitter|x|instagram|facebook|vcard|v card|bio|biography|profile|profil|cv|more|mehr|plus|mas|meer|in|website)(?: (?:me|us|erfahren|lesen|info|d infos|informacion))?)$/u;

/** Role words that are surnames as well: "Tom Baker" is a person, "Head Baker" is not. */
const SURNAMES =
  /^(?:baker|cook|carpenter|potter|farmer|tailor|butcher|gardener|painter|driver|weaver|warden|keeper|clerk|fellow|printer|fitter|skipper|ranger|brewer|turner|koch|backer|becker|meister|\p{L}*(?:meister|macher|maker|mann|schreiner|tischler|maurer|schlosser|gartner|lehrer|fuhrer)|winzer|leiter|sprecher|planer|stifter|leder|richter|notari?|sales|artisan|page|marshall|chandler)$/u;

/** Whether one of the words of a possible name says that it is a role: any but the last, or a last one that is no surname. */
export function hasRoleWord(words: readonly string[]): boolean {
  return words.some((word, index) => {
    const folded = fold(word);
    const isRole = CJK_ROLE.test(word) || isRoleWord(folded);
    return isRole && (index < words.length - 1 || !SURNAMES.test(folded));
  });
}

/** Whether a text is the plural of a role: "surveyors", "engineers". */
export function isRolePlural(word: string): boolean {
  const folded = fold(word);
  return folded.endsWith("s") && !OUTSIDE_PLURAL.test(folded) && isRoleWord(folded.slice(0, -1));
}

/** Plurals of those whom sites list although they are not staff. */
const OUTSIDE_PLURAL =
  /^(?:authors|writers|artists|investors|students|members|buyers|producers|owners|representatives|reps)$/;

/** Whether a folded word is a role: in full, by its beginning ("geschaftsfuhr…"), or by its end ("…leiter"). */
function isRoleWord(word: string): boolean {
  if (roles.exact.has(word)) return true;
  for (let length = MIN_STEM; length <= word.length; length += 1) {
    if (roles.prefixes.has(word.slice(0, length)) || roles.suffixes.has(word.slice(-length))) return true;
  }
  return roles.infixes.some((infix) => word.includes(infix));
}

/** Sets instead of one pattern: hundreds of stems are looked up for every short line of a page. */
function compile(list: string) {
  const words = list.split(" ").filter((word) => word !== "");
  const bare = (pick: (word: string) => boolean) =>
    words.filter(pick).map((word) => word.replaceAll("*", ""));
  return {
    exact: new Set(bare((word) => !word.includes("*"))),
    prefixes: new Set(bare((word) => /^[^*]+\*$/.test(word))),
    suffixes: new Set(bare((word) => /^\*[^*]+$/.test(word))),
    infixes: bare((word) => /^\*[^*]+\*$/.test(word)),
  };
}
