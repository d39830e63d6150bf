import { BASE_PATH } from './base-path.ts';
import { serverBack } from './connection.ts';
import { pageLanguage } from './page-language.ts';

/** The server's account routes refused the request. `code` says why. */
export class AuthError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Calls `/api/auth` + path, and waits while the server cannot be reached. Callers check the answer's type. */
export async function authRequest(path: string, body?: Record<string, unknown>): Promise<unknown> {
  const response = await reach(path, body);
  const text = await response.text();
  const answer: unknown = text === '' ? null : JSON.parse(text);
  if (response.ok) return answer;
  throw new AuthError(
    response.status,
    textOf(answer, 'code') ?? `HTTP_${response.status}`,
    textOf(answer, 'message') ?? response.statusText,
  );
}

/** With GUESTS=off the page leads to the sign-in, which says why. */
export async function signInAsGuest(): Promise<void> {
  try {
    await authRequest('/sign-in/anonymous', {});
  } catch (error) {
    if (error instanceof AuthError && error.code === 'GUESTS_OFF') window.location.assign(`${BASE_PATH}/sign-in?error=GUESTS_OFF`);
    throw error;
  }
}

async function reach(path: string, body: Record<string, unknown> | undefined): Promise<Response> {
  const headers = { 'accept-language': pageLanguage(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const request: RequestInit = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  for (;;) {
    try {
      return await fetch(`${BASE_PATH}/api/auth${path}`, request);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      await serverBack();
    }
  }
}

function textOf(answer: unknown, field: 'code' | 'message'): string | undefined {
  if (typeof answer !== 'object' || answer === null || !(field in answer)) return undefined;
  const value: unknown = Object.entries(answer).find(([name]) => name === field)?.[1];
  return typeof value === 'string' ? value : undefined;
}
