/** The learned score: boosted trees over the pair's figures, read once from the shipped weights. */
import { MODEL } from './weights.ts'

interface Forest {
  bias: number
  /** Names of the figures, in the order the trees count them. */
  names: readonly string[]
  /** Per node: figure to read (-1 for a leaf), cut or leaf value, node to go to when the figure is not below the cut. */
  figure: Int16Array
  value: Float64Array
  right: Int32Array
  roots: number[]
}

const FOREST = readForest(MODEL)

/** Log-odds that a pair with these figures is one product. Missing figures count as unknown (-1). */
export function logOddsOf(figures: Readonly<Record<string, number>>): number {
  const { names, figure, value, right, roots } = FOREST
  const row = new Float64Array(names.length)
  for (let i = 0; i < row.length; i++) row[i] = figures[names[i] as string] ?? -1
  let sum = FOREST.bias
  for (const root of roots) {
    let at = root
    let column = figure[at] as number
    while (column >= 0) {
      at = (row[column] as number) < (value[at] as number) ? at + 1 : (right[at] as number)
      column = figure[at] as number
    }
    sum += value[at] as number
  }
  return sum
}

/**
 * Reads trees written in depth-first order, one tree a `;` part: a split is `figure cut`, a leaf `~value` in
 * ten-thousandths; the left branch follows its split directly.
 */
function readForest(model: { bias: number; figures: string; trees: string }): Forest {
  const tokens = model.trees.split(';').map((tree) => tree.split(' '))
  const size = tokens.reduce((sum, tree) => sum + tree.length, 0)
  const forest: Forest = {
    bias: model.bias,
    names: model.figures.split(' '),
    figure: new Int16Array(size),
    value: new Float64Array(size),
    right: new Int32Array(size),
    roots: [],
  }
  let next = 0
  for (const tree of tokens) {
    let at = 0
    const readNode = (): void => {
      const token = tree[at++] as string
      const node = next++
      if (token.startsWith('~')) {
        forest.figure[node] = -1
        forest.value[node] = Number(token.slice(1)) / 10_000
        return
      }
      forest.figure[node] = Number(token)
      forest.value[node] = Number(tree[at++])
      readNode()
      forest.right[node] = next
      readNode()
    }
    forest.roots.push(next)
    readNode()
  }
  return forest
}
