import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { RequestContext } from '../context.ts';

/** Fields without a resolver of their own. */
const properties = new WeakSet<object>();

/** Whether the value of the field is the property of its name. */
export function readsProperty(field: object): boolean {
  return properties.has(field);
}

/** Makes every field spend the budget of its request: facts add to the answer, and objects let other requests run in between. */
export function spendBudget(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.resolve === undefined) properties.add(field);
      field.resolve = isLeafType(getNamedType(field.type)) ? leafResolver(field) : objectResolver(field);
    }
  }
  return schema;
}

type Field = GraphQLField<unknown, RequestContext>;
type Resolver = NonNullable<Field['resolve']>;

function leafResolver(field: Field): Resolver {
  const { name, resolve = defaultFieldResolver } = field;
  const nullable = !isNonNullType(field.type);
  return (source, args, context, info) => {
    const { budget } = context;
    if (budget.stopped !== undefined) return endField(context, nullable);
    const value = resolve(source, args, context, info);
    if (value instanceof Promise) {
      return value.then((awaited: unknown) => {
        budget.add(name, awaited);
        return awaited;
      });
    }
    budget.add(name, value);
    return value;
  };
}

function objectResolver(field: Field): Resolver {
  const { name, resolve = defaultFieldResolver } = field;
  const nullable = !isNonNullType(field.type);
  return (source, args, context, info) => {
    const { budget } = context;
    if (budget.stopped !== undefined) return endField(context, nullable);
    budget.add(name, null);
    if (!budget.isSliceOver()) return resolve(source, args, context, info);
    return budget.turn().then(() => resolve(source, args, context, info));
  };
}

/** Null ends a field for less than an error does. The answer is replaced as a whole. */
export function endField({ budget }: RequestContext, nullable: boolean): null {
  if (nullable) return null;
  throw budget.stopped;
}
