/** The value of a formula: null is "no value" and spreads; nothing is ever infinite. */
import { UNITS_PER_MAJOR } from '../../../../platform/money.ts'
import type { Ast, Operator } from './parse.ts'

/**
 * Works a formula out. `get` gives the value of a name (money in 1/10,000, null where there is none). Dividing by
 * zero gives null, and so does anything that becomes too large to be a number. A null operand makes the result null;
 * `if` looks only at the branch it takes.
 */
export function evaluateFormula(ast: Ast, get: (name: string) => number | null): number | null {
  const value = workOut(ast, get)
  if (value === null || !Number.isFinite(value)) return null
  return value === 0 ? 0 : value
}

function workOut(ast: Ast, get: (name: string) => number | null): number | null {
  switch (ast.type) {
    case 'number':
      return ast.value
    case 'name':
      return get(ast.name)
    case 'amount':
      return mapValue(workOut(ast.of, get), (value) => value * UNITS_PER_MAJOR)
    case 'minus':
      return mapValue(workOut(ast.of, get), (value) => -value)
    case 'binary':
      return operate(ast.operator, workOut(ast.left, get), workOut(ast.right, get))
    case 'call':
      return call(ast, get)
  }
}

function operate(operator: Operator, left: number | null, right: number | null): number | null {
  if (left === null || right === null) return null
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right === 0 ? null : left / right
    case '<':
      return Number(left < right)
    case '<=':
      return Number(left <= right)
    case '>':
      return Number(left > right)
    case '>=':
      return Number(left >= right)
    case '=':
      return Number(left === right)
    case '!=':
      return Number(left !== right)
  }
}

function call(ast: Extract<Ast, { type: 'call' }>, get: (name: string) => number | null): number | null {
  const [first, second, third] = ast.args as [Ast, Ast | undefined, Ast | undefined]
  if (ast.name === 'if') {
    const condition = workOut(first, get)
    if (condition === null) return null
    const branch = condition === 0 ? third : second
    return branch ? workOut(branch, get) : null
  }
  const values: number[] = []
  for (const arg of ast.args) {
    const value = workOut(arg, get)
    if (value === null) return null
    values.push(value)
  }
  if (ast.name === 'min') return Math.min(...values)
  if (ast.name === 'max') return Math.max(...values)
  const [value = 0, decimals = 0] = values
  return ast.name === 'abs' ? Math.abs(value) : roundTo(value, decimals, ast.whole ?? 1)
}

/** Half away from zero. `unit` is what one whole is: 10,000 for money. */
function roundTo(value: number, decimals: number, unit: number): number {
  const step = unit / 10 ** decimals
  return Math.sign(value) * Math.round(Math.abs(value) / step) * step
}

const mapValue = (value: number | null, map: (value: number) => number): number | null =>
  value === null ? null : map(value)
