const MAX_DEPTH = 10;

/** The message of an error and of its causes. An error whose message is empty is named by its code or its class. */
export function errorText(error: unknown): string {
  const parts: string[] = [];
  let cause = error;
  for (let depth = 0; depth < MAX_DEPTH && cause !== undefined && cause !== null; depth++) {
    const text = ownText(cause);
    if (!parts.some((part) => part.includes(text))) parts.push(text);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return parts.join(': ').replace(/\s*\n\s*/g, ' ');
}

/** The code of an error of Node, of the operating system or of a database, for instance "ENOENT". Undefined for other errors. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function ownText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node joins the errors of all addresses of a host; such an error has no message of its own.
  if (error instanceof AggregateError && error.message === '') return [...new Set(error.errors.map(ownText))].join('; ');
  if (error.message !== '') return error.message;
  return errorCode(error) ?? error.name;
}
