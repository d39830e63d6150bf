import { afterAll, beforeAll, describe } from 'vitest';
import { findChromium } from '../../test/real-servers/chromium.ts';
import { type Journey, journeysOn } from './actors.ts';
import { cardJourneys } from './cards.journey.ts';
import { homeJourneys } from './home.journey.ts';
import { importJourneys } from './import.journey.ts';
import { keepingJourneys } from './keeping.journey.ts';
import { mailJourneys } from './mail.journey.ts';
import { mediaServerJourneys } from './media-servers.journey.ts';
import { movieJourneys } from './movie.journey.ts';
import { narrowJourneys } from './narrow.journey.ts';
import { messageJourney, newsJourneys } from './news.journey.ts';
import { opinionJourneys } from './opinions.journey.ts';
import { outageJourneys } from './outage.journey.ts';
import { ownerJourneys } from './owner.journey.ts';
import { ownerCatalogJourneys, ownerPublishJourney } from './owner-catalog.journey.ts';
import { ownerRefusalJourneys, TWO_VERSIONS } from './owner-refusals.journey.ts';
import { pagesLookRight } from './pages.journey.ts';
import { providerJourneys } from './providers.journey.ts';
import { refusalJourneys } from './refusals.journey.ts';
import { routeJourneys } from './routes.journey.ts';
import { searchJourneys } from './search.journey.ts';
import { sharingJourneys } from './sharing.journey.ts';
import { slowJourneys } from './slow.journey.ts';
import { type Size, Stage, type StageSettings } from './stage.ts';
import { tonightJourneys } from './tonight.journey.ts';

const { path: chromium, hint } = findChromium();

describe.skipIf(chromium === undefined)(`journeys in Chromium (${hint})`, () => {
  describe.concurrent('run concurrently', () => {
    const journey = onStage();
    pagesLookRight(journey);
    describe.each<Size>(['desktop', 'phone'])('%s', (size) => {
      homeJourneys(journey, size);
      cardJourneys(journey, size);
      tonightJourneys(journey, size);
      opinionJourneys(journey, size);
      sharingJourneys(journey, size);
      searchJourneys(journey, size);
      keepingJourneys(journey, size);
      newsJourneys(journey, size);
      importJourneys(journey, size);
    });
    routeJourneys(journey);
    messageJourney(journey);
    refusalJourneys(journey);
    slowJourneys(journey);
    narrowJourneys(journey);
    describe('with a provider that signs in one person at a time', { concurrent: false }, () => providerJourneys(journey));
  });

  describe.each<Size>(['desktop', 'phone'])('on an empty server with mail, %s', (size) => {
    const journey = onStage({ registration: '', mail: true });
    ownerJourneys(journey, size);
    mailJourneys(journey, size);
  });

  describe.each<Size>(['desktop', 'phone'])('beside a media server, %s', (size) => mediaServerJourneys(onStage(), size));

  describe('on a server with two versions', () => {
    const journey = onStage({ registration: '', twoVersions: TWO_VERSIONS });
    for (const size of ['desktop', 'phone'] as const) {
      ownerCatalogJourneys(journey, size);
      movieJourneys(journey, size);
    }
    ownerPublishJourney(journey);
    ownerRefusalJourneys(journey);
  });

  describe('on a server that is killed', () => outageJourneys(onStage()));
});

/** Journeys on a stage that is started before them and stopped after them. */
function onStage(settings?: StageSettings): Journey {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open(chromium ?? '', settings);
  }, 180_000);
  afterAll(() => stage?.close());
  return journeysOn(() => stage);
}
