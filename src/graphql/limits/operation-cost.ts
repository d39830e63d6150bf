import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { MAX_IDS, MAX_PER_PAGE } from '../../list-caps.ts';

/** Assumed length of a list without `first`, `ids` and `usualLength`. */
const USUAL_LENGTH = 5;
const INTROSPECTION_COST = 10;

/**
 * The cost of a field, declared beside it as `@Extensions({ cost: 20 })`. `cost` is the work of the field itself, by default 1.
 * `usualLength` is the length of a list that has neither `first` nor `ids`.
 */
export interface FieldCost {
  cost?: number;
  usualLength?: number;
}

/**
 * Roughly how many values an operation asks for. Each field counts its own cost. Selections below a list are multiplied by the length of
 * the list: `first` or the number of `ids`, with defaults and variables resolved. Each fragment is counted once and reused.
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

  const ofFragment = (name: string): number => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const fragment = fragments.get(name);
    const type = fragment === undefined ? undefined : schema.getType(fragment.typeCondition.name.value);
    const cost = fragment !== undefined && isCompositeType(type) ? ofSelections(fragment.selectionSet, type) : 0;
    known.set(name, cost);
    return cost;
  };

  const ofField = (node: FieldNode, parent: GraphQLCompositeType): number => {
    if (node.name.value === '__typename') return 0;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (field === undefined) return INTROSPECTION_COST;
    const { cost = 1, usualLength }: FieldCost = field.extensions;
    const type = getNamedType(field.type);
    if (node.selectionSet === undefined || !isCompositeType(type)) return cost;
    return cost + lengthOf(field, node, variables, usualLength) * ofSelections(node.selectionSet, type);
  };

  const ofSelections = (selectionSet: SelectionSetNode, parent: GraphQLCompositeType): number => {
    let total = 0;
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) total += ofField(selection, parent);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) total += ofFragment(selection.name.value);
      else {
        const type = selection.typeCondition === undefined ? parent : schema.getType(selection.typeCondition.name.value);
        if (isCompositeType(type)) total += ofSelections(selection.selectionSet, type);
      }
    }
    return total;
  };

  const root = schema.getRootType(operation.operation);
  return root ? ofSelections(operation.selectionSet, root) : 0;
}

/** Lengths above a cap count as the cap: the resolver refuses them with a clearer message. */
function lengthOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
  usualLength: number | undefined,
): number {
  const { first, ids } = argumentsOf(field, node, variables);
  if (typeof first === 'number') return Math.min(Math.max(first, 1), MAX_PER_PAGE);
  if (Array.isArray(ids)) return Math.min(ids.length, MAX_IDS);
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  return isListType(type) ? (usualLength ?? USUAL_LENGTH) : 1;
}

function argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Record<string, unknown>): Record<string, unknown> {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    // The field fails with an error of graphql-js when the operation runs, so it costs nothing here.
    return {};
  }
}
