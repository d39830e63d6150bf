const QUOTED = /"([^"]+)"|'([^']+)'/g;
const NAME = /[_A-Za-z][_0-9A-Za-z]*/g;

/**
 * A message of graphql-js without the names that the caller did not send: types and fields of the schema. `sent` is all text of the
 * request. Suggestions ("Did you mean") hold such names too.
 */
export function withoutUnsentNames(message: string, sent: string): string {
  const known = new Set(sent.match(NAME));
  return message
    .replace(/ Did you mean .*$/s, '')
    .replace(QUOTED, (quoted, double, single) => (namesIn(double ?? single).every((name) => known.has(name)) ? quoted : '"…"'));
}

function namesIn(text: string): readonly string[] {
  return text.match(NAME) ?? [];
}
