/** What a check found. */
export type Finding = { state: 'ok'; found: string } | { state: 'warning' | 'problem'; found: string /** What to do. */; advice: string };

export function ok(found: string): Finding {
  return { state: 'ok', found };
}

export function warning(found: string, advice: string): Finding {
  return { state: 'warning', found, advice };
}

export function problem(found: string, advice: string): Finding {
  return { state: 'problem', found, advice };
}
