/** A release cannot be used: it is damaged, incomplete, of another format or missing. The message names the part. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
}
