/** The whole flow as a small picture: one box a step, branches side by side; a run's path is lit in it. */
import { branchesOf } from '../domain/definition.ts'
import type { Step } from '../domain/definition-model.ts'
import { type Names, stepTitle } from './words.ts'

interface Point {
  x: number
  y: number
}

interface Box extends Point {
  id: string
  title: string
  /** Where lines come from. */
  from: Point[]
}

const WIDE = 26
const HIGH = 12
const GAP_X = 6
const GAP_Y = 10
const SCALE = 2.2

export function FlowMap({
  steps,
  names,
  lit,
}: {
  steps: readonly Step[]
  names: Names
  /** Ids of the steps that a run has been at. */
  lit?: ReadonlySet<string>
}) {
  if (steps.length < 2) return null
  const width = widthOf(steps)
  const start = { x: width / 2, y: 8 }
  const boxes: Box[] = []
  const { y: height } = lay(steps, names, { x: width / 2, y: 8 + GAP_Y }, [start], boxes)
  const tone = (id: string) => (lit ? (lit.has(id) ? 'flow-map-lit' : 'flow-map-dim') : 'flow-map-box')
  return (
    <figure class="rounded-box border border-base-300 bg-base-100 p-3">
      <figcaption class="mb-2 font-semibold text-sm">The whole flow</figcaption>
      <svg
        class="flow-map"
        viewBox={`-2 0 ${width + 4} ${height}`}
        width={(width + 4) * SCALE}
        height={height * SCALE}
      >
        <title>{mapWords(steps, names)}</title>
        <circle cx={start.x} cy={start.y - 4} r={4} class="flow-map-start" />
        {boxes.flatMap(({ x, y, from }) =>
          from.map((point) => {
            const middle = (point.y + y) / 2
            return (
              <path
                class="flow-map-line"
                d={`M${point.x} ${point.y} C${point.x} ${middle} ${x} ${middle} ${x} ${y}`}
              />
            )
          }),
        )}
        {boxes.map(({ id, title, x, y }) => (
          <a href={`#step-${id}`} tabindex={-1}>
            <rect x={x - WIDE / 2} y={y} width={WIDE} height={HIGH} rx={3} class={tone(id)}>
              <title>{title}</title>
            </rect>
          </a>
        ))}
      </svg>
    </figure>
  )
}

const filled = (step: Step) => branchesOf(step).filter(({ steps }) => steps.length > 0)

const widthOf = (steps: readonly Step[]): number => Math.max(WIDE, ...steps.map(stepWidth))

function stepWidth(step: Step): number {
  const branches = filled(step)
  if (branches.length === 0) return WIDE
  return branches.reduce((sum, { steps }) => sum + widthOf(steps) + GAP_X, -GAP_X)
}

/** Below one another around `at.x`; where lines go on from, and how far down it went. */
function lay(
  steps: readonly Step[],
  names: Names,
  at: Point,
  from: readonly Point[],
  boxes: Box[],
): { ends: Point[]; y: number } {
  let ends = [...from]
  let y = at.y
  for (const step of steps) {
    boxes.push({ id: step.id, title: stepTitle(step, names), x: at.x, y, from: ends })
    const foot = { x: at.x, y: y + HIGH }
    y += HIGH + GAP_Y
    const branches = filled(step)
    let left = at.x - stepWidth(step) / 2
    const below = branches.map(({ steps: inner }) => {
      const width = widthOf(inner)
      const laid = lay(inner, names, { x: left + width / 2, y }, [foot], boxes)
      left += width + GAP_X
      return laid
    })
    y = Math.max(y, ...below.map((laid) => laid.y))
    const through =
      step.kind === 'stop' || (branches.length > 0 && branches.length === branchesOf(step).length)
    ends = [...(through ? [] : [foot]), ...below.flatMap((laid) => laid.ends)]
  }
  return { ends, y }
}

const mapWords = (steps: readonly Step[], names: Names): string =>
  `${steps.length} steps: ${steps.map((step) => stepTitle(step, names)).join('; ')}`
