import { describe, expect, it } from 'vitest';
import { errorText } from './error-text.ts';

describe('errorText', () => {
  it('joins the messages of an error and its causes on one line', () => {
    expect(errorText(new Error('outer', { cause: new Error('inner\n  more') }))).toBe('outer: inner more');
  });

  it('says a message that the outer error repeats only once', () => {
    const cause = new Error('the disk is full');
    expect(errorText(new Error('cannot save: the disk is full', { cause }))).toBe('cannot save: the disk is full');
  });

  it('names errors without a message', () => {
    expect(errorText(new AggregateError([new Error('connect ECONNREFUSED ::1:1'), new Error('connect ECONNREFUSED 127.0.0.1:1')]))).toBe(
      'connect ECONNREFUSED ::1:1; connect ECONNREFUSED 127.0.0.1:1',
    );
    expect(errorText(Object.assign(new Error(''), { code: 'EPIPE' }))).toBe('EPIPE');
    expect(errorText('text')).toBe('text');
  });
});
