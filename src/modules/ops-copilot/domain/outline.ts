/** A whole automation as numbered lines of words: for the document of it, and for whoever cannot see the tree. */
import { conditionWords } from '../../../kit/condition.ts'
import type { AutomationDraft } from './automation-model.ts'
import { type Branch, branchesOf } from './definition.ts'
import type { Step } from './definition-model.ts'
import { fieldWords, type Names, stepDetail, stepTitle, triggerWords } from './words.ts'

export interface OutlineLine {
  /** Id of the step that the line is about; null: the automation itself. */
  step: string | null
  /** 0 is the automation and its own steps; each branch stands one deeper. */
  depth: number
  /** `2`, `2.1`; empty for lines that are no step. */
  number: string
  text: string
  /** What it does with what; may be empty. */
  detail: string
}

/** What starts it, what ends it early, then every step at its depth; a branch without steps is said to be so. */
export function outlineOf(
  draft: Pick<AutomationDraft, 'trigger' | 'stop_on' | 'steps'>,
  names: Names,
): OutlineLine[] {
  const stops = draft.stop_on.map(({ event, match }) => {
    const lines = 'all' in match && match.all.length === 0
    const which = lines ? '' : `, where ${conditionWords(match, fieldWords)}`
    return said(`Ends early when this happens: ${names.event(event)}${which}`)
  })
  const steps = listLines(draft.steps, names, 0, '')
  const none = draft.steps.length === 0 ? [said('It has no steps yet.')] : []
  return [said(triggerWords(draft.trigger, names)), ...stops, ...steps, ...none]
}

/** The same as plain text, two spaces a depth. */
export const outlineText = (lines: readonly OutlineLine[]): string =>
  lines
    .map(({ depth, number, text, detail }) => {
      const line = [number && `${number}.`, text].filter(Boolean).join(' ')
      return `${'  '.repeat(depth)}${line}${detail ? ` (${detail})` : ''}`
    })
    .join('\n')

const said = (text: string, depth = 0): OutlineLine => ({ step: null, depth, number: '', text, detail: '' })

function listLines(steps: readonly Step[], names: Names, depth: number, prefix: string): OutlineLine[] {
  return steps.flatMap((step, at) => {
    const number = `${prefix}${at + 1}`
    const off = step.off ? ' (switched off)' : ''
    const own = { step: step.id, depth, number, text: `${stepTitle(step, names)}${off}` }
    return [{ ...own, detail: stepDetail(step) }, ...branchLines(step, names, depth + 1, number)]
  })
}

function branchLines(step: Step, names: Names, depth: number, number: string): OutlineLine[] {
  const branches = branchesOf(step)
  return branches.flatMap((branch, at) => {
    if (branch.steps.length === 0 && !tellsEmpty(step)) return []
    const head = { ...said(branchWords(step, branch), depth), step: step.id }
    if (branch.steps.length === 0) return [{ ...head, text: `${head.text} nothing` }]
    const prefix = branches.length > 1 ? `${number}${letter(at)}.` : `${number}.`
    return [head, ...listLines(branch.steps, names, depth + 1, prefix)]
  })
}

/** A decision has two sides, also when one is empty; who was refused or not in time needs a line only when it does something. */
const tellsEmpty = (step: Step): boolean => ['if', 'switch', 'each', 'parallel'].includes(step.kind)

function branchWords(step: Step, { name, label }: Branch): string {
  switch (step.kind) {
    case 'if':
      return name === 'yes' ? 'If so:' : 'If not:'
    case 'switch': {
      const one = step.cases[Number(name.split('.')[1])]
      return one ? `${label}, when ${conditionWords(one.condition, fieldWords)}:` : 'Otherwise:'
    }
    case 'each':
      return 'For each of them:'
    case 'parallel':
      return `At the same time, ${label}:`
    case 'wait_event':
      return 'When it did not come in time:'
    case 'approval':
      return name === 'rejected' ? 'When it is rejected:' : 'When nobody decided in time:'
    default:
      return 'When it fails:'
  }
}

/** `a`, `b`, ... `z`, then numbers. */
const letter = (at: number): string => (at < 26 ? String.fromCharCode(97 + at) : String(at + 1))
