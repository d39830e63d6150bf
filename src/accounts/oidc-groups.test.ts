import { describe, expect, it } from 'vitest';
import { groupsOf, isLimited, mayUseProvider } from './oidc-groups.ts';

describe('the claims of an OpenID provider', () => {
  it('name groups as a list or as text', () => {
    expect(groupsOf({ groups: ['family', 7, 'friends'] })).toEqual(['family', 'friends']);
    expect(groupsOf({ groups: 'family, friends' })).toEqual(['family', 'friends']);
    expect(groupsOf({})).toEqual([]);
  });

  it('let everybody in without a rule', () => {
    expect(mayUseProvider({}, {})).toBe(true);
    expect(mayUseProvider({ adminGroup: 'staff' }, {})).toBe(true);
  });

  it('are limited by one list alone', () => {
    const rules = [{ allowedGroups: ['family'] }, { allowedDomains: ['example.org'] }, { allowedGroups: [], allowedDomains: [] }];
    expect(rules.map(isLimited)).toEqual([true, true, false]);
    expect(mayUseProvider({ allowedGroups: ['family'] }, { email: 'ann@example.org', email_verified: true })).toBe(false);
    expect(mayUseProvider({ allowedDomains: ['example.org'] }, { groups: ['family'] })).toBe(false);
  });

  it.each([
    [{ groups: ['family'] }, true],
    [{ groups: ['strangers'] }, false],
    [{ email: 'ann@example.org', email_verified: true }, true],
    [{ email: 'ann@EXAMPLE.org', email_verified: 'true' }, true],
    [{ email: 'ann@example.org', email_verified: false }, false],
    [{ email: 'ann@example.org' }, false],
    [{ email: 'ann@example.org', emailVerified: true }, true],
    [{ email: 'ann@example.org', email_verified: false, emailVerified: true }, false],
    [{ email: ['ann@example.org'], email_verified: true }, false],
    [{ email: 'ann@evil.test@example.org', email_verified: true }, true],
    [{ email: 'ann@example.org.evil.test', email_verified: true }, false],
    [{}, false],
  ])('with an allowed group and an allowed domain: %j is let in: %s', (claims, expected) => {
    expect(mayUseProvider({ allowedGroups: ['family'], allowedDomains: ['example.org'] }, claims)).toBe(expected);
  });
});
