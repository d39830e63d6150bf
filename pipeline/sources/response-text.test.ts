import { expect, it } from 'vitest';
import { responseText } from './response-text.ts';

const bodyOf = (chunks: string[], onCancel: () => void = () => undefined): Response =>
  new Response(
    new ReadableStream({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk === undefined) controller.close();
        else controller.enqueue(new TextEncoder().encode(chunk));
      },
      cancel: onCancel,
    }),
  );

it('reads as many bytes as are allowed', async () => {
  expect(await responseText(bodyOf(['ab', 'cd']), 4)).toBe('abcd');
  expect(await responseText(new Response(null), 4)).toBe('');
});

it('joins a character that two chunks share', async () => {
  const [first, second] = [new Uint8Array([0xc3]), new Uint8Array([0xa9])];
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(first);
      controller.enqueue(second);
      controller.close();
    },
  });
  expect(await responseText(new Response(body), 2)).toBe('é');
});

it('reads no further than one chunk beyond, and cancels the rest', async () => {
  let cancelled = false;
  const endless = Array.from({ length: 1_000 }, () => 'abcd');
  await expect(
    responseText(
      bodyOf(endless, () => {
        cancelled = true;
      }),
      7,
    ),
  ).rejects.toThrow('more than 7 bytes');
  expect(cancelled).toBe(true);
  expect(endless.length).toBeGreaterThan(990);
});
