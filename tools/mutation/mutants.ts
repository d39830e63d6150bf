import { parseSync } from 'vite';

/** One change of one source file. */
export interface Mutant {
  /** Offsets of the text that is replaced. */
  start: number;
  end: number;
  replacement: string;
  /** From 1. */
  line: number;
  /** "a < b -> a <= b", shortened. */
  change: string;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

type Edit = [node: { start: number; end: number }, replacement: string];

const COMPARISONS = new Map([
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
  ['===', '!=='],
  ['!==', '==='],
  ['==', '!='],
  ['!=', '=='],
]);
const ARITHMETIC = new Map([
  ['+', '-'],
  ['-', '+'],
  ['*', '/'],
  ['/', '*'],
  ['%', '*'],
  ['**', '*'],
]);
const ASSIGNMENTS = new Map([
  ['+=', '-='],
  ['-=', '+='],
  ['*=', '/='],
  ['/=', '*='],
]);
/** Calls whose result has the type of the object before them, so they can be left out. */
const LEFT_OUT = new Set(['filter', 'slice', 'sort', 'toSorted', 'reverse', 'trim', 'toLowerCase', 'subarray', 'catch']);
const OPPOSITES = new Map([
  ['min', 'max'],
  ['max', 'min'],
  ['floor', 'ceil'],
  ['ceil', 'floor'],
  ['some', 'every'],
  ['every', 'some'],
]);
const MAX_SHOWN = 70;

/**
 * All mutants of a TypeScript file, in the order of the text: edges of comparisons, arithmetic, `&&` and `||`, defaults of `??`, numbers one
 * up and one down, conditions that are always true or false, statements and calls left out, words emptied. Types and decorators stay: they
 * do nothing when the code runs, or they describe the API.
 */
export function mutantsOf(path: string, text: string): Mutant[] {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const edits: Edit[] = [];
  visit(program as unknown as Node, edits, text);
  return edits
    .filter(([{ start, end }, replacement]) => text.slice(start, end) !== replacement)
    .map(([{ start, end }, replacement]) => ({
      start,
      end,
      replacement,
      line: text.slice(0, start).split('\n').length,
      change: `${shown(text.slice(start, end))} -> ${shown(replacement) || 'nothing'}`,
    }))
    .filter((mutant) => parseSync(path, mutated(text, mutant)).errors.length === 0)
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.replacement < b.replacement ? -1 : 1));
}

export function mutated(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function visit(node: Node, edits: Edit[], text: string): void {
  if (node.type.startsWith('TS') && !isNode(node.expression)) return;
  if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration' || node.type === 'Decorator') return;
  edits.push(...editsOf(node, text));
  for (const [field, value] of Object.entries(node)) {
    // The name of a property is no value.
    if (field === 'key' && node.computed !== true) continue;
    if (Array.isArray(value)) for (const child of value) if (isNode(child)) visit(child, edits, text);
    if (isNode(value)) visit(value, edits, text);
  }
}

function editsOf(node: Node, text: string): Edit[] {
  const source = (part: unknown): string => (isNode(part) ? text.slice(part.start, part.end) : '');
  const between = (left: unknown, operator: string, right: unknown): Edit => [node, `${source(left)} ${operator} ${source(right)}`];
  const { operator = '' } = node as { operator?: string };
  switch (node.type) {
    case 'BinaryExpression': {
      const other = COMPARISONS.get(operator) ?? (isText(node.left) || isText(node.right) ? undefined : ARITHMETIC.get(operator));
      return other === undefined ? [] : [between(node.left, other, node.right)];
    }
    case 'LogicalExpression':
      if (operator === '??') return [[node, source(node.left)]];
      return [[node, `${source(node.left)} ${operator === '&&' ? '||' : '&&'} ${source(node.right)}`]];
    case 'AssignmentExpression':
      if (operator === '??=') return [between(node.left, '=', node.right)];
      return ASSIGNMENTS.has(operator) ? [between(node.left, ASSIGNMENTS.get(operator) ?? '', node.right)] : [];
    case 'UnaryExpression':
      return operator === '!' || operator === '-' ? [[node, source(node.argument)]] : [];
    case 'UpdateExpression':
      return [[node, text.slice(node.start, node.end).replace(operator, operator === '++' ? '--' : '++')]];
    case 'IfStatement':
    case 'ConditionalExpression':
      return isNode(node.test)
        ? [
            [node.test, 'true'],
            [node.test, 'false'],
          ]
        : [];
    case 'WhileStatement':
    case 'ForStatement':
      return isNode(node.test) ? [[node.test, 'false']] : [];
    case 'ExpressionStatement':
      return node.directive === undefined || node.directive === null ? [[node, ';']] : [];
    case 'ThrowStatement':
    case 'ContinueStatement':
    case 'BreakStatement':
      return [[node, ';']];
    case 'ReturnStatement':
      return node.argument === null || source(node.argument) === 'undefined' ? [[node, ';']] : [[node, 'return undefined as never;']];
    case 'CallExpression':
      return callEdits(node, source);
    case 'Literal':
      return literalEdits(node);
    default:
      return [];
  }
}

function callEdits(node: Node, source: (part: unknown) => string): Edit[] {
  const { callee } = node;
  if (!isNode(callee) || callee.type !== 'MemberExpression' || !isNode(callee.property) || callee.computed === true) return [];
  const name = source(callee.property);
  const edits: Edit[] = LEFT_OUT.has(name) ? [[node, source(callee.object)]] : [];
  const opposite = OPPOSITES.get(name);
  if (opposite !== undefined) edits.push([callee.property, opposite]);
  return edits;
}

function literalEdits(node: Node): Edit[] {
  const { value } = node;
  if (typeof value === 'number')
    return [
      [node, String(value + 1)],
      [node, String(value - 1)],
    ];
  if (typeof value === 'boolean') return [[node, String(!value)]];
  // A text with spaces is a message, and messages may change.
  return typeof value === 'string' && value !== '' && !value.includes(' ') ? [[node, "''"]] : [];
}

/** Whether `+` with this joins texts. */
function isText(part: unknown): boolean {
  return isNode(part) && (part.type === 'TemplateLiteral' || (part.type === 'Literal' && typeof part.value === 'string'));
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value;
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
}
