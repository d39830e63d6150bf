import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '../../../src/accounts/administration/audit-log.ts';
import { KNOWN_GENRES } from '../features/poster/public/poster-palette.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;
const folder = import.meta.dirname;
const tags = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));

describe.each(tags.filter((tag) => tag !== 'en'))('the language %s', (tag) => {
  const english = messagesOf('en');
  const messages = messagesOf(tag);

  it('has the keys of English and no others', () => {
    expect([...new Set([...messages.keys()].map(singular))].sort()).toEqual([...new Set([...english.keys()].map(singular))].sort());
  });

  it('has every plural form of its language', () => {
    const wanted = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.toSorted();
    const counted = [...new Set([...messages.keys()].filter((key) => PLURAL.test(key)).map(singular))];
    const formsOf = (key: string): string[] =>
      [...messages.keys()].flatMap((one) => (singular(one) === key ? [one.slice(key.length + 1)] : [])).sort();
    expect(counted.filter((key) => formsOf(key).join() !== wanted.join())).toEqual([]);
  });

  it('has the placeholders of English', () => {
    const holesOf = (text: string): string[] => (text.match(/\{\{\w+/g) ?? []).filter((hole) => hole !== '{{count').sort();
    const different = [...messages].filter(
      ([key, text]) => !PLURAL.test(key) && holesOf(text).join() !== holesOf(english.get(key) ?? '').join(),
    );
    expect(different).toEqual([]);
  });
});

describe.each(tags)('the genres in %s', (tag) => {
  it('all have different names', () => {
    const names = KNOWN_GENRES.map((id) => messagesOf(tag).get(`genres.${id}`));
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(KNOWN_GENRES.length);
  });
});

describe.each(tags)('the audit log in %s', (tag) => {
  it('has words for every action', () => {
    const keys = AUDIT_ACTIONS.map((action) => `owner.actions.${action.replace('.', '-')}`);
    expect([...messagesOf(tag).keys()].filter((key) => key.startsWith('owner.actions.')).sort()).toEqual(keys.toSorted());
  });
});

/** By dotted key. */
function messagesOf(tag: string): Map<string, string> {
  const messages = new Map<string, string>();
  const read = (part: unknown, path: string): void => {
    if (typeof part === 'string') messages.set(path, part);
    else for (const [key, below] of Object.entries(part ?? {})) read(below, path === '' ? key : `${path}.${key}`);
  };
  read(JSON.parse(readFileSync(`${folder}/${tag}.json`, 'utf8')), '');
  return messages;
}

function singular(key: string): string {
  return key.replace(PLURAL, '');
}
