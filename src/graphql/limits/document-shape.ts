import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** Counts of an operation, with its fragments expanded. */
export interface DocumentShape {
  depth: number;
  aliases: number;
  directives: number;
  rootFields: number;
}

/**
 * Measures an operation of a valid document, whose fragments have no cycles. Each fragment is measured once, however often it is spread:
 * in a chain of fragments that spread the next one twice, the work would double with each fragment.
 * Everything below `__schema` and `__type` counts as one level: graphql-js limits its depth itself, and GraphiQL's query is 13 deep.
 */
export function measureOperation(document: DocumentNode, operation: OperationDefinitionNode): DocumentShape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const measured = new Map<string, DocumentShape>();

  const ofFragment = (name: string): DocumentShape => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    const shape = fragment === undefined ? { depth: 0, aliases: 0, directives: 0, rootFields: 0 } : ofSelections(fragment.selectionSet);
    shape.directives += fragment?.directives?.length ?? 0;
    measured.set(name, shape);
    return shape;
  };

  const ofSelections = (selectionSet: SelectionSetNode): DocumentShape => {
    const total: DocumentShape = { depth: 0, aliases: 0, directives: 0, rootFields: 0 };
    for (const selection of selectionSet.selections) {
      total.directives += selection.directives?.length ?? 0;
      if (selection.kind !== Kind.FIELD) {
        const inner = selection.kind === Kind.FRAGMENT_SPREAD ? ofFragment(selection.name.value) : ofSelections(selection.selectionSet);
        add(total, inner, inner.depth);
        total.rootFields += inner.rootFields;
        continue;
      }
      total.rootFields++;
      if (selection.alias !== undefined) total.aliases++;
      const inner = selection.selectionSet === undefined ? undefined : ofSelections(selection.selectionSet);
      if (inner === undefined) total.depth = Math.max(total.depth, 1);
      else add(total, inner, selection.name.value.startsWith('__') ? 1 : inner.depth + 1);
    }
    return total;
  };

  const shape = ofSelections(operation.selectionSet);
  shape.directives += operation.directives?.length ?? 0;
  return shape;
}

function add(total: DocumentShape, inner: DocumentShape, depth: number): void {
  total.depth = Math.max(total.depth, depth);
  total.aliases += inner.aliases;
  total.directives += inner.directives;
}
