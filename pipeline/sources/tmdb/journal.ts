import { open, readFile, truncate } from 'node:fs/promises';
import { z } from 'zod';
import { hasCode } from '../../cli/cli-error.ts';

/** Without fields: the movie no longer exists on TMDb. */
export interface JournalEntry {
  readonly id: number;
  readonly fields?: readonly string[] | undefined;
  readonly services?: readonly string[] | undefined;
}

export interface Journal {
  readonly entries: ReadonlyMap<number, JournalEntry>;
  append(entry: JournalEntry): Promise<void>;
  close(): Promise<void>;
}

const header = z.object({ journal: z.literal(2), region: z.string() });
const entrySchema = z.object({ id: z.number(), fields: z.array(z.string()).optional(), services: z.array(z.string()).optional() });

/**
 * The movies fetched so far, one JSON line per movie, so that a killed run can continue. An incomplete last line is removed. A journal of
 * another region is discarded, because its services are of that region.
 */
export async function openJournal(path: string, region: string): Promise<Journal> {
  const entries = await readJournal(path, region);
  const file = await open(path, 'a');
  if (entries === undefined) {
    await file.truncate(0);
    await file.writeFile(`${JSON.stringify({ journal: 2, region } satisfies z.infer<typeof header>)}\n`);
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

async function readJournal(path: string, region: string): Promise<JournalEntry[] | undefined> {
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
  if (!head.success || head.data.region !== region) return undefined;
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
