import { isIPv6 } from 'node:net';

const GROUP_BITS = 16;

/**
 * The network of an address by which callers are counted: an IPv4 address itself, and the first `bits` of an IPv6 address, a multiple of
 * 16. A home has 2^64 addresses or more, and many providers give 48 bits to each customer.
 */
export function networkOf(address: string, bits: 48 | 64): string {
  const plain = plainAddress(address);
  if (!isIPv6(plain)) return plain;
  const [head, tail] = plain.split('%', 1)[0].split('::');
  const groups = (part: string | undefined): string[] => (part === undefined || part === '' ? [] : part.split(':'));
  const first = groups(head);
  const zeros = tail === undefined ? 0 : 8 - first.length - groups(tail).length;
  const whole = [...first, ...Array.from({ length: zeros }, () => '0'), ...groups(tail)];
  return `${whole
    .slice(0, bits / GROUP_BITS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/${bits}`;
}

/** An IPv4 address that a socket for both families writes as IPv6, as it is usually written. */
export function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
