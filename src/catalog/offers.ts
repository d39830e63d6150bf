import type { Offers } from '../engine/artifacts/catalog-columns.ts';
import { regionCodeOf } from '../engine/artifacts/region-code.ts';
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
  /** Only services that the viewer stored. */
  onMyServices?: boolean | null | undefined;
  /** A day: offers that were first seen on it or later. */
  since?: string | null | undefined;
  /** A day: offers that ended on it or later, instead of those that stand. */
  leftSince?: string | null | undefined;
}

/** A filter as it is applied. Empty lists restrict nothing. */
export interface ReadOfferFilter {
  region: string;
  kinds: OfferKind[];
  /** As the catalog spells them. */
  services: string[];
  /** Rows of the labels that pass, ascending. */
  rows: number[];
  /** Days since 1970. */
  since: number | undefined;
  leftSince: number | undefined;
}

/** `day` is in days since 1970. */
export interface OfferChange {
  kind: 'arrived' | 'left';
  day: number;
}

type Label = Pick<Offer, 'region' | 'kind' | 'providerId' | 'service'>;

const DAY_MS = 86_400_000;

/** The offers of the movies by region. A label is read once, not once a movie. */
export class OfferTable {
  /** Regions that have offers, in alphabetical order. */
  readonly regions: readonly string[];
  /** The region where none is named. */
  readonly defaultRegion: string;
  readonly #offers: Offers | undefined;
  readonly #labels: readonly (Label | undefined)[];
  readonly #firstLooks = new Map<string, number>();
  readonly #lastDays = new Map<string, number>();

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

  /** Reads a filter. An InputError names the field. `stored` are names of the viewer's services; those that the region lacks do not count. */
  read(
    { region, kinds, services, onMyServices, since, leftSince }: OfferFilter,
    argument: string,
    stored: readonly string[] = [],
  ): ReadOfferFilter {
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
    const own = onMyServices === true && stored.length > 0 ? new Set(stored.map(keyOf)) : undefined;
    const rows = there
      .filter((label) => !kinds?.length || kinds.includes(label.kind))
      .filter(({ key }) => (names.size === 0 || names.has(key)) && own?.has(key) !== false)
      .map(({ row }) => row);
    const named = there.filter(({ key }) => names.has(key)).map(({ service }) => service);
    return {
      region: wanted,
      kinds: OFFER_KINDS.filter((kind) => kinds?.includes(kind)),
      services: [...new Set(named)].sort(),
      rows,
      since: since == null ? undefined : Math.max(dayNumber(since), this.#firstLook(wanted) + 1),
      leftSince: leftSince == null ? undefined : dayNumber(leftSince),
    };
  }

  /** The last day on which an offer of the region was first seen or no longer seen, in days since 1970; 0 when there is none. */
  lastDay(region: string): number {
    const known = this.#lastDays.get(region);
    if (known !== undefined || this.#offers === undefined) return known ?? 0;
    const { tagging, since, leftAt } = this.#offers;
    let last = 0;
    for (let p = 0; p < since.length; p++)
      if (this.#labels[tagging.indices[p]]?.region === region) last = Math.max(last, since[p], leftAt[p]);
    this.#lastDays.set(region, last);
    return last;
  }

  /**
   * A function that tells when a movie came to one of these services while it was on none, or left the last of them. It tells nothing of a
   * movie that was there when the region was first looked at. A move from one of the services to another on the same day is no change.
   */
  changesOn(region: string, services: readonly string[]): (row: number) => OfferChange | undefined {
    const own = new Set(services.map(keyOf));
    const isOwn = this.#labels.map((label) => label?.region === region && own.has(keyOf(label.service)));
    const firstLook = this.#firstLook(region);
    return (row) => {
      if (this.#offers === undefined) return undefined;
      const { tagging, since, leftAt } = this.#offers;
      let came: number | undefined;
      let left = 0;
      for (let p = tagging.offsets[row]; p < tagging.offsets[row + 1]; p++) {
        if (!isOwn[tagging.indices[p]]) continue;
        if (leftAt[p] === 0) came = Math.min(came ?? since[p], since[p]);
        else left = Math.max(left, leftAt[p]);
      }
      if (came === undefined) return left === 0 ? undefined : { kind: 'left', day: left };
      return came > firstLook && came > left ? { kind: 'arrived', day: came } : undefined;
    };
  }

  /** The day on which the offers of a region were seen for the first time. Which of those were new is not known. */
  #firstLook(region: string): number {
    const known = this.#firstLooks.get(region);
    if (known !== undefined || this.#offers === undefined) return known ?? 0;
    const { tagging, since } = this.#offers;
    let first = Number.MAX_SAFE_INTEGER;
    for (let p = 0; p < since.length; p++)
      if (since[p] !== 0 && since[p] < first && this.#labels[tagging.indices[p]]?.region === region) first = since[p];
    this.#firstLooks.set(region, first);
    return first;
  }

  /** The region that the text names: "uk" is GB. An InputError lists the regions that there are. */
  readRegion(text: string, argument: string): string {
    const region = regionCodeOf(text);
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

function dayNumber(day: string): number {
  return Date.parse(day) / DAY_MS;
}

function dayOf(days: number): string | null {
  return days === 0 ? null : new Date(days * DAY_MS).toISOString().slice(0, 10);
}
