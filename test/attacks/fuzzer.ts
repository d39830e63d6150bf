import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

const MAX_DEPTH = 7;
const MAX_FIELDS = 6;
/** Every field has an alias, and an operation has at most 30. */
const MAX_ALIASES = 30;
const MAX_ENTRIES = 500;
const SHARE_OF_ARGUMENTS = 0.6;
const WORDS = ['robot', 'the night', 'a', '', '\u0000', 'ß'.repeat(50), '💥', '../..', "';--", 'Drama', 'Netflix', 'en', 'x'.repeat(200)];
const NUMBERS = [-1, 0, 1, 2, 7, 20, 100, 101, 1_900, 2_000, 2_147_483_647];

export interface FuzzedOperation {
  query: string;
  variables: Record<string, unknown>;
}

/** Makes documents with variables that fit the schema. The same numbers give the same operation. */
export class Fuzzer {
  readonly #schema: GraphQLSchema;
  readonly #random: () => number;
  #aliasesLeft = 0;
  #variables: { name: string; type: string; value: unknown }[] = [];

  constructor(schema: GraphQLSchema, random: () => number) {
    this.#schema = schema;
    this.#random = random;
  }

  /** A query, or now and then a mutation. */
  next(): FuzzedOperation {
    this.#variables = [];
    this.#aliasesLeft = MAX_ALIASES;
    const kind = this.#random() < 0.1 ? 'mutation' : 'query';
    const root = kind === 'mutation' ? this.#schema.getMutationType() : this.#schema.getQueryType();
    if (!root) throw new Error(`the schema has no ${kind}`);
    const selections = this.#selectionsOf(root, 1);
    const declared = this.#variables.map(({ name, type }) => `$${name}: ${type}`).join(', ');
    return {
      query: `${kind}${declared === '' ? '' : ` (${declared})`} ${selections}`,
      variables: Object.fromEntries(this.#variables.map(({ name, value }) => [name, value])),
    };
  }

  #selectionsOf(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields()).filter((field) => depth < MAX_DEPTH || isLeafType(getNamedType(field.type)));
    const count = Math.min(this.#aliasesLeft, 1 + this.#below(Math.min(MAX_FIELDS, fields.length)));
    if (fields.length === 0 || count === 0) return '{ __typename }';
    this.#aliasesLeft -= count;
    const selected = Array.from(
      { length: count },
      (_, n) => `f${depth}x${n}: ${this.#fieldText(fields[this.#below(fields.length)], depth)}`,
    );
    return `{ ${selected.join(' ')} }`;
  }

  #fieldText(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.filter(({ type }) => isNonNullType(type) || this.#random() < SHARE_OF_ARGUMENTS);
    const args = given.map(({ name, type }) => {
      const variable = `v${this.#variables.length}`;
      this.#variables.push({ name: variable, type: String(type), value: undefined });
      this.#variables[this.#variables.length - 1].value = this.#valueOf(type, 0);
      return `${name}: $${variable}`;
    });
    const named = getNamedType(field.type);
    const below = isObjectType(named) ? ` ${this.#selectionsOf(named, depth + 1)}` : '';
    return `${field.name}${args.length === 0 ? '' : `(${args.join(', ')})`}${below}`;
  }

  #valueOf(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.#valueOf(type.ofType, depth);
    if (isListType(type)) {
      const most = isInputObjectType(getNamedType(type)) ? 8 : MAX_ENTRIES;
      return Array.from({ length: this.#below(this.#random() < 0.3 ? most + 1 : 6) }, () => this.#valueOf(type.ofType, depth + 1));
    }
    if (isEnumType(type)) return this.#one(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || (depth < 3 && this.#random() < 0.5));
      return Object.fromEntries(fields.map((field) => [field.name, this.#valueOf(field.type, depth + 1)]));
    }
    switch (getNamedType(type).name) {
      case 'Int':
        return this.#one(NUMBERS);
      case 'Float':
        return this.#one(NUMBERS) / 3;
      case 'Boolean':
        return this.#random() < 0.5;
      case 'ID':
        return String(1 + this.#below(180_000));
      default:
        return this.#one(WORDS);
    }
  }

  #one<T>(from: readonly T[]): T {
    return from[this.#below(from.length)];
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }
}
