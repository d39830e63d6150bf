import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { BlockList, isIPv4 } from 'node:net';

/** Networks of IPv4 that are no public hosts: this machine, private and shared networks, examples, multicast. */
const NOT_PUBLIC = listOf('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]);
/** All public hosts of IPv6 are in here, and so are networks that lead to addresses of IPv4. */
const GLOBAL_V6 = listOf('ipv6', [['2000::', 3]]);
const NOT_PUBLIC_V6 = listOf('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

type Callback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** Whether the address is one of the internet, not of this machine or its networks. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !NOT_PUBLIC.check(address, 'ipv4');
  return GLOBAL_V6.check(address, 'ipv6') && !NOT_PUBLIC_V6.check(address, 'ipv6');
}

/**
 * Finds the addresses of a host as `dns.lookup` does, and those of the internet alone. A connection goes to what this found, so a name that
 * answers otherwise the next time changes nothing.
 */
export function lookupPublic(hostname: string, options: LookupOptions, callback: Callback): void {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error !== null) return callback(error, []);
    const [first, ...others] = found.filter(({ address }) => isPublicAddress(address));
    if (first === undefined) return callback(Object.assign(new Error('the host has no public address'), { code: 'ENOTPUBLIC' }), []);
    if (options.all === true) callback(null, [first, ...others]);
    else callback(null, first.address, first.family);
  });
}

function listOf(family: 'ipv4' | 'ipv6', networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}
