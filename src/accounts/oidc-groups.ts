/** Which identities of the OpenID provider count. */
export interface OidcRules {
  /** OIDC_ALLOWED_GROUPS; none: every group. */
  allowedGroups?: readonly string[];
  /** OIDC_ALLOWED_DOMAINS of verified e-mail addresses; none: every domain. */
  allowedDomains?: readonly string[];
  /** OIDC_ADMIN_GROUP. */
  adminGroup?: string | undefined;
}

type Claims = Record<string, unknown>;

/** The claim `groups`: a list, or names separated by commas. */
export function groupsOf({ groups }: Claims): string[] {
  if (Array.isArray(groups)) return groups.filter((group): group is string => typeof group === 'string');
  return typeof groups === 'string' ? groups.split(',').map((group) => group.trim()) : [];
}

/** Whether only some groups or domains count. */
export function isLimited({ allowedGroups = [], allowedDomains = [] }: OidcRules): boolean {
  return allowedGroups.length > 0 || allowedDomains.length > 0;
}

/** Whether the identity is in an allowed group or domain. Without a rule everybody is. */
export function mayUseProvider(rules: OidcRules, claims: Claims): boolean {
  if (!isLimited(rules)) return true;
  const { allowedGroups = [], allowedDomains = [] } = rules;
  if (groupsOf(claims).some((group) => allowedGroups.includes(group))) return true;
  const { email, email_verified: verified } = claims;
  // An address that the provider did not verify proves nothing of its domain.
  const domain = typeof email === 'string' && isTrue(verified ?? claims.emailVerified) ? email.toLowerCase().split('@').at(-1) : undefined;
  return domain !== undefined && allowedDomains.includes(domain);
}

function isTrue(claim: unknown): boolean {
  return claim === true || claim === 'true';
}
