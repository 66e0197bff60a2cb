import { CJK_ROLE, hasRoleWord, isTitle } from "./job-title.ts";
import { isPostNominals, withoutHonorifics, withoutPostNominals } from "./name-affixes.ts";
import { fold } from "./text.ts";

const PARTICLE =
  /^(?:van|von|vom|vander|de|der|den|des|del|della|delle|degli|di|da|dal|dalla|do|dos|das|du|d|la|le|les|lo|el|al|bin|ibn|ben|bint|binti|bte|s\/o|d\/o|abu|ter|ten|te|zu|zum|zur|und|af|av|y|e|i|st|ní|ni|nic|mac|mc|ó|ua|'t|’t|op|in|t|ap|san|à|a|ab|auf|aus|della|dos)$/iu;
const WORD =
  /^(?:\p{Lu}[\p{L}\p{M}]*(?:['’ʼ‘`-]\p{L}[\p{L}\p{M}]*)*|[a-z]['’]\p{Lu}\p{L}+(?:-\p{L}+)*|\p{Lu}{2,})$/u;
/** "J.", "J.R.", "J.-P.", and abbreviated first names: "Wm.", "Fco.", "M.ª". */
const INITIALS =
  /^(?:\p{Lu}\.){1,3}$|^\p{Lu}\.?[ªº]?$|^\p{Lu}\.-\p{Lu}\.$|^\p{Lu}\p{Ll}{1,3}\.$|^\p{Lu}\.[ªº]$/u;
const NICKNAME = /\s["“”„«'‘(]\p{L}[\p{L}. -]{0,20}["“”»'’)](?=\s)/u;
/** "van der Giessen – de Jong": two surnames. */
const MARRIED = /\s[–-]\s(?=(?:de|den|der|van|ten|ter|te|'t)\s)/u;
const CJK_NAME =
  /^(?:[\p{Script=Han}々]{1,4}[ 　・·][\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々]{1,6}|[\p{Script=Han}々]{2,4}|\p{Script=Katakana}{2,}[・·]\p{Script=Katakana}[\p{Script=Katakana}ー]+|\p{Script=Hangul}{2,5}|\p{Script=Hangul}{1,2} \p{Script=Hangul}{1,3})$/u;
const CJK_SUFFIX = /(?:[（(](?:先生|女士|小姐|男|女)[）)]|さん|様|氏|先生|님|女士|小姐)$/u;
/** Korean names begin with one of few surnames and have one or two syllables more, two surnames aside. */
const HANGUL_NAME =
  /^(?:(?:남궁|황보|제갈|선우|독고|사공)\p{Script=Hangul}{1,2}|[김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육모탁국어은편용나라봉사부경피감음빈동온호범]\p{Script=Hangul}{1,2})$/u;
const CJK_NOT_NAME =
  /会社|役員|企業|株式|有限|公司|事業|業務|情報|概要|案内|採用|製品|問合|問い|住所|電話|部$|課$|室$|店$|所$|駅|県|都$|市$|区|町|営業|技術|開発|取締|代表|社長|部長|経理|総務|総経|総理|经理|董事|創業|创始|设计|設計|工場|工厂|本社|地図|資本|設立|沿革|理念|挨拶|挨|新闻|联系|关于|产品|服务|首页|团队|소개|회사|문의|대표|이사|제품|서비스|팀|주소|전화|인사말|박사|석사|고객|기술|개발|연구|경영|영업|지원|氏名|名前|役職|姓名|职位|職位|이름|직책|製造|品質|管理|検査|加工|受付|窓口|担当|連絡|営業|時間|休日|月曜|精密|金属|切削|農|食|茶$|酒$/u;

/** Two to five words in a script without capitals: a name only when a role stands beside it. */
const UNICASE_NAME =
  /^(?:[\p{Script=Arabic}\p{M}]{1,15}\.?\s){1,4}[\p{Script=Arabic}\p{M}]{2,15}$|^(?:[\p{Script=Hebrew}\p{M}'"׳״-]{2,15}\s){1,3}[\p{Script=Hebrew}\p{M}'"׳״-]{2,15}$/u;

/** Never in a person's name, also behind a hyphen: "Verwaltungs-GmbH". */
const LEGAL_FORM = /(?:^|[-–])(?:gmbh|ag|kg|se|inc|llc|ltd|limited|bv|nv|sarl|sas|srl|spa|oy|aps|plc|ug)$/iu;
/** Words that stand in headings and menus, never in a person's name. Folded. */
const NOT_NAMES = new Set(
  (
    "ihre ihr ihren euer eure dein deine mein meine seine mes ses leur leurs vos tous toute tutti tutto mijn jouw vores " +
    "about accept access account accounts address advisory agency all america american and senior junior deputy vice executive general pastry master sous regional national certified registered independent angebot apply aligners analytics app apps are area areas as asia associates at award awards " +
    "bank beratung blog board branch brand build building business buy by call capital care careers case center centre chat city clear client clients clinic club co college commercial committee company consulting contact cookie " +
    "cookies copyright corp corporate council customer customers daily data datenschutz days dental department design development digital direct directions discover download east email mail mails mailen courriel correo message nachricht schreiben write energy engineering english equipe equipo equity europe event events " +
    "experience explore facebook family faq fax features find finance financial first follow food for forum found founded foundation free friday from fund für get global gmbh go group growth guide health hello help history holdings home hotel hours " +
    "house how human im impressum imprint inc industries industry information insights instagram institute insurance international into investment investments investor investors is it ist jobs join journal karriere kontakt kunden " +
    "labs latest learn legal limited linkedin links llc llp ltd location locations login made main making management manager managers manufacturing map maps market marketing media meet menu mission mobile monday month more mr name network new news newsletter " +
    "next no not notice of office offices on one online open operations opening or order our out over partners partnership payment people phone photo photos plan platform play please policy portfolio power practice press pricing privacy private product " +
    "products professional profile program project projects property public quality quick read reach real recent reports request research reserved resources restaurant retail returns review reviews rights road sale sales saturday school science search " +
    "secure security see select send service services shipping shop sign site sitemap skip smart social software solution solutions south start startup startups store story strategy street studio subscribe success sunday supply support sustainability system systems talent team " +
    "teams tech technologies technology telephone terms testimonials the thank thanks thursday today tools top trade training travel tuesday twitter uber und uns unser unsere unternehmen up us use ventures video view vision visit volunteer watch water we web website wednesday week " +
    "welcome werden what when where who why wills wir with work working workshop world xing year years you your youtube zur zum leistungen produkte standort standorte mehr lesen notre nos votre nuestra nuestro nuestros onze ons alle quick kg ag bv nv sarl srl spa oy aps gbr ohg ug ev "
  )
    .split(" ")
    .filter((word) => word !== ""),
);
/** A name without titles before and letters after it, as it is stored apart in `first_name` and `last_name`. */
export interface NameParts {
  /** As written, without a trailing separator; post-nominals kept. */
  name: string;
  /** Without honorifics and post-nominals. */
  core: string;
  first: string | undefined;
  last: string | undefined;
}

/**
 * Reads a line as a person's name, or null if it does not look like one. Looking like one is not enough to be one:
 * callers also need a job title, a profile or a place among other people.
 */
export function readPersonName(text: string): NameParts | null {
  const parts = readNameShape(text);
  if (!parts) return null;
  const words = parts.core.split(/\s+/);
  return isUnicase(parts.core) || (!words.some(isCommonWord) && !hasRoleWord(words)) ? parts : null;
}

/**
 * A name that ends in a common word ("Adam West", "Hope Story", "Siobhan Power") and could as well be a heading: a
 * name only among others that are certain.
 */
export function readDoubtfulName(text: string): NameParts | null {
  const inverted = readInvertedName(text);
  if (inverted) return inverted;
  const parts = readNameShape(text);
  if (!parts || isUnicase(parts.core)) return null;
  const words = parts.core.split(/\s+/);
  const before = words.slice(0, -1);
  const last = words.at(-1) ?? "";
  if (words.length > 4 || LEGAL_FORM.test(last) || before.some(isCommonWord) || hasRoleWord(before))
    return null;
  return isCommonWord(last) || hasRoleWord(words) ? parts : null;
}

/** "Begay-Martin, Lorraine" the other way round; null for anything else with a comma. */
export function readInvertedName(text: string): NameParts | null {
  const [last = "", first = "", ...more] = text.split(/,\s+/);
  if (first === "" || more.length > 0 || isTitle(first) || isPostNominals(first)) return null;
  return /^\p{Lu}/u.test(first) && first.split(" ").length <= 3 ? readPersonName(`${first} ${last}`) : null;
}

/** "Dr. Lang", "Frau Weber": a surname with a title before it. */
export function readSurname(text: string): NameParts | null {
  const core = withoutHonorifics(text);
  const isOne = core !== text && WORD.test(core) && core.length >= 3 && !isCommonWord(core);
  return isOne && !hasRoleWord([core]) ? { name: text, core, first: undefined, last: core } : null;
}

function isCommonWord(word: string): boolean {
  return isInNoName(word) || LEGAL_FORM.test(word);
}

/** "E-mail" is such a word as "email" is. */
function isInNoName(word: string): boolean {
  return NOT_NAMES.has(fold(word.replaceAll("-", "")));
}

/** What is built like a name, whatever its words mean. */
function readNameShape(text: string): NameParts | null {
  const name = text
    .replace(/\s*\((?:she|he|they|sie|er|elle|il)\/[^)]{1,20}\)/iu, "")
    .replace(/[\s,;:–—|-]+$/u, "")
    .trim();
  if (name.length < 2 || name.length > 70) return null;
  const cjk = readCjkName(name);
  if (cjk) return cjk;
  if (UNICASE_NAME.test(name) && !isTitle(name)) return unicaseName(name);
  if (/[0-9@/\\!?…%&+=#*<>[\]{}]/.test(name)) return null;
  const core = withoutPostNominals(withoutHonorifics(name)).replace(NICKNAME, "").replace(MARRIED, "-");
  const words = core.split(/\s+/);
  if (words.length < 2 || words.length > 6) return null;
  const strong = words.filter((word, index) => WORD.test(word) && (index === 0 || !isParticle(word)));
  const allRead = words.every((word) => WORD.test(word) || INITIALS.test(word) || isParticle(word));
  const last = words.at(-1) ?? "";
  if (!allRead || strong.length < 1 || !(WORD.test(last) || INITIALS.test(last))) return null;
  if (strong.length + words.filter((word) => INITIALS.test(word)).length < 2) return null;
  if (isParticle(words[0] ?? "") && !WORD.test(words[0] ?? "")) return null;
  const split = words.findIndex((word, index) => index > 0 && isParticle(word));
  const lastFrom = split > 0 ? split : words.length - 1;
  return { name, core, first: words.slice(0, lastFrom).join(" "), last: words.slice(lastFrom).join(" ") };
}

function isUnicase(text: string): boolean {
  return !/\p{Lu}/u.test(text);
}

/** For telling whether two spellings are one person: no honorifics, post-nominals, accents or case. */
export function nameKey(name: string): string {
  const core = withoutPostNominals(withoutHonorifics(name)).replace(NICKNAME, "");
  return fold(core).replace(/\s+/g, /[\p{Script=Han}\p{Script=Hangul}]/u.test(core) ? "" : " ");
}

function readCjkName(name: string): NameParts | null {
  const core = name.replace(CJK_SUFFIX, "").trim();
  if (!CJK_NAME.test(core) || CJK_ROLE.test(core)) return null;
  // With a space between family and given name it is hardly anything else.
  if (!/[ 　・·]/u.test(core) && (CJK_NOT_NAME.test(core) || !isHangulName(core))) return null;
  const parts = core.split(/[ 　]/);
  // Family name first; without a space there is no telling where it ends.
  return { name: core, core, first: parts[1], last: parts.length === 2 ? parts[0] : undefined };
}

/** True for names in other scripts, too. */
function isHangulName(text: string): boolean {
  return !/\p{Script=Hangul}/u.test(text) || HANGUL_NAME.test(text);
}

function unicaseName(name: string): NameParts {
  const core = name
    .replace(/^(?:د|م|أ|ا|الدكتور|الدكتورة|المهندس|المهندسة|السيد|السيدة)\.?\s/u, "")
    .replace(/^(?:ד״ר|ד"ר|עו״ד|עו"ד)\s/u, "");
  const words = core.split(/\s+/);
  return { name, core, first: words[0], last: words.slice(1).join(" ") };
}

function isParticle(word: string): boolean {
  return PARTICLE.test(word.replace(/[.'’]$/, ""));
}

/** One to five words of letters in any case or script: a name only where the page itself calls it one. */
export function readLooseName(text: string): NameParts | null {
  const words = text.split(/\s+/);
  const isPlain = /^[\p{L}\p{M}.'’\- ]{2,60}$/u.test(text) && words.length <= 5;
  if (!isPlain || isTitle(text) || words.some(isInNoName)) return null;
  return {
    name: text,
    core: text,
    first: words[0],
    last: words.length > 1 ? words.slice(1).join(" ") : undefined,
  };
}

/** A single capitalised word, as people with one name write it. Only a place among other people makes it one. */
export function readMononym(text: string): NameParts | null {
  const isOne =
    /^\p{Lu}\p{Ll}{1,19}(?:-\p{Lu}\p{Ll}{1,19})?$/u.test(text) &&
    text.length >= 3 &&
    !isInNoName(text) &&
    !isTitle(text);
  return isOne ? { name: text, core: text, first: text, last: undefined } : null;
}
