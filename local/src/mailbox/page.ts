import { html } from "hono/html";
import type { StoredMail } from "./outbox.ts";

const css = `
  :root { color-scheme: light dark; --line: light-dark(#d9dce3, #363a45); --muted: light-dark(#5b6270, #a3a9b8);
    --card: light-dark(#ffffff, #1c1f26); --page: light-dark(#f5f6f8, #13151a); --link: light-dark(#1d4ed8, #8ab4ff); }
  * { box-sizing: border-box; }
  body { margin: 0; padding: 2rem 1rem 4rem; background: var(--page); font: 16px/1.5 system-ui, sans-serif; }
  main { max-width: 44rem; margin: 0 auto; }
  h1 { margin: 0; font-size: 1.5rem; }
  h2 { margin: 0; font-size: 1.0625rem; overflow-wrap: anywhere; }
  p { margin: 0.5rem 0 0; }
  a { color: var(--link); }
  ol { list-style: none; margin: 1.5rem 0 0; padding: 0; display: grid; gap: 1rem; }
  article { padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; }
  .muted { color: var(--muted); font-size: 0.875rem; overflow-wrap: anywhere; }
  .link { overflow-wrap: anywhere; }
  code { font: 600 1rem/1.5 ui-monospace, monospace; letter-spacing: 0.1em; }
`;

/** The mailbox as a page without scripts. `nonce` is what its Content-Security-Policy allows the style by. */
export function mailboxPage(mails: readonly StoredMail[], nonce: string) {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Mailbox (${mails.length})</title>
    <style nonce="${nonce}">${css}</style>
  </head>
  <body>
    <main>
      <h1>Mailbox</h1>
      <p class="muted">Nothing is sent from this machine: mails end here, newest first, until the stack stops.</p>
      ${mails.length === 0 ? empty() : html`<ol>${mails.map(item)}</ol>`}
    </main>
  </body>
</html>`;
}

function empty() {
  return html`<p>No mail yet. Ask for a password reset in the app, then <a href="/mailbox">reload</a>.</p>`;
}

function item(mail: StoredMail) {
  return html`<li>
    <article aria-labelledby="mail-${mail.id}">
      <h2 id="mail-${mail.id}">${mail.subject}</h2>
      <p class="muted">To ${mail.to} · <time datetime="${mail.sentAt}">${readable(mail.sentAt)}</time></p>
      <p>${mail.text}</p>
      ${mail.link === undefined ? "" : linkOf(mail.link)}
      ${mail.code === undefined ? "" : html`<p>Or type in the code <code>${mail.code}</code></p>`}
    </article>
  </li>`;
}

function linkOf(link: string) {
  if (!/^https?:\/\//iu.test(link)) return html`<p class="link">${link}</p>`;
  return html`<p class="link"><a href="${link}" rel="noreferrer">${link}</a></p>`;
}

function readable(sentAt: string): string {
  return `${sentAt.slice(0, 19).replace("T", " ")} UTC`;
}
