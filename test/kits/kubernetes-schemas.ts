import { errorText } from '../../src/error-text.ts';

export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: each kind has a shape of its own
  spec?: any;
}

/** What the schema of the API refuses in the object; undefined for a valid one. */
export async function validate(object: KubernetesObject): Promise<string | undefined> {
  const { apiVersion, kind } = object;
  let models: Record<string, unknown>;
  try {
    models = await import(`kubernetes-models/${apiVersion}`);
  } catch (error) {
    return `there is no API ${apiVersion}: ${errorText(error)}`;
  }
  const Model = models[kind];
  if (!isModel(Model)) return `${apiVersion} has no ${kind}`;
  try {
    new Model(object).validate();
    return undefined;
  } catch (error) {
    return errorText(error);
  }
}

interface Validated {
  validate(): void;
}

function isModel(value: unknown): value is new (data: object) => Validated {
  return typeof value === 'function';
}
