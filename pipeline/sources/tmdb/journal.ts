import { open, readFile, truncate } from 'node:fs/promises';
import { z } from 'zod';
import { hasCode } from '../../cli/cli-error.ts';
import type { Offer } from './offers.ts';

/** Without fields: the movie no longer exists on TMDb. */
export interface JournalEntry {
  readonly id: number;
  readonly fields?: readonly string[] | undefined;
  readonly offers?: readonly Offer[] | undefined;
}

export interface Journal {
  readonly entries: ReadonlyMap<number, JournalEntry>;
  append(entry: JournalEntry): Promise<void>;
  close(): Promise<void>;
}

const header = z.object({ journal: z.literal(3), regions: z.string() });
const offer = z.object({
  region: z.string(),
  kind: z.enum(['subscription', 'free', 'ads', 'rent', 'buy']),
  providerId: z.number(),
  service: z.string(),
});
const entrySchema = z.object({ id: z.number(), fields: z.array(z.string()).optional(), offers: z.array(offer).optional() });

/**
 * The movies fetched so far, one JSON line per movie, so that a killed run can continue. An incomplete last line is removed. A journal of
 * other regions is discarded, because its offers are of those regions.
 */
export async function openJournal(path: string, regions: string): Promise<Journal> {
  const entries = await readJournal(path, regions);
  const file = await open(path, 'a');
  if (entries === undefined) {
    await file.truncate(0);
    await file.writeFile(`${JSON.stringify({ journal: 3, regions } satisfies z.infer<typeof header>)}\n`);
  }
  const known = new Map(entries?.map((entry) => [entry.id, entry]));
  let last: Promise<void> = Promise.resolve();
  return {
    entries: known,
    append(entry) {
      // One write after the other, so that lines do not mix.
      last = last.then(() => file.writeFile(`${JSON.stringify(entry)}\n`));
      known.set(entry.id, entry);
      return last;
    },
    async close() {
      await last.finally(() => file.close());
    },
  };
}

async function readJournal(path: string, regions: string): Promise<JournalEntry[] | undefined> {
  let content: Buffer;
  try {
    content = await readFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  const end = content.lastIndexOf(10) + 1;
  if (end < content.length) await truncate(path, end);
  const [first, ...lines] = content.toString('utf8', 0, end).split('\n');
  const head = header.safeParse(parse(first ?? ''));
  if (!head.success || head.data.regions !== regions) return undefined;
  return lines.flatMap((line) => {
    const entry = entrySchema.safeParse(parse(line));
    return entry.success ? [entry.data] : [];
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The movie of a damaged line is fetched again.
    return undefined;
  }
}
