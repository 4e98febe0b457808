/** The order in a graph of nodes: which connections lead back, and where ways meet again. */
import type { N8nEdge, N8nNode } from './workflow.ts'

export interface Graph {
  /** Targets of each output, without connections that lead back. */
  outputs(name: string): string[][]
  /** Connections that lead back to a node on the way to them. */
  back: N8nEdge[]
  /** The first node that every way from here passes; null: they end apart. */
  meets(name: string): string | null
}

const END = null

/** `starts` are walked first, so that connections lead back as seen from there. */
export function graphOf(
  nodes: readonly N8nNode[],
  edges: readonly N8nEdge[],
  starts: readonly string[],
): Graph {
  const from = new Map<string, N8nEdge[]>()
  for (const edge of edges) from.set(edge.from, [...(from.get(edge.from) ?? []), edge])
  const { order, back } = walk(nodes, from, starts)
  const lost = new Set(back)
  const forward = (name: string) => (from.get(name) ?? []).filter((edge) => !lost.has(edge))
  const outputs = (name: string): string[][] => {
    const list: string[][] = []
    for (const { output, to } of forward(name)) {
      if (output < 0 || output > 100) continue
      while (list.length <= output) list.push([])
      list[output]?.push(to)
    }
    return list
  }
  const isFork = new Set(nodes.filter(({ kind }) => FORKS.has(kind)).map(({ name }) => name))
  // what a loop does with each element ends where it began; only what comes after the loop goes on
  const loops = new Map(
    nodes.filter(({ kind }) => kind === 'splitinbatches').map((one) => [one.name, doneOutput(one)]),
  )
  const onward = (name: string) => {
    const done = loops.get(name)
    return done === undefined ? forward(name) : forward(name).filter(({ output }) => output === done)
  }
  const next = meetings(order, onward, (name) => isFork.has(name) && openEnds(outputs(name)))
  return { outputs, back, meets: (name) => next.get(name) ?? null }
}

/** The output of a loop that is taken once, at its end. */
export const doneOutput = ({ version }: N8nNode): number => (version >= 3 ? 0 : 1)

const FORKS = new Set(['if', 'switch', 'filter'])
const openEnds = (outputs: string[][]): boolean =>
  outputs.length < 2 || outputs.some((targets) => targets.length === 0)

/** Every node after all those it leads to, and the connections that close a circle. Without recursion: files are foreign. */
function walk(nodes: readonly N8nNode[], from: ReadonlyMap<string, N8nEdge[]>, starts: readonly string[]) {
  const state = new Map<string, 'open' | 'done'>()
  const order: string[] = []
  const back: N8nEdge[] = []
  for (const start of [...starts, ...nodes.map(({ name }) => name)]) {
    if (state.has(start)) continue
    const stack = [{ name: start, at: 0 }]
    state.set(start, 'open')
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = (from.get(top.name) ?? [])[top.at++]
      if (!edge) {
        state.set(top.name, 'done')
        order.push(top.name)
        stack.pop()
      } else if (state.get(edge.to) === 'open') back.push(edge)
      else if (!state.has(edge.to)) {
        state.set(edge.to, 'open')
        stack.push({ name: edge.to, at: 0 })
      }
    }
  }
  return { order, back }
}

/** Immediate post-dominators: each node's nearest that lies on all its ways to the end. */
function meetings(
  order: readonly string[],
  forward: (name: string) => N8nEdge[],
  mayEnd: (name: string) => boolean,
): Map<string, string | null> {
  const rank = new Map(order.map((name, at) => [name, at]))
  const next = new Map<string, string | null>()
  const common = (a: string | null, b: string | null): string | null => {
    let [one, two] = [a, b]
    while (one !== two) {
      if (one === END || two === END) return END
      if ((rank.get(one) ?? 0) > (rank.get(two) ?? 0)) one = next.get(one) ?? END
      else two = next.get(two) ?? END
    }
    return one
  }
  for (const name of order) {
    const targets = forward(name).map(({ to }) => to)
    const [first, ...rest] = targets
    if (first === undefined || mayEnd(name)) next.set(name, END)
    else next.set(name, rest.reduce<string | null>(common, first))
  }
  return next
}
