/** Formulas as text: for people, and one canonical text for all ways to write the same. */
import type { Ast, Operator } from './parse.ts'

const SIGNS: Partial<Record<Operator, string>> = {
  '-': '−',
  '*': '×',
  '/': '÷',
  '<=': '≤',
  '>=': '≥',
  '!=': '≠',
}
const RANK: Record<Operator, number> = {
  '<': 1,
  '<=': 1,
  '>': 1,
  '>=': 1,
  '=': 1,
  '!=': 1,
  '+': 2,
  '-': 2,
  '*': 3,
  '/': 3,
}

/** All names in a formula, each once, in the order they stand. */
export function namesOf(ast: Ast): string[] {
  const names = new Set<string>()
  walk(ast, (node) => {
    if (node.type === 'name') names.add(node.name)
  })
  return [...names]
}

/** The formula for people, with each name put into words: `Revenue ÷ Orders`. */
export const formulaWords = (ast: Ast, nameOf: (name: string) => string): string => write(ast, 0, nameOf)

/** The tree with names replaced by trees of their own; null leaves a name as it is. */
export function replaceNames(ast: Ast, replacement: (name: string) => Ast | null): Ast {
  const inner = (node: Ast) => replaceNames(node, replacement)
  switch (ast.type) {
    case 'number':
      return ast
    case 'name':
      return replacement(ast.name) ?? ast
    case 'minus':
    case 'amount':
      return { ...ast, of: inner(ast.of) }
    case 'binary':
      return { ...ast, left: inner(ast.left), right: inner(ast.right) }
    case 'call':
      return { ...ast, args: ast.args.map(inner) }
  }
}

/** One text for all formulas that say the same in another order: sums and products sorted, a - b as a + -b. */
export function canonicalFormula(ast: Ast): string {
  switch (ast.type) {
    case 'number':
      return String(ast.value)
    case 'name':
      return ast.name
    case 'amount':
      return canonicalFormula(ast.of)
    case 'minus':
    case 'binary':
      return canonicalOperation(ast)
    case 'call': {
      const args = ast.args.map(canonicalFormula)
      if (ast.name === 'min' || ast.name === 'max') args.sort()
      return `${ast.name}(${args.join(',')})`
    }
  }
}

/** Two names of one comparison: `b < a` is `a > b`. */
const TURNED: Partial<Record<Operator, Operator>> = { '<': '>', '<=': '>=' }

function canonicalOperation(ast: Extract<Ast, { type: 'binary' | 'minus' }>): string {
  if (ast.type === 'minus' || ast.operator === '+' || ast.operator === '-') {
    const terms: string[] = []
    collectTerms(ast, 1, terms)
    return terms.length === 1 ? (terms[0] ?? '') : `(${terms.sort().join('+')})`
  }
  if (ast.operator === '*' || ast.operator === '/') {
    const factors: string[] = []
    collectFactors(ast, true, factors)
    return `(${factors.sort().join('*')})`
  }
  const sides = [canonicalFormula(ast.left), canonicalFormula(ast.right)]
  const turned = TURNED[ast.operator]
  if (turned) return `(${sides.reverse().join(turned)})`
  if (ast.operator === '=' || ast.operator === '!=') sides.sort()
  return `(${sides.join(ast.operator)})`
}

function collectTerms(ast: Ast, sign: 1 | -1, into: string[]): void {
  const other = sign === 1 ? -1 : 1
  if (ast.type === 'minus') collectTerms(ast.of, other, into)
  else if (ast.type === 'binary' && (ast.operator === '+' || ast.operator === '-')) {
    collectTerms(ast.left, sign, into)
    collectTerms(ast.right, ast.operator === '+' ? sign : other, into)
  } else into.push(`${sign === 1 ? '' : '-'}${canonicalFormula(ast)}`)
}

function collectFactors(ast: Ast, above: boolean, into: string[]): void {
  if (ast.type === 'binary' && (ast.operator === '*' || ast.operator === '/')) {
    collectFactors(ast.left, above, into)
    collectFactors(ast.right, ast.operator === '*' ? above : !above, into)
  } else into.push(`${above ? '' : '1/'}${canonicalFormula(ast)}`)
}

function write(ast: Ast, outer: number, nameOf: (name: string) => string): string {
  switch (ast.type) {
    case 'number':
      return ast.percent ? `${Math.round(ast.value * 1e8) / 1e6}%` : String(ast.value)
    case 'name':
      return nameOf(ast.name)
    case 'amount':
      return write(ast.of, outer, nameOf)
    case 'minus':
      return `−${write(ast.of, 4, nameOf)}`
    case 'call':
      return `${ast.name}(${ast.args.map((arg) => write(arg, 0, nameOf)).join(', ')})`
    case 'binary': {
      const rank = RANK[ast.operator]
      const sign = SIGNS[ast.operator] ?? ast.operator
      // The right side of - and / binds tighter: a − (b − c) keeps its brackets.
      const text = `${write(ast.left, rank, nameOf)} ${sign} ${write(ast.right, rank + 1, nameOf)}`
      return rank < outer ? `(${text})` : text
    }
  }
}

function walk(ast: Ast, visit: (node: Ast) => void): void {
  visit(ast)
  if (ast.type === 'minus' || ast.type === 'amount') walk(ast.of, visit)
  if (ast.type === 'binary') {
    walk(ast.left, visit)
    walk(ast.right, visit)
  }
  if (ast.type === 'call') for (const arg of ast.args) walk(arg, visit)
}
