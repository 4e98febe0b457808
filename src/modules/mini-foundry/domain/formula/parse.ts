/** From a formula's text to its tree. Reading never runs anything: a formula is data. */
import { err, ok, type Result } from '../../../../platform/result.ts'
import { type FormulaError, readTokens, type Token } from './tokens.ts'

export type { FormulaError } from './tokens.ts'

export const FUNCTIONS = ['min', 'max', 'round', 'abs', 'if'] as const
export type FunctionName = (typeof FUNCTIONS)[number]

export type Operator = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '=' | '!='

interface Place {
  at: number
  length: number
}

/**
 * `amount` is what the check makes of a plain number that stands where money is meant: 100 in `revenue > 100`. `whole`
 * of a round() is what one whole of its value is: 10,000 for money.
 */
export type Ast = Place &
  (
    | { type: 'number'; value: number; percent: boolean }
    | { type: 'name'; name: string }
    | { type: 'minus'; of: Ast }
    | { type: 'binary'; operator: Operator; left: Ast; right: Ast }
    | { type: 'call'; name: FunctionName; args: Ast[]; whole?: number }
    | { type: 'amount'; of: Ast }
  )

export const MAX_DEPTH = 50
export const MAX_NODES = 200

const ARGUMENTS: Record<FunctionName, { least: number; most: number; words: string }> = {
  min: { least: 2, most: 20, words: 'min(a, b, ...) takes two or more values' },
  max: { least: 2, most: 20, words: 'max(a, b, ...) takes two or more values' },
  round: { least: 1, most: 2, words: 'round(a) or round(a, decimals) takes one value and perhaps a number' },
  abs: { least: 1, most: 1, words: 'abs(a) takes one value' },
  if: { least: 2, most: 3, words: 'if(condition, then, otherwise) takes two or three values' },
}

const COMPARISONS = ['<', '<=', '>', '>=', '=', '!=']

/** Reads a formula: at most 2,000 characters, 200 parts, 50 levels. Errors say where and what to do. */
export function parseFormula(text: string): Result<Ast, FormulaError> {
  const tokens = readTokens(text)
  if (!tokens.ok) return tokens
  if (tokens.value.length === 1) {
    return err({
      at: 0,
      length: 0,
      message: 'The formula is empty. Write something like revenue / orders.',
    })
  }
  try {
    return ok(new Reader(tokens.value).whole())
  } catch (error) {
    if (error instanceof Refused) return err(error.reason)
    throw error
  }
}

/** Leaves the descent from any depth; never leaves this file. */
class Refused extends Error {
  readonly reason: FormulaError
  constructor(reason: FormulaError) {
    super(reason.message)
    this.reason = reason
  }
}

class Reader {
  readonly #tokens: Token[]
  #next = 0
  #nodes = 0
  #depth = 0

  constructor(tokens: Token[]) {
    this.#tokens = tokens
  }

  whole(): Ast {
    const ast = this.#comparison()
    const rest = this.#peek()
    this.#refuseGrouped()
    if (rest.kind !== 'end') refuse(rest, `Something is missing before “${rest.text}”: perhaps + - * or /.`)
    return ast
  }

