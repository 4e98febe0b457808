/** The words of a formula: names, numbers, percentages, signs, each with the place where it stands. */
import { err, ok, type Result } from '../../../../platform/result.ts'

/** What is wrong with a formula, and where: `at` counts characters from 0. */
export interface FormulaError {
  at: number
  length: number
  message: string
  /** A name that was perhaps meant. */
  suggestion?: string
}

export type TokenKind = 'name' | 'number' | 'percent' | 'sign' | 'end'

export interface Token {
  kind: TokenKind
  /** Names in small letters; signs as in SIGNS. */
  text: string
  /** Of numbers and percentages (5% is 0.05). */
  value: number
  at: number
  length: number
}

export const MAX_LENGTH = 2000

const BLANK = /\s+/y
const NUMBER = /(\d[\d_]*(?:\.\d+)?|\.\d+)(\s*%)?/y
const NAME = /[A-Za-z][A-Za-z0-9_]*/y
const SIGN = /<=|>=|!=|<>|==|[-+*/(),<>=−×÷·≤≥≠]/y

/** People type what they see elsewhere; all of it means one sign. */
const SAME: Record<string, string> = {
  '−': '-',
  '×': '*',
  '·': '*',
  '÷': '/',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '<>': '!=',
  '==': '=',
}

/** The tokens of a formula, an `end` last. Refuses characters that no formula has, and texts over 2,000 characters. */
export function readTokens(text: string): Result<Token[], FormulaError> {
  if (text.length > MAX_LENGTH) {
    return err({
      at: MAX_LENGTH,
      length: text.length - MAX_LENGTH,
      message: `A formula has at most ${MAX_LENGTH} characters.`,
    })
  }
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const blank = match(BLANK, text, at)
    if (blank) {
      at += blank[0].length
      continue
    }
    const token = tokenAt(text, at)
    if (!token) return err(strange(text, at))
    tokens.push(token)
    at += token.length
  }
  tokens.push({ kind: 'end', text: '', value: 0, at: text.length, length: 0 })
  return ok(tokens)
}

function tokenAt(text: string, at: number): Token | null {
  const number = match(NUMBER, text, at)
  if (number) {
    const value = Number((number[1] ?? '').replaceAll('_', ''))
    const percent = number[2] !== undefined
    const [whole] = number
    return {
      kind: percent ? 'percent' : 'number',
      text: whole,
      value: percent ? value / 100 : value,
      at,
      length: whole.length,
    }
  }
  const name = match(NAME, text, at)
  if (name) return { kind: 'name', text: name[0].toLowerCase(), value: 0, at, length: name[0].length }
  const sign = match(SIGN, text, at)
  if (sign) return { kind: 'sign', text: SAME[sign[0]] ?? sign[0], value: 0, at, length: sign[0].length }
  return null
}

function strange(text: string, at: number): FormulaError {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
  const message =
    character === '%'
      ? 'A % stands right after a number, as in 5%.'
      : `“${character}” means nothing in a formula. Use names, numbers, + - * / ( ) and functions.`
  return { at, length: character.length, message }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
