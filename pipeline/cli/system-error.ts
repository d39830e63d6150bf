/** Errors of the operating system that the user can act on: what failed, and what to do. */
const PROBLEMS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the device; free some, then run the same command again',
  EDQUOT: 'the disk quota is used up; free some space, then run the same command again',
  EACCES: 'permission denied; check the owner and mode of the file and its folder',
  EPERM: 'permission denied; check the owner and mode of the file and its folder',
  EROFS: 'the file system is read-only; choose another folder',
  EIO: 'the device cannot be read or written; check the disk',
  EMFILE: 'too many open files; raise the limit (ulimit -n)',
  ENOTDIR: 'a part of the path is a file, expected a folder',
};

/** The messages of DuckDB, which have no code. */
const TEXTS: Readonly<Record<string, string>> = {
  'No space left on device': 'ENOSPC',
  'Permission denied': 'EACCES',
  'Read-only file system': 'EROFS',
};

/** One line for an error of the operating system, also when it is the cause of another error. Undefined for other errors. */
export function systemProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : codeOfText(error.message);
  if (code !== undefined && Object.hasOwn(PROBLEMS, code)) {
    const path = 'path' in error && typeof error.path === 'string' ? error.path : /"([^"\n]+)"/.exec(error.message)?.[1];
    return `${path === undefined ? '' : `${path}: `}${PROBLEMS[code]}`;
  }
  return systemProblem(error.cause);
}

function codeOfText(message: string): string | undefined {
  return Object.entries(TEXTS).find(([text]) => message.includes(text))?.[1];
}
