/** Values of a request body: 8 members of a group with 1,500 movie ids each are 12,000. */
export const MAX_JSON_VALUES = 20_000;

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const BRACKET = 91;
const BRACE = 123;

/** Whether JSON text has more values than `max`: entries, members and empty containers, counted before the text is parsed. */
export function hasMoreValues(json: string, max: number): boolean {
  let values = 1;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at);
    else if ((code === COMMA || code === BRACKET || code === BRACE) && ++values > max) return true;
  }
  return values > max;
}

/** Position of the closing quote, or the end of the text. */
function endOfString(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let before = at - 1;
    while (json.charCodeAt(before) === BACKSLASH) before--;
    if ((at - before) % 2 === 1) return at;
  }
  return json.length;
}
