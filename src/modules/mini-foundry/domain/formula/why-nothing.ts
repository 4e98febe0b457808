/** Why a formula has no value, in a sentence: what is divided by nothing, or what nothing is known of. */
import { evaluateFormula } from './evaluate.ts'
import { formulaWords } from './format.ts'
import type { Ast } from './parse.ts'

type Get = (name: string) => number | null

/** The first reason in the order of evaluation; null when the formula has a value. `nameOf` puts a name into words. */
export function whyNothing(ast: Ast, get: Get, nameOf: (name: string) => string): string | null {
  if (evaluateFormula(ast, get) !== null) return null
  return reasonIn(ast, get, nameOf) ?? 'It becomes too large to be a number.'
}

function reasonIn(ast: Ast, get: Get, nameOf: (name: string) => string): string | null {
  const inner = (node: Ast) => reasonIn(node, get, nameOf)
  switch (ast.type) {
    case 'number':
      return null
    case 'name':
      return get(ast.name) === null ? `Nothing is known of ${nameOf(ast.name)} in this range.` : null
    case 'minus':
    case 'amount':
      return inner(ast.of)
    case 'binary':
      return inner(ast.left) ?? inner(ast.right) ?? dividedByNothing(ast, get, nameOf)
    case 'call':
      return firstOf(ast.name === 'if' ? taken(ast.args, get) : ast.args, inner)
  }
}

function dividedByNothing(
  { operator, right }: Extract<Ast, { type: 'binary' }>,
  get: Get,
  nameOf: (name: string) => string,
): string | null {
  if (operator !== '/' || evaluateFormula(right, get) !== 0) return null
  if (right.type === 'number') return 'It divides by 0.'
  return `It divides by ${formulaWords(right, nameOf)}, which is 0 in this range.`
}

/** Of an if() only the condition and the branch that it takes. */
function taken([condition, then, otherwise]: readonly Ast[], get: Get): Ast[] {
  const value = condition && evaluateFormula(condition, get)
  const branch = value === 0 ? otherwise : then
  return [condition, value === null ? undefined : branch].filter((node) => node !== undefined)
}

function firstOf(nodes: readonly Ast[], reason: (node: Ast) => string | null): string | null {
  for (const node of nodes) {
    const found = reason(node)
    if (found) return found
  }
  return null
}
