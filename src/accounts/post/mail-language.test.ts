import { describe, expect, it } from 'vitest';
import { MAIL_LANGUAGES, mailLanguage } from './mail-language.ts';
import { MAIL_KINDS } from './outbox.ts';
import { writeMail } from './written-mail.ts';

describe('the language of a mail', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['ar', 'ar'],
    ['AR-EG,ar;q=0.9', 'ar'],
    ['de,ar;q=0.5,en;q=0.9', 'en'],
    ['de, ar;q=0.1', 'ar'],
    ['ar;q=0', 'en'],
    ['ar;q=-1', 'en'],
    ['ar;q=x', 'en'],
    ['ar,en', 'ar'],
    ['en;q=0.5,ar;level=1;q=0.6', 'ar'],
    ['en;q=0.6, ar;level=1; q=0.5', 'en'],
    [`${'x,'.repeat(249)}ar`, 'ar'],
    [`x${'x,'.repeat(249)}ar`, 'en'],
    [`${'x,'.repeat(5_000)}ar`, 'en'],
    ['*;;;=,,', 'en'],
  ])('of a page that accepts %s is %s', (header, expected) => {
    expect(mailLanguage(header)).toBe(expected);
  });
});

describe('a mail', () => {
  const url = 'https://films.example/reset-password#a"b<c&d';
  it.each(MAIL_LANGUAGES.flatMap((language) => MAIL_KINDS.map((kind) => [kind, language] as const)))(
    '%s in %s has its link in text and HTML, names the server, and loads nothing',
    (kind, language) => {
      const { subject, text, html } = writeMail(kind, language, url);
      expect(subject).toMatch(/CineMatch/);
      expect(text).toContain(`\n${url}\n`);
      expect(html).toContain('<a href="https://films.example/reset-password#a&quot;b&lt;c&amp;d">');
      expect(text).toContain('films.example');
      expect(text + html).not.toContain('{');
      expect(html).not.toMatch(/src=|url\(/);
      expect(html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    },
  );
});
