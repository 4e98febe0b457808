/** Units of a formula: money and counts may not be mixed up, and what is counted distinct may not be added. */
import { UNITS_PER_MAJOR } from '../../../../platform/money.ts'
import { err, ok, type Result } from '../../../../platform/result.ts'
import type { Ast, FormulaError, Operator } from './parse.ts'
import { nearest } from './suggest.ts'

/** `percent` is a ratio that is shown as 0-100; inside formulas both are the same: 5% is 0.05. */
export const UNITS = ['money', 'count', 'ratio', 'percent', 'days', 'hours'] as const
export type Unit = (typeof UNITS)[number]

export interface NameType {
  unit: Unit
  /** Distinct over a range (customers): sums of it would count twice. */
  distinct?: boolean
}

/** What a name stands for; null when nothing is called so. */
export type UnitOf = (name: string) => Unit | NameType | null

/** A `number` is written out and takes the unit of what it meets; a `condition` only lives in if(). */
type Kind = Unit | 'number' | 'condition'

interface Checked {
  kind: Kind
  distinct: boolean
  ast: Ast
}

/** The unit of a formula's result, or what is wrong with it and where. `names` are offered when one is unknown. */
export function checkFormula(
  ast: Ast,
  units: UnitOf,
  names: readonly string[] = [],
): Result<Unit, FormulaError> {
  const resolved = resolveFormula(ast, units, names)
  return resolved.ok ? ok(resolved.value.unit) : resolved
}

/**
 * As `checkFormula`, with the tree to evaluate: plain numbers that stand where money is meant are marked as amounts,
 * so that `revenue > 100` means 100 of the workspace's currency.
 */
export function resolveFormula(
  ast: Ast,
  units: UnitOf,
  names: readonly string[] = [],
): Result<{ unit: Unit; ast: Ast; distinct: boolean }, FormulaError> {
  try {
    const { kind, ast: resolved, distinct } = check(ast, units, names)
    if (kind === 'condition')
      refuse(ast, 'A comparison is no figure by itself; use it in if(condition, then, otherwise).')
    return ok({ unit: kind === 'number' ? 'ratio' : kind, ast: resolved, distinct })
  } catch (error) {
    if (error instanceof Refused) return err(error.reason)
    throw error
  }
}

class Refused extends Error {
  readonly reason: FormulaError
  constructor(reason: FormulaError) {
    super(reason.message)
    this.reason = reason
  }
}

function check(ast: Ast, units: UnitOf, names: readonly string[]): Checked {
  const inner = (node: Ast) => {
    const checked = check(node, units, names)
    if (checked.kind === 'condition') refuse(node, 'A comparison can only be the first value of if().')
    return checked
  }
  switch (ast.type) {
    case 'number':
      return { kind: ast.percent ? 'percent' : 'number', distinct: false, ast }
    case 'name':
      return checkName(ast, units, names)
    case 'minus': {
      const of = inner(ast.of)
      return { ...of, ast: { ...ast, of: of.ast } }
    }
    case 'amount':
      return { kind: 'money', distinct: false, ast }
    case 'binary':
      return combine(ast, inner(ast.left), inner(ast.right))
    case 'call':
      return call(ast, inner, (node) => check(node, units, names))
  }
}

function checkName(ast: Extract<Ast, { type: 'name' }>, units: UnitOf, names: readonly string[]): Checked {
  const found = units(ast.name)
  if (found === null) {
    const suggestion = nearest(ast.name, names)
    const message = `There is nothing called “${ast.name}”.${suggestion ? ` Did you mean ${suggestion}?` : ''}`
    refuse(ast, message, suggestion)
  }
  const type = typeof found === 'string' ? { unit: found } : found
  return { kind: type.unit, distinct: (type as NameType).distinct ?? false, ast }
}

function combine(ast: Extract<Ast, { type: 'binary' }>, left: Checked, right: Checked): Checked {
  const { operator } = ast
  if (operator === '*' || operator === '/') {
    const kind = operator === '*' ? times(ast, left.kind, right.kind) : over(ast, left.kind, right.kind)
    const distinct = (left.distinct && isPlain(right.kind)) || (right.distinct && isPlain(left.kind))
    return { kind, distinct, ast: { ...ast, left: left.ast, right: right.ast } }
  }
  const [one, other, kind] = alike(ast, left, right, VERBS[operator] ?? 'compared')
  if (operator === '+' && (left.distinct || right.distinct)) {
    refuse(
      ast,
      'Distinct counts cannot be added: somebody who is in both would count twice. They can be subtracted or divided.',
    )
  }
  const joined: Ast = { ...ast, left: one, right: other }
  if (operator !== '+' && operator !== '-') return { kind: 'condition', distinct: false, ast: joined }
  return { kind, distinct: left.distinct || right.distinct, ast: joined }
}

