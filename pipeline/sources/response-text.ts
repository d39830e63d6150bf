/** The response has more bytes than its reader takes. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';
}

/** The body as text. Throws a TooLongError, and reads no further, when it has more than `maxBytes`. */
export async function responseText(response: Response, maxBytes: number): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // Leaving the loop cancels the body.
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new TooLongError(`more than ${maxBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
