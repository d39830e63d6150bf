import type { Offers } from '../engine/artifacts/catalog-columns.ts';
import { InputError, quoted } from '../input-error.ts';
import { checkLength, MAX_LABELS } from '../list-caps.ts';
import { slugOf } from './labels.ts';
import { nearestNames } from './nearest-names.ts';

export const OFFER_KINDS = ['SUBSCRIPTION', 'FREE', 'ADS', 'RENT', 'BUY'] as const;

export type OfferKind = (typeof OFFER_KINDS)[number];

/** One way to watch a movie. */
export interface Offer {
  /** ISO 3166-1. */
  region: string;
  kind: OfferKind;
  /** TMDb's number of the service; null when unknown. */
  providerId: number | null;
  service: string;
  /** The day on which the offer was first seen; null when unknown. */
  since: string | null;
  /** The day from which on the offer was no longer seen; null while it stands. */
  leftAt: string | null;
}

/** How a movie can be watched now, as a caller writes it. What is left out restricts nothing; the region is then the default one. */
export interface OfferFilter {
  region?: string | null | undefined;
  kinds?: OfferKind[] | null | undefined;
  services?: string[] | null | undefined;
}

/** A filter as it is applied. Empty lists restrict nothing. */
export interface ReadOfferFilter {
  region: string;
  kinds: OfferKind[];
  /** As the catalog spells them. */
  services: string[];
  /** Rows of the labels that pass, ascending. */
  rows: number[];
}

type Label = Pick<Offer, 'region' | 'kind' | 'providerId' | 'service'>;

/** Codes that people write, and that ISO 3166-1 does not know. */
const ALIASES: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

/** The offers of the movies by region. A label is read once, not once a movie. */
export class OfferTable {
  /** Regions that have offers, in alphabetical order. */
  readonly regions: readonly string[];
  /** The region where none is named. */
  readonly defaultRegion: string;
  readonly #offers: Offers | undefined;
  readonly #labels: readonly (Label | undefined)[];

  constructor(offers: Offers | undefined, defaultRegion: string) {
    this.defaultRegion = defaultRegion;
    this.#offers = offers;
    this.#labels = offers === undefined ? [] : offers.tagging.names.toArray().map(readLabel);
    this.regions = [...new Set(this.#labels.flatMap((label) => (label === undefined ? [] : [label.region])))].sort();
  }

  /** The offers of a movie in a region: standing ones first, then by kind, in the order of OFFER_KINDS, and by service. */
  of(row: number, region: string): Offer[] {
    if (this.#offers === undefined) return [];
    const { tagging, since, leftAt } = this.#offers;
    const found: Offer[] = [];
    for (let p = tagging.offsets[row]; p < tagging.offsets[row + 1]; p++) {
      const label = this.#labels[tagging.indices[p]];
      if (label?.region === region) found.push({ ...label, since: dayOf(since[p]), leftAt: dayOf(leftAt[p]) });
    }
    const place = ({ kind, leftAt: end }: Offer): number => OFFER_KINDS.indexOf(kind) + (end === null ? 0 : OFFER_KINDS.length);
    return found.sort((a, b) => place(a) - place(b));
  }

  /** Reads a filter. An InputError names the field. */
  read({ region, kinds, services }: OfferFilter, argument: string): ReadOfferFilter {
    const wanted = this.readRegion(region ?? this.defaultRegion, `${argument}.region`);
    checkLength(`${argument}.kinds`, kinds ?? [], MAX_LABELS);
    checkLength(`${argument}.services`, services ?? [], MAX_LABELS);
    const there = this.#labels.flatMap((label, row) => (label?.region === wanted ? [{ ...label, row, key: keyOf(label.service) }] : []));
    const names = new Set<string>();
    services?.forEach((name, i) => {
      const key = keyOf(name);
      if (!there.some((label) => label.key === key)) throw unknownService(name, there, wanted, `${argument}.services[${i}]`);
      names.add(key);
    });
    const rows = there
      .filter((label) => (!kinds?.length || kinds.includes(label.kind)) && (names.size === 0 || names.has(label.key)))
      .map(({ row }) => row);
    const named = there.filter(({ key }) => names.has(key)).map(({ service }) => service);
    return {
      region: wanted,
      kinds: OFFER_KINDS.filter((kind) => kinds?.includes(kind)),
      services: [...new Set(named)].sort(),
      rows,
    };
  }

  /** The region that the text names: "uk" is GB. An InputError lists the regions that there are. */
  readRegion(text: string, argument: string): string {
    const upper = text.trim().toUpperCase();
    const region = ALIASES[upper] ?? upper;
    if (this.regions.includes(region)) return region;
    const there = this.regions.length === 0 ? 'the catalog has no offers' : `there are ${this.regions.join(', ')}`;
    throw new InputError(argument, `there are no offers in the region ${quoted(text)}; ${there}`, { allowed: [...this.regions] });
  }
}

/** TMDb's page of the offers. Its data comes from JustWatch. */
export function watchPage(tmdbId: number, region: string): string {
  return `https://www.themoviedb.org/movie/${tmdbId}/watch?locale=${region}`;
}

/** The same key for "Disney+" and "Disney Plus". */
function keyOf(service: string): string {
  return slugOf(service.replaceAll('+', ' plus'));
}

function unknownService(name: string, there: readonly Label[], region: string, argument: string): InputError {
  const allowed = [...new Set(there.map(({ service }) => service))].sort().slice(0, MAX_LABELS);
  const nearest = nearestNames(name, allowed);
  return new InputError(argument, `there is no service ${quoted(name)} in ${region}; did you mean ${nearest.join(' or ')}?`, {
    nearest,
    allowed,
  });
}

function readLabel(label: string): Label | undefined {
  const [region, word, provider, ...service] = label.split(':');
  const kind = OFFER_KINDS.find((known) => known === word?.toUpperCase());
  return kind === undefined ? undefined : { region, kind, providerId: Number(provider) || null, service: service.join(':') };
}

function dayOf(days: number): string | null {
  return days === 0 ? null : new Date(days * 86_400_000).toISOString().slice(0, 10);
}
