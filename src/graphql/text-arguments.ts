import { type GraphQLInputType, type GraphQLSchema, getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { InputError } from '../input-error.ts';
import type { RequestContext } from './context.ts';

/** Arguments that hold whole files. Who reads a file decides about each of its characters. */
const FILES = new Set(['importHistory.text', 'importFiles.files']);
/** Types whose values are the caller's own text. */
const TEXTS = new Set(['ID', 'String']);

/**
 * Refuses text with a NUL character in every argument, before a field does anything. PostgreSQL stores no such text and fails on a look-up
 * by it, and SQLite takes it: an error of the caller must not depend on the database.
 */
export function refuseNul(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const names = field.args.filter((arg) => hasText(arg.type) && !FILES.has(`${field.name}.${arg.name}`)).map(({ name }) => name);
      const { resolve } = field;
      if (names.length === 0 || resolve === undefined) continue;
      field.resolve = (source, args, context: RequestContext, info) => {
        for (const name of names) {
          const place = placeOfNul(args[name]);
          if (place !== undefined) throw new InputError(name + place, 'has a NUL character');
        }
        return resolve(source, args, context, info);
      };
    }
  }
  return schema;
}

function hasText(type: GraphQLInputType, within: readonly GraphQLInputType[] = []): boolean {
  const named = getNamedType(type);
  if (TEXTS.has(named.name)) return true;
  if (!isInputObjectType(named) || within.includes(named)) return false;
  return Object.values(named.getFields()).some((field) => hasText(field.type, [...within, named]));
}

/** Where in the value a NUL is, as the end of a path; undefined when there is none. */
function placeOfNul(value: unknown): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? '' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const isList = Array.isArray(value);
  for (const [name, inner] of Object.entries(value)) {
    const place = placeOfNul(inner);
    if (place !== undefined) return (isList ? `[${name}]` : `.${name}`) + place;
  }
  return undefined;
}
