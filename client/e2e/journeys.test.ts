import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { findChromium } from '../../test/real-servers/chromium.ts';
import { type Actors, FILMS } from './actors.ts';
import { homeJourneys } from './home.suite.ts';
import { keepingJourneys } from './keeping.suite.ts';
import { outageJourneys } from './outage.suite.ts';
import { pagesLookRight } from './pages.suite.ts';
import { providerJourneys } from './providers.suite.ts';
import { slowJourneys } from './slow.suite.ts';
import { type Size, Stage, type Visit } from './stage.ts';

const { path: chromium, hint } = findChromium();
const ADD = 'mutation ($id: ID!) { addToWatchlist(movieId: $id) { addedAt } }';

describe.skipIf(chromium === undefined)(`journeys in Chromium (${hint})`, () => {
  let stage: Stage;
  let visits: Visit[] = [];
  beforeAll(async () => {
    stage = await Stage.open(chromium ?? '');
  }, 180_000);
  afterAll(() => stage?.close());
  afterEach(async () => {
    const complaints = visits.flatMap((visit) => [...visit.complaints, ...visit.moved]);
    await Promise.all(visits.map((visit) => visit.close()));
    visits = [];
    expect(complaints).toEqual([]);
  });

  const visitor = async (size: Size): Promise<Visit> => {
    const visit = await stage.visit(size);
    visits.push(visit);
    return visit;
  };
  const listedGuest = async (size: Size): Promise<Visit> => {
    const visit = await visitor(size);
    await visit.beGuest();
    for (const id of FILMS) await visit.ask(ADD, { id });
    return visit;
  };
  const actors: Actors = { stage: () => stage, visitor, listedGuest };

  describe.each<Size>(['desktop', 'phone'])('%s', (size) => {
    homeJourneys(actors, size);
    keepingJourneys(actors, size);
  });
  providerJourneys(actors);
  slowJourneys(actors);
  outageJourneys(actors);
  pagesLookRight(actors);
});
