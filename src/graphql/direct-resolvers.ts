import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import type { RequestContext } from './context.ts';

type Storage = ReturnType<typeof getMetadataStorage>;
type Method = Storage['queries'][number] | Storage['fieldResolvers'][number];
type Resolver = GraphQLFieldResolver<unknown, RequestContext>;
type ReadParameter = (root: unknown, args: Record<string, unknown>, context: RequestContext) => unknown;

/**
 * Lets queries and fields with arguments call their methods directly. TypeGraphQL awaits the validation of each argument, also when
 * validation is off: a promise for each poster address and each list of reasons, which took a third of a request. Input objects arrive as
 * graphql-js makes them, without their class; no method needs it.
 */
export function callMethodsDirectly(schema: GraphQLSchema): GraphQLSchema {
  const storage = getMetadataStorage();
  const instances = new Map<Method['target'], object>();
  const instanceOf = (target: Method['target']): object => {
    const instance = instances.get(target) ?? (Reflect.construct(target, []) as object);
    instances.set(target, instance);
    return instance;
  };
  const replace = (typeName: string | undefined, method: Method): void => {
    const type = typeName === undefined ? undefined : schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[method.schemaName] : undefined;
    const resolve =
      field === undefined || ('kind' in method && method.kind === 'internal') ? undefined : directResolver(method, instanceOf);
    if (field !== undefined && resolve !== undefined) field.resolve = resolve;
  };
  for (const query of storage.queries) replace(schema.getQueryType()?.name, query);
  for (const method of storage.fieldResolvers) {
    const target = method.getObjectType?.();
    replace(storage.objectTypes.find((type) => type.target === target)?.name, method);
  }
  return schema;
}

/** Undefined for a method that needs more of TypeGraphQL. */
function directResolver(method: Method, instanceOf: (target: Method['target']) => object): Resolver | undefined {
  if ((method.middlewares ?? []).length > 0 || method.roles !== undefined) return undefined;
  const readers: ReadParameter[] = [];
  for (const parameter of method.params ?? []) {
    const { index } = parameter;
    if (parameter.kind === 'arg') readers[index] = (_root, args) => args[parameter.name];
    else if (parameter.kind === 'root' && parameter.propertyName === undefined) readers[index] = (root) => root;
    else if (parameter.kind === 'context' && parameter.propertyName === undefined) readers[index] = (_root, _args, context) => context;
    else return undefined;
  }
  const instance = instanceOf(method.target);
  const call: unknown = Reflect.get(instance, method.methodName);
  if (typeof call !== 'function') return undefined;
  const [first, second, third] = readers;
  // Without an array of parameters for the common cases.
  if (readers.length === 1) return (root, args, context) => call.call(instance, first(root, args, context));
  if (readers.length === 2) return (root, args, context) => call.call(instance, first(root, args, context), second(root, args, context));
  if (readers.length === 3)
    return (root, args, context) =>
      call.call(instance, first(root, args, context), second(root, args, context), third(root, args, context));
  return (root, args, context) =>
    call.apply(
      instance,
      readers.map((read) => read(root, args, context)),
    );
}
