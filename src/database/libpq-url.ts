/** Parameters that libpq, and with it pg_dump and pg_restore, knows. The driver of the server knows others too. */
const LIBPQ = new Set([
  ...['host', 'hostaddr', 'port', 'dbname', 'user', 'passfile', 'require_auth', 'channel_binding', 'connect_timeout', 'client_encoding'],
  ...[
    'options',
    'application_name',
    'fallback_application_name',
    'keepalives',
    'keepalives_idle',
    'keepalives_interval',
    'keepalives_count',
  ],
  ...['tcp_user_timeout', 'sslmode', 'sslcompression', 'sslcert', 'sslkey', 'sslpassword', 'sslrootcert', 'sslcrl', 'sslsni', 'gssencmode'],
  ...[
    'krbsrvname',
    'gsslib',
    'service',
    'target_session_attrs',
    'load_balance_hosts',
    'ssl_min_protocol_version',
    'ssl_max_protocol_version',
  ],
]);

export interface LibpqConnection {
  /** Without the password: every user of the machine can read the arguments of a process. */
  url: string;
  /** Variables for the environment of the program. */
  variables: Record<string, string>;
}

/**
 * The URL of the server as libpq reads it: the same database, user and encryption. What only the driver of the server knows is translated
 * or left out. `authorities` is the file of NODE_EXTRA_CA_CERTS, whose certificates the server trusts too.
 */
export function libpqConnection(url: string, authorities?: string): LibpqConnection {
  const target = new URL(url);
  const given = new URLSearchParams(target.search);
  const password = given.get('password') ?? decodeURIComponent(target.password);
  target.password = '';
  target.search = '';
  for (const [name, value] of given) if (LIBPQ.has(name)) target.searchParams.set(name, value);
  const mode = sslMode(given);
  if (mode !== undefined) target.searchParams.set('sslmode', mode);
  if (mode?.startsWith('verify') && !given.has('sslrootcert') && authorities !== undefined)
    target.searchParams.set('sslrootcert', authorities);
  // URLSearchParams writes a space as "+", which libpq takes for a plus.
  target.search = target.search.replaceAll('+', '%20');
  return { url: target.href, variables: password === '' ? {} : { PGPASSWORD: password } };
}

/** libpq does not know "no-verify", and the driver's older setting `ssl`. */
function sslMode(given: URLSearchParams): string | undefined {
  const mode = given.get('sslmode') ?? undefined;
  if (mode === 'no-verify') return 'require';
  if (mode !== undefined) return mode;
  const ssl = given.get('ssl');
  if (ssl === null) return undefined;
  return ['true', '1', 'require', 'no-verify'].includes(ssl) ? 'require' : 'disable';
}