const VERBS: Partial<Record<Operator, string>> = { '+': 'added', '-': 'subtracted' }

function call(
  ast: Extract<Ast, { type: 'call' }>,
  inner: (node: Ast) => Checked,
  any: (node: Ast) => Checked,
): Checked {
  const [first, second, third] = ast.args
  if (ast.name === 'abs' || ast.name === 'round') {
    const value = inner(first as Ast)
    if (second && !(second.type === 'number' && Number.isInteger(second.value) && second.value <= 4)) {
      refuse(second, 'The decimals of round() are a whole number from 0 to 4.')
    }
    const whole = value.kind === 'money' ? { whole: UNITS_PER_MAJOR } : {}
    return { ...value, ast: { ...ast, ...whole, args: second ? [value.ast, second] : [value.ast] } }
  }
  if (ast.name === 'if') return choose(ast, any(first as Ast), inner(second as Ast), third && inner(third))
  const values = ast.args.map(inner)
  let joined = values[0] as Checked
  for (const value of values) {
    const [, , kind] = alike(ast, joined, value, 'compared')
    joined = { kind, distinct: false, ast }
  }
  const args = values.map((value) => asKind(value, joined.kind))
  return { kind: joined.kind, distinct: values.some(({ distinct }) => distinct), ast: { ...ast, args } }
}

function choose(
  ast: Extract<Ast, { type: 'call' }>,
  condition: Checked,
  then: Checked,
  otherwise: Checked | undefined,
): Checked {
  if (condition.kind !== 'condition') {
    refuse(condition.ast, 'The first value of if() is a comparison, such as orders > 10.')
  }
  if (!otherwise) return { ...then, ast: { ...ast, args: [condition.ast, then.ast] } }
  const [one, other, kind] = alike(ast, then, otherwise, 'chosen between')
  const distinct = then.distinct || otherwise.distinct
  return { kind, distinct, ast: { ...ast, args: [condition.ast, one, other] } }
}

/** Both sides in one unit: the trees, and the unit. A plain number takes the unit of the other side. */
function alike(at: Ast, left: Checked, right: Checked, verb: string): [Ast, Ast, Kind] {
  if (left.kind === right.kind) return [left.ast, right.ast, left.kind]
  if (left.kind === 'number') return [asKind(left, right.kind), right.ast, right.kind]
  if (right.kind === 'number') return [left.ast, asKind(right, left.kind), left.kind]
  if (isPlain(left.kind) && isPlain(right.kind)) return [left.ast, right.ast, 'ratio']
  return refuse(at, `${words(left.kind)} and ${words(right.kind)} cannot be ${verb}.`)
}

const asKind = (value: Checked, kind: Kind): Ast =>
  value.kind === 'number' && kind === 'money'
    ? { type: 'amount', of: value.ast, at: value.ast.at, length: value.ast.length }
    : value.ast

const isPlain = (kind: Kind): boolean => kind === 'number' || kind === 'ratio' || kind === 'percent'

function times(at: Ast, left: Kind, right: Kind): Kind {
  if (left === 'number' && right === 'number') return 'number'
  if (isPlain(left)) return isPlain(right) ? mixed(left, right) : right
  if (isPlain(right)) return left
  if (left === 'count') return right
  if (right === 'count') return left
  return refuse(at, `${words(left)} cannot be multiplied by ${words(right)}.`)
}

function over(at: Ast, left: Kind, right: Kind): Kind {
  if (left === 'number' && right === 'number') return 'number'
  if (isPlain(right)) return isPlain(left) ? mixed(left, right) : left
  if (left === right) return 'ratio'
  if (right === 'count') return isPlain(left) ? 'ratio' : left
  // What happened in a range divided by its days: so much a day.
  if (right === 'days' && (left === 'money' || left === 'count')) return left
  return refuse(at, `${words(left)} cannot be divided by ${words(right)}.`)
}

/** A percentage of a plain number stays one (10 * 5%); of anything else it becomes a ratio. */
const mixed = (left: Kind, right: Kind): Kind =>
  left === 'ratio' || right === 'ratio' || left === right ? 'ratio' : 'percent'

const WORDS: Record<Kind, string> = {
  money: 'money',
  count: 'a number of things',
  ratio: 'a ratio',
  percent: 'a percentage',
  days: 'days',
  hours: 'hours',
  number: 'a number',
  condition: 'a comparison',
}

const words = (kind: Kind): string => WORDS[kind]

function refuse({ at, length }: { at: number; length: number }, message: string, suggestion?: string): never {
  const sentence = message.charAt(0).toUpperCase() + message.slice(1)
  throw new Refused({ at, length, message: sentence, ...(suggestion && { suggestion }) })
}
