import { CJK_ROLE, hasRoleWord, isTitle } from "./job-title.ts";
import { fold } from "./text.ts";

const HONORIFIC =
  /^(?:(?:dr\.?-?\s?ing|dr|prof|professor|m(?=\.\s)|mr|mrs|ms|miss|mx|sir|dame|lord|lady|rev|hon|herr|frau|geom|rag|eng|dra|inż|adw|r\.\s?pr|hr|fr|ing|mag|dott|dott\.?ssa|avv|arch|sr|sra|srta|don|doña|mme|mlle|me|maître|dipl\.?-?\s?\p{L}{2,6}\.?(?:\s\((?:fh|univ|ba|th|tu)\))?|mag\.?\s\(fh\)|lic\.?|ra|rain|stb|wp|dhr|mevr|mw|drs|ir|bc|mgr|judr|mudr|phdr|rndr|pan|pani|dkfm|kfm)\.?\s?(?:\p{L}\.\s?){0,3}(?:h\.\s?c\.\s?)?(?:med|jur|iur|rer|nat|phil|pol|oec|ing|agr|dent|vet|techn|theol|habil|publ)?\.?\s(?:nat\.\s|pol\.\s|dent\.\s)?)+/iu;
/** Letters after a name: "PhD", "CFA", "LL.B.", "B.Sc. (Hons)". */
const POST_NOMINAL =
  /^(?:ph\.?\s?d|m\.?d|mba|emba|jd|j\.d|llb|ll\.?b|llm|ll\.?m|cfa|cpa|cpcu|cfp|caia|frm|esq|jr|sr|ii|iii|iv|ba|b\.a|bsc|b\.?\s?sc|ma|m\.a|msc|m\.?\s?sc|beng|meng|dds|dmd|rn|do|pe|p\.?\s?eng|ceng|aia|riba|leed\s?ap|faia|obe|mbe|cbe|kc|qc|sc|fca|aca|acca|facc?a|cima|frics|mrics|fiaa|frs|dphil|edd|psyd|dvm|rdn?|pmp|shrm-\w+|phr|sphr|gphr|bds|mfds|hons|cissp|arb|mag|dipl\.?-?ing|m\.?p\.?h)\.?$/iu;
