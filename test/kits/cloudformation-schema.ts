import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, TypeDefinition } from '@aws-cdk/service-spec-types';
import { type CollectionTag, parse, type ScalarTag } from 'yaml';

export interface Template {
  Parameters: Record<string, object>;
  Resources: Record<string, { Type: string; Properties?: object; DependsOn?: string[] }>;
  Outputs: Record<string, { Value: unknown }>;
}

/** A call of a function of CloudFormation, such as `!Ref Vpc`. Its value is known when the stack is made. */
export class Intrinsic {
  readonly name: string;
  readonly argument: unknown;

  constructor(name: string, argument: unknown) {
    this.name = name;
    this.argument = argument;
  }
}

const tags = ['Ref', 'Sub', 'GetAtt', 'Select'].flatMap((name): (ScalarTag | CollectionTag)[] => [
  { tag: `!${name}`, resolve: (text: string) => new Intrinsic(name, text) },
  { tag: `!${name}`, collection: 'seq', resolve: (list) => new Intrinsic(name, 'toJSON' in list ? list.toJSON() : list) },
]);

export function parseTemplate(text: string): Template {
  return parse(text, { customTags: tags });
}

const specification = loadAwsServiceSpecSync();
const PSEUDO = /^AWS::(Region|AccountId|Partition|StackName)$/;

/** What the specification of CloudFormation's resources refuses, one sentence each. */
export function problemsOf({ Parameters, Resources, Outputs }: Template): string[] {
  const problems: string[] = [];
  const known = new Set([...Object.keys(Parameters), ...Object.keys(Resources)]);
  const checkIntrinsics = (path: string, value: unknown): void => {
    if (value instanceof Intrinsic) {
      for (const name of namesIn(value))
        if (!known.has(name) && !PSEUDO.test(name)) problems.push(`${path}: there is no ${name} for ${value.name}`);
      checkIntrinsics(path, value.argument);
    } else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) checkIntrinsics(`${path}.${key}`, inner);
  };
  for (const [name, { Type, Properties = {}, DependsOn = [] }] of Object.entries(Resources)) {
    const [resource] = specification.lookup('resource', 'cloudFormationType', 'equals', Type);
    if (resource === undefined) problems.push(`${name}: there is no type ${Type}`);
    else checkProperties(name, resource.properties, Properties, problems);
    for (const other of DependsOn) if (!known.has(other)) problems.push(`${name}: there is no ${other} to depend on`);
    checkIntrinsics(name, Properties);
  }
  checkIntrinsics('Outputs', Outputs);
  return problems;
}

function checkProperties(path: string, allowed: Record<string, Property>, given: object, problems: string[]): void {
  for (const [name, { required }] of Object.entries(allowed))
    if (required === true && !(name in given)) problems.push(`${path}: ${name} is missing`);
  for (const [name, value] of Object.entries(given)) {
    const property = allowed[name];
    if (property === undefined) problems.push(`${path}: there is no property ${name}`);
    else if (!fits(property.type, value, `${path}.${name}`, problems)) problems.push(`${path}.${name}: is no ${property.type.type}`);
  }
}

/** False for a value of another type. Problems inside it are added to `problems`. */
function fits(type: PropertyType, value: unknown, path: string, problems: string[]): boolean {
  if (value instanceof Intrinsic) return true;
  switch (type.type) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
    case 'integer':
      return typeof value === 'number';
    case 'array':
      return Array.isArray(value) && value.every((each, i) => fits(type.element, each, `${path}[${i}]`, problems));
    case 'map':
      return isObject(value) && Object.entries(value).every(([key, each]) => fits(type.element, each, `${path}.${key}`, problems));
    case 'ref': {
      if (!isObject(value)) return false;
      const definition: TypeDefinition = specification.get('typeDefinition', type.reference.$ref);
      checkProperties(path, definition.properties, value, problems);
      return true;
    }
    case 'union':
      return type.types.some((each) => {
        const inner: string[] = [];
        return fits(each, value, path, inner) && inner.length === 0;
      });
    default:
      return true;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function namesIn({ name, argument }: Intrinsic): string[] {
  if (typeof argument !== 'string') return [];
  if (name === 'Sub') return [...argument.matchAll(/\$\{([\w:]+)[^}]*\}/g)].map(([, found]) => found);
  return [name === 'GetAtt' ? argument.split('.')[0] : argument];
}
