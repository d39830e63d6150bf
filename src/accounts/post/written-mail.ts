import type { MailLanguage } from './mail-language.ts';
import { MAIL_TEXTS } from './mail-texts.ts';
import type { MailKind } from './outbox.ts';

export interface WrittenMail {
  subject: string;
  text: string;
  html: string;
}

const DIRECTION: { [L in MailLanguage]: 'ltr' | 'rtl' } = { en: 'ltr', ar: 'rtl' };

/** A mail with a link, as plain text and as simple HTML. The HTML loads nothing. */
export function writeMail(kind: MailKind, language: MailLanguage, url: string): WrittenMail {
  const { subject, why, link, terms } = MAIL_TEXTS[language][kind];
  const reason = why.replace('{host}', new URL(url).host);
  const text = `${reason}\n\n${link}:\n${url}\n\n${terms}\n\nCineMatch\n`;
  const html = `<!doctype html>
<html lang="${language}" dir="${DIRECTION[language]}">
<head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="font-family: sans-serif; line-height: 1.5; max-width: 36em">
<p>${escaped(reason)}</p>
<p><a href="${escaped(url)}">${escaped(link)}</a></p>
<p>${escaped(terms)}</p>
<p>CineMatch</p>
</body>
</html>
`;
  return { subject, text, html };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
