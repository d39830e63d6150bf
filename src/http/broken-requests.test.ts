import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { answerBrokenRequest } from './broken-requests.ts';

/** What a socket gets for an error of Node with this code. */
function answerTo(code: string | undefined, state: { destroyed?: boolean; writable?: boolean } = {}) {
  const socket = { destroyed: false, writable: true, text: '', ended: 0, ...state } as unknown as Socket & { text: string };
  Object.assign(socket, {
    end: (text: string) => Object.assign(socket, { text }),
    destroy: () => Object.assign(socket, { destroyed: true }),
  });
  answerBrokenRequest(Object.assign(new Error('broken'), code === undefined ? {} : { code }), socket, { 'x-default': 'yes' });
  return { text: socket.text, destroyed: socket.destroyed };
}

it.each([
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large', 'HEADERS_TOO_LARGE', 'The address and the headers are too long.'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout', 'TIMEOUT', 'The request took too long to arrive.'],
  ['HPE_INVALID_METHOD', '400 Bad Request', 'BAD_REQUEST', 'This is not an HTTP request.'],
  [undefined, '400 Bad Request', 'BAD_REQUEST', 'This is not an HTTP request.'],
])('%s is answered with %s', (error, status, code, message) => {
  const [head, body] = answerTo(error).text.split('\r\n\r\n');
  expect(JSON.parse(body)).toEqual({ errors: [{ message, extensions: { code } }] });
  expect(head.split('\r\n')).toEqual([
    `HTTP/1.1 ${status}`,
    'x-default: yes',
    'content-type: application/json; charset=utf-8',
    `content-length: ${body.length}`,
    'connection: close',
  ]);
});

it('nothing is written to a caller who is gone, and a socket that takes nothing is closed', () => {
  expect(answerTo('ECONNRESET')).toEqual({ text: '', destroyed: false });
  expect(answerTo('HPE_INVALID_METHOD', { destroyed: true })).toEqual({ text: '', destroyed: true });
  expect(answerTo('HPE_INVALID_METHOD', { writable: false })).toEqual({ text: '', destroyed: true });
});
