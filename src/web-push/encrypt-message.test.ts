import { describe, expect, it } from 'vitest';
import { TestBrowser } from '../../test/real-servers/push-service.ts';
import { encryptMessage, MAX_MESSAGE_BYTES } from './encrypt-message.ts';

const ENDPOINT = 'https://push.example.org/x';

describe('a push message', () => {
  it('is encrypted as the example of RFC 8291', () => {
    const keys = {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    };
    const secrets = {
      salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
      privateKey: Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'),
    };
    const message = 'When I grow up, I want to be a watermelon';
    expect(encryptMessage(message, keys, secrets, message.length).toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });

  it('is read by the browser of the keys and by no other, and is never the same twice', () => {
    const browser = new TestBrowser();
    const keys = browser.subscription(ENDPOINT);
    const [first, second] = [encryptMessage('Amélie, もののけ姫', keys), encryptMessage('Amélie, もののけ姫', keys)];
    expect([browser.decrypt(first), browser.decrypt(second)]).toEqual(['Amélie, もののけ姫', 'Amélie, もののけ姫']);
    expect(first.equals(second)).toBe(false);
    expect(() => new TestBrowser().decrypt(first)).toThrow();
  });

  it('has the same length whatever it says, and is refused beyond that', () => {
    const browser = new TestBrowser();
    const keys = browser.subscription(ENDPOINT);
    const longest = 'x'.repeat(MAX_MESSAGE_BYTES);
    expect(encryptMessage(longest, keys).length).toBe(encryptMessage('', keys).length);
    expect(encryptMessage(longest, keys).length).toBeLessThanOrEqual(4_096);
    expect(browser.decrypt(encryptMessage(longest, keys))).toBe(longest);
    expect(() => encryptMessage(`${longest}x`, keys)).toThrow(new RangeError('a push message has 2049 bytes; at most 2048 fit'));
  });
});
