import { ArtifactError } from '../engine/artifacts/artifact-error.ts';
import { type ModelRelease, openRelease, readManifest } from '../engine/artifacts/model-release.ts';
import { listVersions, readPointer, versionDirectory, writePointer } from '../engine/artifacts/version-store.ts';
import { InputError } from '../input-error.ts';

/** More versions are not listed. */
export const MAX_VERSIONS = 100;

/** A version in the artifacts folder. */
export interface KeptRelease {
  version: string;
  dataset: string;
  builtAt: Date;
  movieCount: number;
  /** Whether it has ratings models beside the content model. */
  isHybrid: boolean;
  /** Size of its sections. */
  bytes: number;
  /** NDCG@100 by the number of likes that were folded in; empty when it was not measured. */
  ndcg: Record<string, number>;
  /** Name of the measurement; null when there was none. */
  protocol: string | null;
}

export interface KeptReleases {
  releases: KeptRelease[];
  /** The version that the servers should serve. */
  published: string | null;
  publishedAt: Date | null;
  /** The version that `rollBack` publishes. */
  previous: string | null;
}

export interface ReleaseSource {
  artifactsDirectory: string;
  /** Throws when the server could not serve the release. */
  verify(release: ModelRelease): unknown;
  /** Called when another version is published: this server loads it at once, others within seconds. */
  onPublished(): Promise<void>;
}

/** The versions that are kept, and which of them is published. */
export class ReleaseShelf {
  readonly #source: ReleaseSource;
  /** Publications run one after the other: each holds a whole version in memory. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(source: ReleaseSource) {
    this.#source = source;
  }

  /** Unfinished and damaged versions are not listed. Newest first. */
  async list(): Promise<KeptReleases> {
    const { artifactsDirectory } = this.#source;
    const [names, pointer] = await Promise.all([listVersions(artifactsDirectory), readPointer(artifactsDirectory)]);
    const found = await Promise.all(names.slice(-MAX_VERSIONS).map((name) => this.#read(name)));
    const releases = found.filter((release) => release !== undefined).sort((a, b) => b.builtAt.getTime() - a.builtAt.getTime());
    return {
      releases,
      published: pointer?.version ?? null,
      publishedAt: pointer === null ? null : new Date(pointer.publishedAt),
      previous: pointer?.previous ?? null,
    };
  }

  /** Loads the whole version first, as a server does. Throws an InputError, and publishes nothing, when it cannot be served. */
  publish(version: string): Promise<void> {
    return this.#inTurn(() => this.#publish(version));
  }

  /** Publishes the version before the current one. Returns its name. */
  rollBack(): Promise<string> {
    return this.#inTurn(async () => {
      const previous = (await readPointer(this.#source.artifactsDirectory))?.previous ?? null;
      if (previous === null) throw new InputError('version', 'cannot be rolled back: no version was published before this one');
      await this.#publish(previous);
      return previous;
    });
  }

  async #publish(version: string): Promise<void> {
    const { artifactsDirectory, verify, onPublished } = this.#source;
    const pointer = await readPointer(artifactsDirectory);
    if (pointer?.version === version) return;
    try {
      const release = await openRelease(versionDirectory(artifactsDirectory, version));
      if (release.manifest.version !== version) throw new ArtifactError(`the folder holds the version ${release.manifest.version}`);
      await verify(release);
    } catch {
      // Whatever is wrong with it: the server could not serve it either.
      throw new InputError('version', `is "${version}"; it cannot be served, so nothing was published`);
    }
    await writePointer(artifactsDirectory, { version, previous: pointer?.version ?? null, publishedAt: new Date().toISOString() });
    await onPublished();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #read(name: string): Promise<KeptRelease | undefined> {
    try {
      const manifest = await readManifest(versionDirectory(this.#source.artifactsDirectory, name));
      const { version, dataset, builtAt, movieCount, taste: ratingsModels, validation, sections } = manifest;
      const bytes = Object.values(sections).reduce((sum, section) => sum + section.bytes, 0);
      return {
        version,
        dataset,
        builtAt: new Date(builtAt),
        movieCount,
        isHybrid: ratingsModels !== undefined,
        bytes,
        ndcg: validation?.ndcg ?? {},
        protocol: validation?.protocol ?? null,
      };
    } catch (error) {
      if (error instanceof ArtifactError) return undefined;
      throw error;
    }
  }
}
