import { once } from 'node:events';
import { Busboy } from '@fastify/busboy';

const MAX_FIELDS = 20;
const MAX_FILES = 5;
/** Bytes that are parsed without a look at the limits. */
const CHUNK_BYTES = 65_536;

/**
 * The fields of a form, multipart or encoded as a query. Files are skipped. What comes after too many fields is not even parsed. Undefined
 * when the body is no form.
 */
export async function formFields(contentType: string, body: Buffer, maxFieldBytes: number): Promise<Map<string, string> | undefined> {
  if (!/^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(contentType)) return undefined;
  const fields = new Map<string, string>();
  const limits = { fields: MAX_FIELDS, files: MAX_FILES, parts: MAX_FIELDS + MAX_FILES, fieldSize: maxFieldBytes, fieldNameSize: 100 };
  try {
    const form = new Busboy({ headers: { 'content-type': contentType }, limits });
    let isOver = false;
    for (const limit of ['fieldsLimit', 'partsLimit'] as const)
      form.on(limit, () => {
        isOver = true;
      });
    form.on('field', (name, value, _nameTruncated, valueTruncated) => {
      if (!valueTruncated) fields.set(name, value);
    });
    form.on('file', (_name, stream) => stream.resume());
    for (let at = 0; at < body.length && !isOver; at += CHUNK_BYTES)
      if (!form.write(body.subarray(at, at + CHUNK_BYTES))) await once(form, 'drain');
    if (isOver) return fields;
    const finished = once(form, 'finish');
    form.end();
    await finished;
  } catch {
    return undefined;
  }
  return fields;
}
