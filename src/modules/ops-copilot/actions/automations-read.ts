/** Automations from elsewhere: said in a sentence, or brought from n8n. Both become drafts that a person looks at first. */
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { AutomationDraft } from '../domain/automation-model.ts'
import { importN8n, type NodeReport } from '../domain/n8n.ts'
import { type OutlineLine, outlineOf } from '../domain/outline.ts'
import { draftFromSentence, type FromSentence, type SentenceWorld } from '../domain/sentence.ts'
import type { AutomationRow } from '../store/automations.ts'
import { createAutomation } from './automations.ts'
import { stepCatalogue } from './catalogue.ts'
import { eventCatalogue, namesOf, stepChoices } from './desk.ts'

const inputOf = ({ name, description, trigger, steps, stop_on, care }: AutomationDraft) => ({
  ...{ name, description, trigger_config: { ...trigger }, actions: steps, stop_on, care: { ...care } },
})

export interface ReadSentence extends Omit<FromSentence, 'draft'> {
  draft: AutomationDraft
  outline: OutlineLine[]
}

/** What a sentence would become; nothing is kept yet. */
export async function readSentence(
  services: Services,
  actor: Actor,
  sentence: string,
): Promise<Result<ReadSentence>> {
  if (!can(actor, 'ops:write')) return forbidden('make automations')
  const read = draftFromSentence(sentence, await sentenceWorld(services, actor))
  if (!read.ok) return read
  return ok({ ...read.value, outline: outlineOf(read.value.draft, namesOf(services)) })
}

/** The same, kept as a draft. */
export async function draftSentence(
  services: Services,
  actor: Actor,
  sentence: string,
): Promise<Result<AutomationRow>> {
  const read = await readSentence(services, actor, sentence)
  return read.ok ? createAutomation(services, actor, inputOf(read.value.draft), { origin: 'words' }) : read
}

async function sentenceWorld(services: Services, actor: Actor): Promise<SentenceWorld> {
  const choices = await stepChoices(services, actor)
  const known = choices.ok ? choices.value : null
  const named = (options: readonly { value: string; label: string }[] = []) =>
    options.map(({ value, label }) => ({ id: value, name: label }))
  return {
    timeZone: actor.workspace.timeZone,
    me: actor.email ?? '',
    meId: actor.id,
    events: eventCatalogue(services).map(({ type, title }) => ({ type, title })),
    people: named(known?.person),
    channels: named(known?.channel),
    dashboards: named(known?.dashboard),
    automations: named(known?.automation),
    sequences: named(known?.sequence),
  }
}

export interface ImportedAutomation {
  automation: AutomationRow
  report: NodeReport[]
}

/** Each workflow of an n8n export as a draft, with what became of every node. */
export async function importAutomations(
  services: Services,
  actor: Actor,
  text: string,
): Promise<Result<ImportedAutomation[]>> {
  if (!can(actor, 'ops:write')) return forbidden('make automations')
  const actions = new Set(stepCatalogue(services).map(({ action }) => action))
  const read = importN8n(text, { timeZone: actor.workspace.timeZone, actions })
  if (!read.ok) return read
  const made: ImportedAutomation[] = []
  for (const { draft, report } of read.value) {
    const automation = await createAutomation(services, actor, inputOf(draft), { origin: 'n8n' })
    if (!automation.ok) return automation
    made.push({ automation: automation.value, report })
  }
  return ok(made)
}
