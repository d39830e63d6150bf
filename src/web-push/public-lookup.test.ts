import { expect, it } from 'vitest';
import { isPublicAddress, lookupPublic } from './public-lookup.ts';

const PUBLIC = [
  '8.8.8.8',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '223.255.255.255',
  '2607:f8b0::1',
  '2a00:1450::1',
];
const OTHERS = [
  ...['0.0.0.0', '10.0.0.1', '10.255.255.255', '100.64.0.0', '100.127.255.255', '127.0.0.1', '169.254.169.254', '172.16.0.0'],
  ...['172.31.255.255', '192.0.0.1', '192.168.1.1', '198.18.0.1', '198.19.255.255', '224.0.0.1', '255.255.255.255'],
  ...[
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd00::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
  ],
];

it('tells the internet from this machine and its networks', () => {
  expect(PUBLIC.filter((address) => !isPublicAddress(address))).toEqual([]);
  expect(OTHERS.filter(isPublicAddress)).toEqual([]);
});

it.each([{ all: true }, { all: false }])('finds no address of this machine (%j)', async (options) => {
  const error = await new Promise((resolve) => lookupPublic('localhost', options, resolve));
  expect(error).toMatchObject({ code: 'ENOTPUBLIC' });
});
