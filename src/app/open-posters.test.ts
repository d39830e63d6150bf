import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { releaseInMemory, shippedConfig } from '../../test/release-in-memory.ts';
import { Catalog } from '../catalog/catalog.ts';
import { parseEnvironment } from '../environment/environment.ts';
import { openPosters } from './open-posters.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

it('serves no poster that is no name of TMDb, though a catalog names it', async () => {
  const paths = ['/good.jpg', '/../../../outside.jpg', '/%2e%2e/outside.jpg', '/a.jpg?b', '/.tmp', 'https://films.example/a.jpg', ''];
  const movies = FIXTURE_MOVIES.map((movie, index) => ({ ...movie, posterPath: paths[index] ?? '' }));
  const catalog = Catalog.fromRelease(releaseInMemory(movies, shippedConfig('default')));
  const environment = parseEnvironment({ POSTERS: 'proxy', DATA_DIR: folder.path });
  const { posterRoute } = await openPosters(environment, () => catalog, pino({ level: 'silent' }));
  expect(paths.filter((path) => posterRoute?.isPoster(path.slice(1)))).toEqual(['/good.jpg']);
});
