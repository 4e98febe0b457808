/** Where the data of each node stands in our runs, for expressions that read it. */
import type { Source } from './expression.ts'
import { fieldName } from './trigger.ts'

/** What `$json` means at a place. */
export interface Base {
  /** Path in front of its fields. */
  path: string
  kind: 'plain' | 'form' | 'hook' | 'vars'
  /** Of kept values: their names; null: any. */
  names: ReadonlySet<string> | null
  /** Where fields stand that are not among the names. */
  under: Base | null
}

export const plain = (path: string): Base => ({ path, kind: 'plain', names: null, under: null })

/** Expressions at a place: `here` is what comes in, `known` what nodes before it gave. */
export const sourceAt =
  (here: Base | null, known: ReadonlyMap<string, Base>): Source =>
  (node, path) => {
    const base = node === null ? here : known.get(node)
    return base ? placeOf(base, path) : null
  }

function placeOf(base: Base, path: readonly string[]): string | null {
  const [first, ...rest] = path
  if (first === undefined) return base.path
  switch (base.kind) {
    case 'form':
      return [base.path, fieldName(first), ...rest].join('.')
    case 'hook':
      // headers and the query of a call are not kept here
      if (first === 'headers' || first === 'query' || first === 'params') return null
      return ['trigger.body', ...(first === 'body' ? rest : path)].join('.')
    case 'vars': {
      const name = fieldName(first)
      if (base.names === null || base.names.has(name)) return [base.path, name, ...rest].join('.')
      return base.under ? placeOf(base.under, path) : null
    }
    default:
      return [base.path, ...path].join('.')
  }
}
