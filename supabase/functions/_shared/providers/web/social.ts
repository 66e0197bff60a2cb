import type { SocialNetwork } from "../../contracts/research.ts";
import type { NameParts } from "./person-name.ts";
import { fold } from "./text.ts";

interface Network {
  network: SocialNetwork;
  hosts: RegExp;
  /** The path of an organization's own profile; the first group is what is kept. */
  path: RegExp;
}

const NETWORKS: readonly Network[] = [
  {
    network: "linkedin",
    hosts: /^(?:[a-z]{2,3}\.)?linkedin\.com$/,
    path: /^(\/(?:company|school|showcase|organization)\/[^/]+)/,
  },
  {
    network: "twitter",
    hosts: /^(?:mobile\.)?(?:twitter|x)\.com$/,
    path: /^(\/(?!(?:intent|share|home|search|hashtag|i|login|explore|settings|tos|privacy)(?:\/|$))@?\w{1,30})(?:\/(?:with_replies|media|likes|followers|following|highlights))?\/?$/i,
  },
  {
    network: "facebook",
    hosts: /^(?:[a-z]{2}-[a-z]{2}\.|m\.|web\.|business\.)?(?:facebook|fb)\.com$/,
    path: /^(\/(?:pages\/[^/]+\/\d+|people\/[^/]+\/\d+|p\/[^/]+|pg\/[^/]+|(?!(?:sharer?(?:\.php)?|dialog|plugins|tr|events?|groups|watch|hashtag|login(?:\.php)?|profile\.php|story\.php|photo(?:\.php)?|policies|privacy|help)(?:\/|$))[\w.%-]+(?!\/(?:posts|photos|videos|permalink|events)\/|[\w.%-])))\/?/i,
  },
  {
    network: "instagram",
    hosts: /^instagram\.com$/,
    path: /^(\/(?!(?:p|reel|reels|explore|stories|tv|accounts|share)(?:\/|$))[\w.]+)(?:\/(?:reels|tagged|channel|guides))?\/?$/i,
  },
  {
    network: "youtube",
    hosts: /^(?:m\.)?youtube\.com$/,
    path: /^(\/(?:@[^/]+|(?:c|user|channel)\/[^/]+|(?!(?:watch|embed|playlist|shorts|results|feed|live|hashtag|about|premium|c|user|channel)(?:\/|$))[\w.-]{3,}(?=(?:\/(?:videos|featured|about|playlists|shorts|streams|community))?\/?$)))/i,
  },
  {
    network: "github",
    hosts: /^github\.com$/,
    path: /^(\/(?:orgs\/)?(?!(?:features|about|pricing|login|join|sponsors|marketplace|topics|search|apps|settings)(?:\/|$))[\w-]+)(?:\/[\w.-]+)*\/?$/i,
  },
];
/** One spelling of each network's host: no country, no mobile version. Twitter has two names. */
const SHOWN_HOSTS: Partial<Record<SocialNetwork, string>> = {
  linkedin: "www.linkedin.com",
  facebook: "www.facebook.com",
  instagram: "www.instagram.com",
  youtube: "www.youtube.com",
  github: "github.com",
};
/** Accounts of website builders that their templates link to. */
const BUILDERS =
  /^(?:wix|wixcom|squarespace|wordpress|wordpressdotcom|shopify|webflow|weebly|jimdo|godaddy|elegantthemes|envato|themeforest|duda|ionos|strikingly|yourcompany|yourpage|username|yourusername|example|profile)$/i;

const PLATFORMS =
  /(?:^|\.)(?:google\.\w+|goo\.gl|apple\.com|microsoft\.com|wikipedia\.org|crunchbase\.com|medium\.com|substack\.com|vimeo\.com|youtu\.be|t\.co|bit\.ly|tiktok\.com|xing\.com|pinterest\.\w+|whatsapp\.com|wa\.me|t\.me|bsky\.app|threads\.net|mailchimp\.com|typeform\.com|calendly\.com|eventbrite\.\w+)$/;

/** The company profile a link leads to, in canonical form, or null for share links, posts, people and the rest. */
export function companyProfile(href: string, base?: URL): { network: SocialNetwork; url: string } | null {
  const url = parse(href, base);
  if (!url) return null;
  const host = url.hostname.replace(/^www\./, "");
  const network = NETWORKS.find((entry) => entry.hosts.test(host));
  const path = network?.path.exec(url.pathname)?.[1];
  if (!network || path === undefined) return null;
  if (BUILDERS.test(path.replace(/^.*\//, "").replace(/^@/, ""))) return null;
  const shown = SHOWN_HOSTS[network.network] ?? (host === "x.com" ? "x.com" : "twitter.com");
  return {
    network: network.network,
    url: `https://${shown}${path.replace(/^\/(?:orgs|pg)(?=\/)/, "").replace(/\/$/, "")}`,
  };
}

/** Whether a host is a social network or one of the big platforms that every site links to. */
export function isSocialHost(host: string): boolean {
  return NETWORKS.some((entry) => entry.hosts.test(host)) || PLATFORMS.test(host);
}

/** A person's LinkedIn profile, without query or trailing slash, or null. */
export function personProfile(href: string, base?: URL): string | null {
  const url = parse(href, base);
  if (!url || !/(?:^|\.)linkedin\.com$/.test(url.hostname)) return null;
  const match = /^\/(?:in|pub)\/[^/]+/.exec(url.pathname);
  return match ? `https://${url.hostname}${match[0]}` : null;
}

/** Whether a LinkedIn profile is called like a person: "in/thad-oakes-58b0142" for Thaddeus Oakes. */
export function isProfileOf(url: string, name: NameParts): boolean {
  const slug = fold(decode(url.replace(/^.*\//, ""))).replaceAll(" ", "");
  const words = fold(name.core).split(" ");
  const [first = "", last = ""] = [words[0], words.at(-1)];
  return words.length > 1 && last.length >= 3 && slug.startsWith(first.slice(0, 3)) && slug.includes(last);
}

function parse(href: string, base?: URL): URL | null {
  if (href.length > 1_000 || !URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  return url.protocol === "http:" || url.protocol === "https:" ? url : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray percent sign: the slug is readable as it stands.
  }
}
