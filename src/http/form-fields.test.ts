import { expect, it } from 'vitest';
import { formFields } from './form-fields.ts';

const MULTIPART = 'multipart/form-data; boundary=x';
const QUERY = 'application/x-www-form-urlencoded';
const part = (name: string, value: string, file = ''): string =>
  `--x\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
const multipart = (...parts: string[]): Buffer => Buffer.from(`${parts.join('')}--x--\r\n`);
const query = (count: number): Buffer => Buffer.from(Array.from({ length: count }, (_, n) => `f${n}=1`).join('&'));
const many = (count: number): string[] => Array.from({ length: count }, (_, n) => part(`f${n}`, '1'));
const FILE = part('thumb', 'picture', '; filename="a.jpg"');

const namesOf = async (type: string, body: Buffer, max = 100): Promise<string[] | undefined> => {
  const fields = await formFields(type, body, max);
  return fields && [...fields.keys()];
};

it('reads twenty fields, and nothing of what follows the twenty-first', async () => {
  const names = (count: number) => Array.from({ length: count }, (_, n) => `f${n}`);
  expect(await namesOf(MULTIPART, multipart(...many(20)))).toEqual(names(20));
  expect(await namesOf(MULTIPART, multipart(...many(21), part('payload', '{}')))).toEqual(names(20));
  expect(await namesOf(QUERY, query(20))).toEqual(names(20));
  expect(await namesOf(QUERY, query(21))).toEqual(names(20));
});

it('finds a field after six files, of which five are looked at', async () => {
  expect(await namesOf(MULTIPART, multipart(...Array(6).fill(FILE), part('payload', '{}')))).toEqual(['payload']);
});

it('leaves out a field that is longer than allowed, and reads one that is as long', async () => {
  const body = multipart(part('short', 'x'.repeat(100)), part('long', 'x'.repeat(101)));
  expect(await namesOf(MULTIPART, body)).toEqual(['short']);
});

it('reads a form that comes in many chunks', async () => {
  const body = multipart(part('poster', 'x'.repeat(300_000), '; filename="a.jpg"'), part('payload', 'y'.repeat(200_000)));
  expect((await formFields(MULTIPART, body, 200_000))?.get('payload')).toBe('y'.repeat(200_000));
});

it.each([
  ['application/json', '{}'],
  ['multipart/form-data', 'x'],
  ['multipart/form-data; boundary=x', 'no part'],
])('takes a body of %s that is no form for none', async (type, body) => {
  expect(await formFields(type, Buffer.from(body), 100)).toBeUndefined();
});
