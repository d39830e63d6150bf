import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { boundedAnswers, MAX_ERRORS } from './answer-plugin.ts';
import { callerGoneError, timeoutError } from './request-budget.ts';

/** What is sent in place of a body, by a request that was stopped for this reason. */
async function sent(body: object, stopped?: GraphQLError) {
  const response = { body, http: { status: undefined as number | undefined } };
  const listener = await boundedAnswers.requestDidStart?.({} as never);
  await listener?.willSendResponse?.({ response, contextValue: { budget: { stopped } } } as never);
  return { status: response.http.status, body: response.body };
}

const failed = (count: number) => Array.from({ length: count }, (_, n) => ({ message: `error ${n}` }));

describe('an answer', () => {
  it('of a request that was stopped is one error with the code and the status of the reason', async () => {
    const whole = { kind: 'single', singleResult: { data: { a: 1 }, errors: failed(3) } };
    const { status, body } = await sent(whole, timeoutError(50));
    expect(status).toBe(503);
    expect(body).toEqual({
      kind: 'single',
      singleResult: {
        errors: [{ message: 'The request took longer than 50 ms. Ask for less at once.', extensions: { code: 'TIMEOUT' } }],
      },
    });
    const tooLarge = new GraphQLError('Too large.', { extensions: { code: 'ANSWER_TOO_LARGE', max: 3, http: { status: 400 } } });
    expect(await sent({ kind: 'single', singleResult: {} }, tooLarge)).toEqual({
      status: 400,
      body: { kind: 'single', singleResult: { errors: [{ message: 'Too large.', extensions: { code: 'ANSWER_TOO_LARGE', max: 3 } }] } },
    });
  });

  it('of a reason without a status is unavailable', async () => {
    expect((await sent({ kind: 'single', singleResult: {} }, callerGoneError())).status).toBe(503);
  });

  it('keeps twenty errors, and the first twenty of more, beside its data', async () => {
    expect(MAX_ERRORS).toBe(20);
    for (const [made, kept] of [
      [20, 20],
      [21, 20],
      [500, 20],
    ]) {
      const { status, body } = await sent({ kind: 'single', singleResult: { data: { a: 1 }, errors: failed(made) } });
      expect([status, body]).toEqual([undefined, { kind: 'single', singleResult: { data: { a: 1 }, errors: failed(kept) } }]);
    }
  });

  it('without errors stays as it is, and so does one in parts', async () => {
    for (const body of [
      { kind: 'single', singleResult: { data: { a: 1 } } },
      { kind: 'incremental', initialResult: { errors: failed(21) } },
    ])
      expect(await sent(body)).toEqual({ status: undefined, body });
    const parts = { kind: 'incremental', initialResult: {} };
    expect(await sent(parts, timeoutError(50))).toEqual({ status: undefined, body: parts });
  });
});
