import type { Catalog } from '../../catalog/catalog.ts';
import type { Label, LabelIndex } from '../../catalog/labels.ts';
import { isMovieId, notAMovieId } from '../../catalog/movie-table.ts';
import { InputError, quoted } from '../../input-error.ts';

export const RULE_KINDS = ['HIDE', 'PIN', 'BOOST'] as const;
export type RuleEffect = (typeof RULE_KINDS)[number];

/** Scores of the best movies lie between 0 and about 2, so a boost of 1 outweighs most of what is known of a viewer. */
export const MAX_STRENGTH = 1;
const MAX_REASON = 500;

/** What the operator decided about one movie, genre or service. HIDE and PIN have a movie, BOOST has a genre or a service. */
export interface OperatorRule {
  effect: RuleEffect;
  movieId: number | null;
  /** Slug of a genre. */
  genre: string | null;
  /** Slug of a service. */
  service: string | null;
  /** Added to the score of each movie of the genre or service; negative damps. 0 for the other effects. */
  strength: number;
}

/** A rule with what people read. */
export interface ExplainedRule extends OperatorRule {
  /** Name of the movie, genre or service. The catalog may lose it later. */
  subject: string;
  reason: string;
}

/** A rule as a caller writes it. */
export interface RuleArguments {
  effect: RuleEffect;
  movieId?: string | null;
  genre?: string | null;
  service?: string | null;
  strength?: number | null;
  reason: string;
}

/** Checks a rule. An InputError names the field. */
export function readRule(catalog: Catalog, rule: RuleArguments, path = 'rule'): ExplainedRule {
  const reason = rule.reason.trim();
  if (reason === '' || reason.length > MAX_REASON)
    throw new InputError(`${path}.reason`, `has ${reason.length} characters; from 1 to ${MAX_REASON} are allowed`, {
      min: 1,
      max: MAX_REASON,
    });
  const isBoost = rule.effect === 'BOOST';
  for (const field of isBoost ? (['movieId'] as const) : (['genre', 'service', 'strength'] as const))
    if (rule[field] !== null && rule[field] !== undefined)
      throw new InputError(`${path}.${field}`, `is not allowed with the effect ${rule.effect}`);
  const nothing = { movieId: null, genre: null, service: null, strength: 0 };
  if (!isBoost) return { ...nothing, ...movieOf(catalog, rule.movieId, `${path}.movieId`), effect: rule.effect, reason };
  const { genre, service } = rule;
  if ((genre ?? null) !== null && (service ?? null) !== null)
    throw new InputError(`${path}.service`, 'and genre are both given; one of them is allowed');
  const label =
    service === null || service === undefined
      ? labelOf(catalog.genres, genre, 'genre', `${path}.genre`)
      : labelOf(catalog.services, service, 'service', `${path}.service`);
  const field = service === null || service === undefined ? 'genre' : 'service';
  return { ...nothing, effect: 'BOOST', [field]: label.id, strength: strengthOf(rule.strength, path), subject: label.name, reason };
}

function movieOf(catalog: Catalog, id: string | null | undefined, path: string): { movieId: number; subject: string } {
  if (id === null || id === undefined) throw new InputError(path, 'is missing; the effect needs a movie');
  if (!isMovieId(id)) throw notAMovieId(id, path);
  const index = catalog.indexOf(id);
  if (index === undefined) throw new InputError(path, `there is no movie ${quoted(id)}`, { movieId: id });
  const year = catalog.year(index);
  return { movieId: catalog.movieId(index), subject: year === null ? catalog.title(index) : `${catalog.title(index)} (${year})` };
}

function labelOf(labels: LabelIndex, name: string | null | undefined, kind: string, path: string): Label {
  if (name === null || name === undefined) throw new InputError(path, 'is missing; the effect BOOST needs a genre or a service');
  const label = labels.find(name);
  if (label !== undefined) return label;
  throw new InputError(path, `unknown ${kind} ${quoted(name)}; similar: ${labels.nearest(name).join(', ') || 'none'}`);
}

function strengthOf(strength: number | null | undefined, path: string): number {
  if (typeof strength === 'number' && strength !== 0 && Math.abs(strength) <= MAX_STRENGTH) return strength;
  const found = strength === null || strength === undefined ? 'is missing' : `is ${strength}`;
  throw new InputError(`${path}.strength`, `${found}; it goes from -${MAX_STRENGTH} (damp) to ${MAX_STRENGTH} (boost) and is not 0`, {
    min: -MAX_STRENGTH,
    max: MAX_STRENGTH,
  });
}
