/** A set of artifacts cannot be used: damaged, incomplete, of another version, or not there. The message names the part. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
}
