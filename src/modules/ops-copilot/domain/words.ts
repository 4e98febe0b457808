/** Automations in words: what starts them, and what their steps do. */
import { toString as cronWords } from 'cronstrue'
import { conditionWords } from '../../../kit/condition.ts'
import type { StepJson } from '../../../platform/step.ts'
import type { Trigger } from './automation-model.ts'
import type { Duration, Step } from './definition-model.ts'

/** What is needed of the catalogue to name things. */
export interface Names {
  /** Title of an action. */
  action(action: string): string
  /** Title of an event. */
  event(type: string): string
}

export function triggerWords(trigger: Trigger, names: Names): string {
  switch (trigger.kind) {
    case 'schedule':
      return `${rhythmWords(trigger.cron)} (${trigger.time_zone})`
    case 'event': {
      const when = `When this happens: ${names.event(trigger.event)}`
      const lines = 'all' in trigger.condition && trigger.condition.all.length === 0
      return lines ? when : `${when}, and ${conditionWords(trigger.condition, fieldWords)}`
    }
    case 'manual':
      return trigger.record ? `By hand, on the page of a ${trigger.record}` : 'By hand, with one click'
    case 'hook':
      return 'When another system calls its address'
    case 'form':
      return `When somebody fills in the form “${trigger.title}”`
  }
}

export function rhythmWords(cron: string): string {
  try {
    return cronWords(cron, { use24HourTimeFormat: true, verbose: false })
  } catch {
    return cron
  }
}

export function stepTitle(step: Step, names: Names): string {
  if (step.name) return step.name
  switch (step.kind) {
    case 'action':
      return names.action(step.action)
    case 'if':
      return `If ${conditionWords(step.condition, fieldWords)}`
    case 'switch':
      return 'Several ways'
    case 'each':
      return `For each of ${fieldWords(step.list)}`
    case 'parallel':
      return 'At the same time'
    case 'wait':
      return step.for ? `Wait ${durationWords(step.for)}` : `Wait until ${step.until}`
    case 'wait_event':
      return `Wait for ${names.event(step.event)}, ${durationWords(step.within)} at most`
    case 'approval':
      return `Ask: ${templateWords(step.title)}`
    case 'set':
      return `Keep ${Object.keys(step.values).join(', ') || 'a value'}`
    case 'stop':
      return step.outcome === 'failed' ? 'End here, as failed' : 'End here'
  }
}

/** The line below the title: what it does with what. */
export function stepDetail(step: Step): string {
  switch (step.kind) {
    case 'action':
      return Object.entries(step.input)
        .filter(([, value]) => value !== null && value !== '')
        .slice(0, 3)
        .map(([name, value]) => `${name.replaceAll('_', ' ')}: ${short(value as StepJson)}`)
        .join(' · ')
    case 'wait':
      return step.hours === 'business' ? 'then on to office hours' : ''
    case 'approval':
      return `${step.needed} of: ${step.approvers.map((who) => who.replace(/^role:(\w+)$/, '$1s')).join(', ')}`
    case 'each':
      return `at most ${step.most}`
    default:
      return ''
  }
}

/** A text with its fields as people say them: `Invoice ‹invoice number›`. */
export const templateWords = (text: string): string =>
  text
    .replace(/\{\{-?\s*([\w.]+)[^}]*\}\}/g, (_, path: string) => `‹${fieldWords(path)}›`)
    .replace(/\{%[^%]*%\}/g, '')

const short = (value: StepJson): string => {
  const text = typeof value === 'string' ? templateWords(value) : JSON.stringify(value)
  const line = text.replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 57)}…` : line
}

export const durationWords = ({ amount, unit }: Duration): string => {
  const one = unit.replace('_', ' ').replace(/s$/, '')
  return `${amount} ${amount === 1 ? one : `${one}s`}`
}

/** `trigger.invoice.total` as people say it. */
export const fieldWords = (path: string): string =>
  path
    .replace(/^(trigger|event|vars)\./, '')
    .replace(/^steps\.(\w+)\./, '$1 ')
    .replaceAll('.', ' ')
    .replaceAll('_', ' ')
