import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { MAX_IDS, MAX_PER_PAGE } from '../../list-caps.ts';

/** Cost of a request, whatever it asks for. `npm run bench -- cost` compares all costs with processor time. */
const OPERATION_COST = 20;
const FIELD_COST = 0.1;
/** A mutation is a transaction, unless it states another cost. */
export const CHANGE_COST = 20;
/** Cost of an entry of a list of scalars. */
const SCALAR_ENTRY_COST = 0.003;
const INTROSPECTION_COST = 10;

/** The greatest length of a list: a number, or the value of an argument (for a list of inputs: its length). */
export type ListLength = number | { argument: string; of?: 'field' | 'ancestor'; max?: number; plus?: number };

/** The cost of a field, declared beside it as `@Extensions({ cost: 20, listLength: 5 })`. Every list has a `listLength`. */
export interface FieldCost {
  /** The work of the field itself, by default 0.1, and 20 of a mutation. */
  cost?: number | ((args: Record<string, unknown>) => number);
  listLength?: ListLength;
}

/** Lengths that the arguments of a field give to lists below it, by argument. A page's `first` is the length of `edges` and `nodes`. */
type Scope = Readonly<Record<string, number>>;

/**
 * Points for the processor time that an operation takes, some 60 a millisecond. Each field counts its own cost. Selections below a list are multiplied by the greatest
 * length of the list, with defaults and variables resolved. Each fragment is counted once for each scope and reused.
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const known = new Map<string, number>();
  const mutationType = schema.getMutationType();

  const ofFragment = (name: string, scope: Scope): number => {
    const key = JSON.stringify([name, scope]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const fragment = fragments.get(name);
    const type = fragment === undefined ? undefined : schema.getType(fragment.typeCondition.name.value);
    const cost = fragment !== undefined && isCompositeType(type) ? ofSelections(fragment.selectionSet, type, scope) : 0;
    known.set(key, cost);
    return cost;
  };

  const ofField = (node: FieldNode, parent: GraphQLCompositeType, scope: Scope): number => {
    if (node.name.value === '__typename') return 0;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (field === undefined) return INTROSPECTION_COST;
    const args = argumentsOf(field, node, variables);
    if (args === undefined) return FIELD_COST;
    const { cost = parent === mutationType ? CHANGE_COST : FIELD_COST }: FieldCost = field.extensions;
    const own = Math.max(0, typeof cost === 'number' ? cost : cost(args));
    const length = lengthOf(field, args, scope);
    const type = getNamedType(field.type);
    if (node.selectionSet === undefined || !isCompositeType(type)) return own + (isList(field) ? length * SCALAR_ENTRY_COST : 0);
    return own + length * ofSelections(node.selectionSet, type, { ...scope, ...lengthsIn(args) });
  };
  const ofSelections = (selectionSet: SelectionSetNode, parent: GraphQLCompositeType, scope: Scope): number => {
    let total = 0;
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) total += ofField(selection, parent, scope);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) total += ofFragment(selection.name.value, scope);
      else {
        const type = selection.typeCondition === undefined ? parent : schema.getType(selection.typeCondition.name.value);
        if (isCompositeType(type)) total += ofSelections(selection.selectionSet, type, scope);
      }
    }
    return total;
  };
  const root = schema.getRootType(operation.operation);
  const total = OPERATION_COST + (root ? ofSelections(operation.selectionSet, root, {}) : 0);
  // Callers read it: 20.3, not 20.300000000000004.
  return Math.round(total * 1_000) / 1_000;
}

/** Arguments that set the lengths of lists below their field. */
const PASSED_DOWN = ['first', 'members'];

function lengthsIn(args: Record<string, unknown>): Scope {
  const lengths: Record<string, number> = {};
  for (const name of PASSED_DOWN) if (args[name] !== undefined) lengths[name] = countOf(args[name]);
  return lengths;
}

/** The length of a list that an argument asks for. Never below 1: a negative `first` must not make an expensive field cheaper. Above a cap the resolver refuses with a clearer message. */
export function countOf(value: unknown, max = Array.isArray(value) ? MAX_IDS : MAX_PER_PAGE): number {
  const count = Array.isArray(value) ? value.length : typeof value === 'number' ? value : 1;
  return Math.min(Math.max(count, 1), max);
}

function lengthOf(field: GraphQLField<unknown, unknown>, args: Record<string, unknown>, scope: Scope): number {
  if (!isList(field)) return 1;
  const { listLength = MAX_IDS }: FieldCost = field.extensions;
  if (typeof listLength === 'number') return listLength;
  const { argument, of = 'field', max, plus = 0 } = listLength;
  return (of === 'field' ? countOf(args[argument], max) : (scope[argument] ?? MAX_IDS)) + plus;
}

function isList(field: GraphQLField<unknown, unknown>): boolean {
  return isListType(getNullableType(field.type));
}

function argumentsOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): Record<string, unknown> | undefined {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    // The field fails with an error of graphql-js when the operation runs, so nothing below it is counted.
    return undefined;
  }
}
