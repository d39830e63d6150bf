/** A problem that the operator of the server can solve. The message is one line. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}