  #comparison(): Ast {
    const left = this.#sum()
    const sign = this.#peek()
    if (sign.kind !== 'sign' || !COMPARISONS.includes(sign.text)) return left
    this.#take()
    return this.#binary(sign.text as Operator, left, this.#sum())
  }

  #sum(): Ast {
    let left = this.#product()
    while (this.#sees('+') || this.#sees('-')) {
      const operator = this.#take().text as Operator
      left = this.#binary(operator, left, this.#product())
    }
    return left
  }

  #product(): Ast {
    let left = this.#signed()
    while (this.#sees('*') || this.#sees('/')) {
      const operator = this.#take().text as Operator
      left = this.#binary(operator, left, this.#signed())
    }
    return left
  }

  #signed(): Ast {
    if (!this.#sees('-')) return this.#primary()
    const sign = this.#take()
    return this.#deeper(sign, () => {
      const of = this.#signed()
      return this.#node({ type: 'minus', of, at: sign.at, length: of.at + of.length - sign.at })
    })
  }

  #primary(): Ast {
    const token = this.#take()
    const { at, length } = token
    if (token.kind === 'number' || token.kind === 'percent') {
      return this.#node({ type: 'number', value: token.value, percent: token.kind === 'percent', at, length })
    }
    if (token.kind === 'name') {
      if (this.#sees('(')) return this.#call(token)
      return this.#node({ type: 'name', name: token.text, at, length })
    }
    if (token.text === '(') {
      return this.#deeper(token, () => {
        const inside = this.#comparison()
        this.#close(token)
        return inside
      })
    }
    if (token.kind === 'end') refuse(token, 'The formula ends too early: a name or a number is missing.')
    return refuse(token, `A name or a number is missing before “${token.text}”.`)
  }

  #call(name: Token): Ast {
    const known = (FUNCTIONS as readonly string[]).includes(name.text)
    if (!known) refuse(name, `There is no function “${name.text}”; there are ${FUNCTIONS.join(', ')}.`)
    const open = this.#take()
    return this.#deeper(open, () => {
      const args: Ast[] = []
      if (!this.#sees(')')) {
        args.push(this.#comparison())
        while (this.#sees(',')) {
          this.#take()
          args.push(this.#comparison())
        }
      }
      const end = this.#close(open)
      const { least, most, words } = ARGUMENTS[name.text as FunctionName]
      if (args.length < least || args.length > most) refuse(name, `${words}.`)
      const length = end.at + 1 - name.at
      return this.#node({ type: 'call', name: name.text as FunctionName, args, at: name.at, length })
    })
  }

  #close(open: Token): Token {
    if (this.#sees(')')) return this.#take()
    const found = this.#peek()
    this.#refuseGrouped()
    if (found.kind === 'end') refuse(open, 'This ( is never closed: add a ).')
    return refuse(found, `A ) or a sign such as + is missing before “${found.text}”.`)
  }

  /** `1,000` and `1 000`: people write what they see elsewhere; here a comma parts the values of a function. */
  #refuseGrouped(): void {
    const [before, mark] = [this.#tokens[this.#next - 1], this.#peek()]
    const comma = mark.text === ','
    const after = comma ? this.#tokens[this.#next + 1] : mark
    if (before?.kind !== 'number' || !after || !/^\d{3}(\.\d+)?( ?%)?$/.test(after.text)) return
    if (comma && (mark.at !== before.at + before.length || after.at !== mark.at + 1)) return
    const plain = `${before.text}${after.text}`
    const place = comma
      ? mark
      : { at: before.at + before.length, length: after.at - before.at - before.length }
    refuse(place, `Write numbers without a thousands separator: ${plain}.`)
  }

  #binary(operator: Operator, left: Ast, right: Ast): Ast {
    const length = right.at + right.length - left.at
    return this.#node({ type: 'binary', operator, left, right, at: left.at, length })
  }

  #node(node: Ast): Ast {
    this.#nodes += 1
    if (this.#nodes > MAX_NODES) refuse(node, `A formula has at most ${MAX_NODES} parts; use other metrics.`)
    return node
  }

  #deeper(token: Token, read: () => Ast): Ast {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) refuse(token, `Brackets and functions go at most ${MAX_DEPTH} levels deep.`)
    const node = read()
    this.#depth -= 1
    return node
  }

  #sees(sign: string): boolean {
    const token = this.#peek()
    return token.kind === 'sign' && token.text === sign
  }

  #peek(): Token {
    return this.#tokens[this.#next] as Token
  }

  /** The end stays: reading past it finds it again. */
  #take(): Token {
    const token = this.#peek()
    if (token.kind !== 'end') this.#next += 1
    return token
  }
}

function refuse({ at, length }: Place, message: string): never {
  throw new Refused({ at, length, message })
}
