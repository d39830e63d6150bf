import { z } from 'zod';
import type { Regions } from '../../cli/region.ts';

/** TMDb's word for a kind of offer -> the word of availability.csv. */
const KINDS = { flatrate: 'subscription', free: 'free', ads: 'ads', rent: 'rent', buy: 'buy' } as const;

/** One way to watch a movie. */
export interface Offer {
  readonly region: string;
  readonly kind: (typeof KINDS)[keyof typeof KINDS];
  /** TMDb's number of the service. It stays when the name changes. */
  readonly providerId: number;
  readonly service: string;
}

const providers = z.array(z.object({ provider_id: z.number(), provider_name: z.string() })).nullish();

export const watchProviders = z
  .object({
    results: z.record(z.string(), z.object({ flatrate: providers, free: providers, ads: providers, rent: providers, buy: providers })),
  })
  .nullish();

/** The offers of a movie in these regions, each once. */
export function offersOf(data: z.infer<typeof watchProviders>, regions: Regions): Offer[] {
  const results = data?.results ?? {};
  const offers = new Map<string, Offer>();
  for (const region of regions === 'all' ? Object.keys(results).sort() : regions) {
    if (!/^[A-Z]{2}$/.test(region)) continue;
    for (const [word, kind] of Object.entries(KINDS) as [keyof typeof KINDS, Offer['kind']][]) {
      for (const { provider_id: providerId, provider_name } of results[region]?.[word] ?? []) {
        const service = provider_name.replaceAll('|', '/').trim();
        if (service !== '') offers.set(`${region} ${kind} ${providerId}`, { region, kind, providerId, service });
      }
    }
  }
  return [...offers.values()];
}
