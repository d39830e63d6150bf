import { Busboy } from '@fastify/busboy';

const MAX_FIELDS = 20;
const MAX_FILES = 5;

/** The fields of a form, multipart or encoded as a query. Files are skipped. Undefined when the body is no form. */
export async function formFields(contentType: string, body: Buffer, maxFieldBytes: number): Promise<Map<string, string> | undefined> {
  if (!/^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(contentType)) return undefined;
  const fields = new Map<string, string>();
  const limits = { fields: MAX_FIELDS, files: MAX_FILES, parts: MAX_FIELDS + MAX_FILES, fieldSize: maxFieldBytes, fieldNameSize: 100 };
  try {
    const form = new Busboy({ headers: { 'content-type': contentType }, limits });
    await new Promise<void>((resolve, reject) => {
      form.on('field', (name, value, _nameTruncated, valueTruncated) => {
        if (!valueTruncated) fields.set(name, value);
      });
      form.on('file', (_name, stream) => stream.resume());
      form.on('finish', resolve);
      form.on('error', reject);
      form.end(body);
    });
  } catch {
    return undefined;
  }
  return fields;
}
