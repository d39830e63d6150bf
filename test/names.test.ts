import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src', 'pipeline', 'client', 'bench', 'tools', 'test'];

/** Old words, as they stand in an identifier or in a path: 'fits you' is in FitsYou, fitsYouScore and fits-you.ts. */
const OLD_WORDS: readonly [old: string, instead: string][] = [
  ['taste', 'profile, or collaborative model'],
  ['tastes', 'profiles'],
  ['catalogue', 'catalog'],
  ['catalogues', 'catalogs'],
  ['film', 'movie'],
  ['films', 'movies'],
  ['fault', 'error'],
  ['faults', 'errors'],
  ['few likes', 'sparseProfileEase'],
  ['likes given', 'PROFILE_SIZES'],
  ['given factors', 'ImportedFactors'],
  ['lesser', 'RatingWeights'],
  ['middling', 'neutral'],
  ['prior likes', 'shrinkage'],
  ['crew', 'WorkerPool'],
  ['learned', 'HybridTraining'],
  ['alikeness', 'intraListSimilarity'],
  ['content trust', 'contentWeight'],
  ['familiarity', 'meanPopularity'],
  ['beside ratings', 'scaledForHybrid'],
  ['nearness', 'ItemSimilarity'],
  ['costly part', 'DeferredTerm'],
  ['most of', 'upperBound'],
  ['hybrid parts', 'CollaborativeTerms'],
  ['artifact set', 'ModelRelease'],
  ['build set', 'buildRelease'],
  ['set in memory', 'releaseInMemory'],
  ['set origin', 'Provenance'],
  ['effects', 'PipelineContext'],
  ['kept movie', 'MovieRecord'],
  ['kept preferences', 'SavedPreferences'],
  ['stored preferences', 'SavedPreferences'],
  ['shown preferences', 'SavedPreferences'],
  ['on said', 'onFeedback'],
  ['said at', 'feedbackAt'],
  ['take history', 'mergeHistory'],
  ['with room', 'mapQuotaError'],
  ['who is', 'authenticate'],
  ['preferences key', 'canonicalHash'],
  ['traffic', 'a name by role'],
  ['send other', 'sendFallback'],
  ['page documents', 'route-html'],
  ['web headers of', 'toWebHeaders'],
  ['ask once', 'fetchGraphQL'],
  ['pick one', 'RandomPick'],
  ['fits you', 'PersonalScore'],
  ['near end', 'InfiniteScrollTrigger'],
  ['reach link', 'retry-link'],
  ['in order link', 'mutation-queue-link'],
  ['party', 'group, or members'],
  ['synthetic', 'generated'],
  ['invented', 'generated'],
];

/** Old names that are ordinary words inside longer names. */
const OLD_NAMES: readonly [old: string, instead: string][] = [
  ['Who', 'Identity'],
  ['Hand', 'PoolWorker'],
  ['Attention', 'RatingStats'],
  ['Explained', 'ScoreInputs'],
  ['TestCase', 'HeldOutUser'],
  ['normals', 'gaussian'],
];

const OLD_LIMIT = /^(MOST|LEAST|LONGEST|LARGEST|FEWEST|SHORTEST|SMALLEST|OLDEST)_/;

/** Names of the GraphQL API. */
const API_NAMES = new Set(['LEAST_MISERY', 'StoredPreferences', 'StoredPreferencesInput']);
/** Keys of artifacts, configuration, reports, exports, tables and of TMDb's answers. They stay until the version of their format rises. */
const CONTRACT_KEYS = new Set(['fewLikes', 'taste', 'withTaste', 'withoutTaste', 'saidAt', 'said_at', 'catalogue', 'crew']);

interface Identifier {
  name: string;
  line: number;
  /** Whether it names a property: `x.name`, `{ name: 1 }`, `name: string` in an interface. */
  isKey: boolean;
}

describe('names', () => {
  it('have none of the old words', () => {
    const problems = FOLDERS.flatMap((folder) => sourceFiles(folder)).flatMap((path) => [
      ...problemsOfPath(path),
      ...identifiersOf(path, readFileSync(join(PROJECT, path), 'utf8')).flatMap(({ name, line, isKey }) => {
        const instead = replacementFor(name, isKey);
        return instead === undefined ? [] : [`${path}:${line} ${name} -> ${instead}`];
      }),
    ]);
    expect([...new Set(problems)]).toEqual([]);
    // It parses every source file.
  }, 120_000);

  it('are those of identifiers: text and comments may use any word', () => {
    const source = [
      '// A film for every taste.',
      `const text = 'taste' + \`film \${faultOf(1)}\`;`,
      'const shape = { taste: 1, saidAt: 2, film: 3, text };',
      'const el = <p className="film">no film <Film.Card taste={shape.taste} /></p>;',
      'const pattern = /taste/;',
      'type Crew = { readonly withoutTaste: number };',
      'const { taste } = shape;',
    ].join('\n');
    const found = identifiersOf('x.tsx', source).filter(({ name, isKey }) => replacementFor(name, isKey) !== undefined);
    expect(found.map(({ name, line }) => `${line} ${name}`).sort()).toEqual(['2 faultOf', '3 film', '4 Film', '6 Crew', '7 taste']);
  });

  it.each([
    ['MOST_LIKES', 'MAX_ or MIN_'],
    ['LEAST_MISERY', undefined],
    ['authFaultOf', 'error'],
    ['FITS_YOU', 'PersonalScore'],
    ['default', undefined],
    ['Handler', undefined],
    ['Who', 'Identity'],
  ])('replace %s by %s', (name, instead) => {
    expect(replacementFor(name, false)).toBe(instead);
  });
});

function replacementFor(name: string, isKey: boolean): string | undefined {
  if (API_NAMES.has(name) || (isKey && CONTRACT_KEYS.has(name))) return undefined;
  if (OLD_LIMIT.test(name)) return 'MAX_ or MIN_';
  const whole = OLD_NAMES.find(([old]) => old === name);
  if (whole !== undefined) return whole[1];
  const words = wordsOf(name);
  return OLD_WORDS.find(([old]) => words.includes(` ${old} `))?.[1];
}

function problemsOfPath(path: string): string[] {
  const words = wordsOf(path);
  const old = OLD_WORDS.filter(([word]) => words.includes(` ${word} `)).map(([, instead]) => `${path} -> ${instead}`);
  return path.endsWith('.suite.ts') ? [...old, `${path} -> *.journey.ts or *.contract.ts`] : old;
}

/** 'authFaultOf' -> ' auth fault of ' */
function wordsOf(name: string): string {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
  return ` ${spaced.split(/[^A-Za-z0-9]+/).join(' ')} `.toLowerCase();
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'generated' || entry.name === 'node_modules' ? [] : sourceFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

interface SyntaxNode {
  type: string;
  name?: unknown;
  start: number;
  [key: string]: unknown;
}

function identifiersOf(path: string, source: string): Identifier[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const found: Identifier[] = [];
  const visit = (value: unknown, isKey: boolean): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, false);
    else if (isNode(value)) {
      if (typeof value.name === 'string') {
        found.push({ name: value.name, line: source.slice(0, value.start).split('\n').length, isKey });
      }
      for (const [role, child] of Object.entries(value)) visit(child, isPropertyName(value, role));
    }
  };
  visit(program, false);
  return found;
}

function isPropertyName(parent: SyntaxNode, role: string): boolean {
  if (parent.type === 'JSXAttribute') return role === 'name';
  return parent.computed !== true && (role === 'key' || (role === 'property' && parent.type === 'MemberExpression'));
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
