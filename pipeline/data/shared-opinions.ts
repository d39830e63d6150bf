/** Viewers who must have both opinions of a pair for the pair to count. */
export const MIN_RATERS = 5;
/** Bounds of the work: the opinions that most viewers have, of all viewers and of one. */
const MAX_OPINIONS = 6_000;
const MAX_OPINIONS_OF_VIEWER = 1_000;

/**
 * The opinions of each viewer that stay, so that every two of a viewer are those of at least MIN_RATERS viewers. A weight between two
 * movies then has evidence of that many viewers or of none, and nobody can be recognised in it. An opinion is a number, once in a list.
 */
export function sharedOpinions(lists: readonly (readonly number[])[]): number[][] {
  const raters = new Map<number, number>();
  for (const list of lists) for (const opinion of list) raters.set(opinion, (raters.get(opinion) ?? 0) + 1);
  const ranked = [...raters].filter(([, count]) => count >= MIN_RATERS).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const opinions = ranked.slice(0, MAX_OPINIONS).map(([opinion]) => opinion);
  const rankOf = new Map(opinions.map((opinion, rank) => [opinion, rank]));
  // From here on an opinion is its rank: the most shared one is 0.
  const kept = lists.map((list) => {
    const ranks = list.map((opinion) => rankOf.get(opinion)).filter((rank) => rank !== undefined);
    return ranks.sort((a, b) => a - b).slice(0, MAX_OPINIONS_OF_VIEWER);
  });
  const pairs = new PairCounts(opinions.length);
  for (const ranks of kept) for (const a of ranks) for (const b of ranks) if (b <= a) pairs.add(a, b, 1);
  // What one viewer loses can take a pair below the minimum for another one.
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const ranks of kept) if (dropRarePairs(ranks, pairs)) isStable = false;
  }
  return kept.map((ranks) => ranks.map((rank) => opinions[rank]));
}

/** Takes away the opinion with the most rare pairs until the viewer has none. Of two such opinions the less shared one goes. */
function dropRarePairs(ranks: number[], pairs: PairCounts): boolean {
  const isRare = (a: number, b: number): boolean => pairs.get(a, b) < MIN_RATERS;
  const rare = ranks.map((a) => ranks.reduce((count, b) => count + Number(isRare(a, b)), 0));
  const before = ranks.length;
  for (;;) {
    let worst = -1;
    for (let n = 0; n < ranks.length; n++) if (rare[n] > 0 && (worst < 0 || rare[n] >= rare[worst])) worst = n;
    if (worst < 0) return ranks.length < before;
    const gone = ranks[worst];
    for (let n = 0; n < ranks.length; n++) {
      if (isRare(gone, ranks[n])) rare[n]--;
      pairs.add(gone, ranks[n], -1);
    }
    ranks.splice(worst, 1);
    rare.splice(worst, 1);
  }
}

/** Viewers of each pair of opinions, and of each opinion as the pair with itself. */
class PairCounts {
  readonly #counts: Uint32Array;

  constructor(opinions: number) {
    this.#counts = new Uint32Array((opinions * (opinions + 1)) / 2);
  }

  get(a: number, b: number): number {
    return this.#counts[indexOf(a, b)];
  }

  add(a: number, b: number, change: number): void {
    this.#counts[indexOf(a, b)] += change;
  }
}

function indexOf(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a];
  return (high * (high + 1)) / 2 + low;
}
