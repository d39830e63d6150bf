import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** Movies of the fixture. */
export const MATRIX = '2571';
export const ALIEN = '1214';
export const ALIENS = '1200';

/** A call of the field, with a selection when the type needs one. */
export function callOf(field: GraphQLField<unknown, unknown>): string {
  const needed = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  const call = needed.length === 0 ? field.name : `${field.name}(${needed.map(argumentOf).join(', ')})`;
  return isCompositeType(getNamedType(field.type)) ? `${call} { __typename }` : call;
}

function argumentOf({ name, type }: GraphQLArgument): string {
  return `${name}: ${literalOf(type)}`;
}

function literalOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(type.ofType);
  if (isListType(type)) return type.ofType.toString().startsWith('ID') ? `["${MATRIX}", "${ALIEN}", "${ALIENS}"]` : '[]';
  if (isEnumType(type)) return type.getValues().at(-1)?.name ?? '';
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${fields.map((field) => `${field.name}: ${literalOf(field.type)}`).join(', ')} }`;
  }
  return { ID: `"${MATRIX}"`, String: '"text"', Boolean: 'true', Int: '1', Float: '1' }[type.name] ?? '""';
}
