import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql';
import type { RequestContext } from '../context.ts';

export type SchemaField = GraphQLField<unknown, RequestContext>;
export type Arguments = Record<string, unknown>;

/** A field of an operation, with all that is the same each time the operation runs. */
export interface OperationField {
  /** Number of the field within its operation. */
  slot: number;
  /** The name in the answer. */
  key: string;
  nodes: readonly FieldNode[];
  field: SchemaField;
  parentType: GraphQLObjectType;
  /** Undefined when the arguments hold variables, or cannot be coerced. */
  args: Arguments | undefined;
  /** Empty for a leaf. */
  fields: readonly OperationField[];
  /** An object with the keys of `fields` in their order, to be copied. */
  template: Record<string, null>;
}

/** The operation cannot be compiled: graphql-js runs it. */
export class NotCompiled extends Error {}

/** Fields of an operation as graphql-js collects them. `variables` decide about @skip and @include. Throws NotCompiled. */
export function operationFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Arguments,
): { fields: readonly OperationField[]; template: Record<string, null>; slots: number } {
  const root = schema.getQueryType();
  if (operation.operation !== 'query' || !root) throw new NotCompiled();
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  let slots = 0;

  const collect = (
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    nodesByKey: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if (!isIncluded(selection, variables)) continue;
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = nodesByKey.get(key);
        if (nodes === undefined) nodesByKey.set(key, [selection]);
        else nodes.push(selection);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value;
        if (visited.has(name) || !isIncluded(selection, variables)) continue;
        visited.add(name);
        const fragment = fragments.get(name);
        if (fragment !== undefined && fragment.typeCondition.name.value === type.name)
          collect(type, fragment.selectionSet, nodesByKey, visited);
        else throw new NotCompiled();
        continue;
      }
      if (!isIncluded(selection, variables)) continue;
      // The schema has no abstract types, so a condition of a valid document is the type itself.
      if (selection.typeCondition !== undefined && selection.typeCondition.name.value !== type.name) throw new NotCompiled();
      collect(type, selection.selectionSet, nodesByKey, visited);
    }
  };

  const fieldsOf = (type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): OperationField[] => {
    const nodesByKey = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const selectionSet of selectionSets) collect(type, selectionSet, nodesByKey, visited);
    return [...nodesByKey].map(([key, nodes]) => fieldOf(type, key, nodes));
  };

  const fieldOf = (parentType: GraphQLObjectType, key: string, nodes: FieldNode[]): OperationField => {
    const name = nodes[0].name.value;
    const field: SchemaField | undefined = name === '__typename' ? TypeNameMetaFieldDef : parentType.getFields()[name];
    // An object literal would take this key for its prototype.
    if (field === undefined || key === '__proto__') throw new NotCompiled();
    const type = getNamedType(field.type);
    if (!isLeafType(type) && (!isObjectType(type) || type.isTypeOf)) throw new NotCompiled();
    const fields = isObjectType(type)
      ? fieldsOf(
          type,
          nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
        )
      : [];
    return { slot: slots++, key, nodes, field, parentType, args: constantArguments(field, nodes[0]), fields, template: templateOf(fields) };
  };

  const fields = fieldsOf(root, [operation.selectionSet]);
  return { fields, template: templateOf(fields), slots };
}

/** Names of the variables on which @skip and @include of the document depend. */
export function directiveVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ arguments: args = [] }) {
      for (const { value } of args) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function isIncluded(node: SelectionNode, variables: Arguments): boolean {
  if (node.directives === undefined || node.directives.length === 0) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
}

function constantArguments(field: SchemaField, node: FieldNode): Arguments | undefined {
  let hasVariables = false;
  for (const argument of node.arguments ?? []) {
    visit(argument, {
      Variable() {
        hasVariables = true;
      },
    });
  }
  if (hasVariables) return undefined;
  try {
    return getArgumentValues(field as GraphQLField<unknown, unknown>, node, {});
  } catch {
    // The error belongs to the answer, with its path.
    return undefined;
  }
}

function templateOf(fields: readonly OperationField[]): Record<string, null> {
  return Object.fromEntries(fields.map(({ key }) => [key, null]));
}