const PARTICLE =
  /^(?:van|von|vom|vander|de|der|den|des|del|della|delle|degli|di|da|dal|dalla|do|dos|das|du|d|la|le|les|lo|el|al|bin|ibn|ben|bint|binti|bte|s\/o|d\/o|abu|ter|ten|te|zu|zum|zur|und|af|av|y|e|i|st|ní|ni|nic|mac|mc|ó|ua|'t|’t|op|in|t|ap|san)$/iu;
const WORD =
  /^(?:\p{Lu}[\p{L}\p{M}]*(?:['’ʼ‘`-]\p{L}[\p{L}\p{M}]*)*|[a-z]['’]\p{Lu}\p{L}+(?:-\p{L}+)*|\p{Lu}{2,})$/u;
const INITIALS = /^(?:\p{Lu}\.){1,3}$|^\p{Lu}\.?$|^(?:\p{Lu}\.-\p{Lu}\.)$/u;
const NICKNAME = /\s["“”„«'‘(]\p{L}[\p{L}. -]{0,20}["“”»'’)](?=\s)/u;
const CJK_NAME =
  /^(?:[\p{Script=Han}々]{1,4}[ 　・·][\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々]{1,6}|[\p{Script=Han}々]{2,4}|\p{Script=Katakana}{2,}[・·]\p{Script=Katakana}[\p{Script=Katakana}ー]+|\p{Script=Hangul}{2,5}|\p{Script=Hangul}{1,2} \p{Script=Hangul}{1,3})$/u;
const CJK_SUFFIX = /(?:さん|様|氏|先生|님|先生|女士)$/u;
const CJK_NOT_NAME =
  /会社|役員|企業|株式|有限|公司|事業|業務|情報|概要|案内|採用|製品|問合|問い|住所|電話|部$|課$|室$|店$|所$|駅|県|都$|市$|区|町|営業|技術|開発|取締|代表|社長|部長|経理|総務|総経|総理|经理|董事|創業|创始|设计|設計|工場|工厂|本社|地図|資本|設立|沿革|理念|挨拶|挨|新闻|联系|关于|产品|服务|首页|团队|소개|회사|문의|대표|이사|제품|서비스|팀|주소|전화|氏名|名前|役職|姓名|职位|職位|이름|직책|製造|品質|管理|検査|加工|受付|窓口|担当|連絡|営業|時間|休日|月曜|精密|金属|切削|農|食|茶$|酒$/u;

/** Two to five words in a script without capitals: a name only when a role stands beside it. */
const UNICASE_NAME =
  /^(?:[\p{Script=Arabic}\p{M}]{1,15}\.?\s){1,4}[\p{Script=Arabic}\p{M}]{2,15}$|^(?:[\p{Script=Hebrew}\p{M}'"׳״-]{2,15}\s){1,3}[\p{Script=Hebrew}\p{M}'"׳״-]{2,15}$/u;

/** Words that stand in headings and menus, never in a person's name. Folded. */
const NOT_NAMES = new Set(
  (
    "about accept access account accounts address advisory agency all america american and senior junior deputy vice executive general pastry master sous regional national certified registered independent angebot apply aligners analytics app apps are area areas as asia associates at award awards " +
    "bank beratung blog board branch brand build building business buy by call capital care careers case center centre chat city clear client clients clinic club co college commercial committee company consulting contact cookie " +
    "cookies copyright corp corporate council customer customers daily data datenschutz days dental department design development digital direct directions discover download east email energy engineering english equipe equipo equity europe event events " +
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
  const name = text
    .replace(/\s*\((?:she|he|they|sie|er|elle|il)\/[^)]{1,20}\)/iu, "")
    .replace(/[\s,;:–—|-]+$/u, "")
    .trim();
  if (name.length < 2 || name.length > 70) return null;
  const cjk = readCjkName(name);
  if (cjk) return cjk;
  if (UNICASE_NAME.test(name) && !isTitle(name)) return unicaseName(name);
  if (/[0-9@/\\!?…%&+=#*<>[\]{}]/.test(name)) return null;
  const core = withoutPostNominals(name.replace(HONORIFIC, "")).replace(NICKNAME, "");
  const words = core.split(/\s+/);
  if (words.length < 2 || words.length > 6) return null;
  const strong = words.filter((word, index) => WORD.test(word) && (index === 0 || !isParticle(word)));
  const allRead = words.every((word) => WORD.test(word) || INITIALS.test(word) || isParticle(word));
  const last = words.at(-1) ?? "";
  if (!allRead || strong.length < 1 || !(WORD.test(last) || INITIALS.test(last))) return null;
  if (strong.length + words.filter((word) => INITIALS.test(word)).length < 2) return null;
  if (isParticle(words[0] ?? "") && !WORD.test(words[0] ?? "")) return null;
  if (words.some((word) => NOT_NAMES.has(fold(word))) || hasRoleWord(words)) return null;
  const split = words.findIndex((word, index) => index > 0 && isParticle(word));
  const lastFrom = split > 0 ? split : words.length - 1;
  return { name, core, first: words.slice(0, lastFrom).join(" "), last: words.slice(lastFrom).join(" ") };
}

/** For telling whether two spellings are one person: no honorifics, post-nominals, accents or case. */
export function nameKey(name: string): string {
  const core = withoutPostNominals(name.replace(HONORIFIC, "")).replace(NICKNAME, "");
  return fold(core).replace(/\s+/g, /[\p{Script=Han}\p{Script=Hangul}]/u.test(core) ? "" : " ");
}

function readCjkName(name: string): NameParts | null {
  const core = name.replace(CJK_SUFFIX, "").trim();
  if (!CJK_NAME.test(core) || CJK_ROLE.test(core)) return null;
  // With a space between family and given name it is hardly anything else.
  if (!/[ 　・·]/u.test(core) && CJK_NOT_NAME.test(core)) return null;
  const parts = core.split(/[ 　]/);
  // Family name first; without a space there is no telling where it ends.
  return { name: core, core, first: parts[1], last: parts.length === 2 ? parts[0] : undefined };
}

function unicaseName(name: string): NameParts {
  const core = name
    .replace(/^(?:د|م|أ|ا|الدكتور|الدكتورة|المهندس|المهندسة|السيد|السيدة)\.?\s/u, "")
    .replace(/^(?:ד״ר|ד"ר|עו״ד|עו"ד)\s/u, "");
  const words = core.split(/\s+/);
  return { name, core, first: words[0], last: words.slice(1).join(" ") };
}

function withoutPostNominals(name: string): string {
  const [head = "", ...rest] = name.split(",").map((part) => part.trim());
  const kept = rest.filter(
    (part) => !part.split(/\s+/).every((word) => POST_NOMINAL.test(word.replace(/[()]/g, ""))),
  );
  if (kept.length > 0) return [head, ...kept].join(", ");
  const words = head.split(/\s+/);
  while (words.length > 2 && isLetters(words.at(-1) ?? "")) words.pop();
  return words.join(" ");
}

/** Post-nominals that cannot be taken for a surname: with dots, or in capitals. */
function isLetters(word: string): boolean {
  return POST_NOMINAL.test(word) && (/\./.test(word) || /^\p{Lu}{2,}$/u.test(word) || /^Ph\.?D/.test(word));
}

function isParticle(word: string): boolean {
  return PARTICLE.test(word.replace(/\.$/, ""));
}

/** One to five words of letters in any case or script: a name only where the page itself calls it one. */
export function readLooseName(text: string): NameParts | null {
  const words = text.split(/\s+/);
  const isPlain = /^[\p{L}\p{M}.'’\- ]{2,60}$/u.test(text) && words.length <= 5;
  if (!isPlain || isTitle(text) || words.some((word) => NOT_NAMES.has(fold(word)))) return null;
  return {
    name: text,
    core: text,
    first: words[0],
    last: words.length > 1 ? words.slice(1).join(" ") : undefined,
  };
}

/** A single capitalised word, as people with one name write it. Only a place among other people makes it one. */
export function readMononym(text: string): NameParts | null {
  const isOne = /^\p{Lu}\p{Ll}{2,19}$/u.test(text) && !NOT_NAMES.has(fold(text)) && !isTitle(text);
  return isOne ? { name: text, core: text, first: text, last: undefined } : null;
}

/** Whether a text is nothing but letters after a name. */
export function isPostNominals(text: string): boolean {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  return (
    words.length > 0 &&
    words.length <= 6 &&
    words.every((word) => POST_NOMINAL.test(word.replace(/[()]/g, "")))
  );
}
