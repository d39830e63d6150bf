import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetSkipped, skippedTonight, skipTonight, unskip } from './skipped.ts';

describe('movies that are not for tonight', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('stay away until five in the morning, and come back then', () => {
    skipTonight('1', new Date(2026, 10, 27, 21));
    expect(skipTonight('2', new Date(2026, 10, 28, 1))).toEqual(['1', '2']);
    expect(skippedTonight(new Date(2026, 10, 28, 4, 59))).toEqual(['1', '2']);
    expect(skippedTonight(new Date(2026, 10, 28, 5, 1))).toEqual([]);
  });

  it('can be taken back one by one or all', () => {
    skipTonight('1');
    skipTonight('2');
    expect(unskip('1')).toEqual(['2']);
    forgetSkipped();
    expect(skippedTonight()).toEqual([]);
  });

  it('are none when what is stored is something else', () => {
    for (const text of ['{', '7', '{"day":"x"}', '{"day":"2026-11-27","ids":[1]}']) {
      localStorage.setItem('tonight', text);
      expect(skippedTonight(new Date(2026, 10, 27, 21))).toEqual([]);
    }
  });
});
