// The gallery: every item is whole, and speaks only of events, steps and fields that exist.
import { describe, expect, test } from 'vitest'
import { renderTemplate } from '../../../src/kit/template.ts'
import { manifest as miniFoundry } from '../../../src/modules/mini-foundry/index.ts'
import { draftSchema } from '../../../src/modules/ops-copilot/domain/automation.ts'
import { listsOf } from '../../../src/modules/ops-copilot/domain/definition.ts'
import { GALLERY, GALLERY_GROUPS, galleryDraft } from '../../../src/modules/ops-copilot/domain/gallery.ts'
import { manifest as opsCopilot } from '../../../src/modules/ops-copilot/index.ts'
import { manifest as workspace } from '../../../src/modules/workspace/index.ts'

const wings = [workspace, miniFoundry, opsCopilot]
const events = new Set(wings.flatMap((wing) => wing.events.map(({ type }) => type)))
const steps = new Map(wings.flatMap((wing) => (wing.steps ?? []).map((step) => [step.action, step] as const)))
const all = GALLERY.map((item) => ({ ...item, flat: [...listsOf(item.draft.steps).values()].flat() }))

describe('the gallery', () => {
  test('holds at least 24 automations, each under its own key, and some in every group', () => {
    expect(GALLERY.length).toBeGreaterThanOrEqual(24)
    expect(new Set(GALLERY.map(({ key }) => key)).size).toBe(GALLERY.length)
    for (const group of Object.keys(GALLERY_GROUPS)) expect(GALLERY.map((one) => one.group)).toContain(group)
  })

  test.each(all)('$key reads as it would from outside', ({ draft, title, summary }) => {
    expect(draftSchema.parse(draft)).toEqual(draft)
    expect(title.length).toBeLessThan(80)
    expect(summary).toMatch(/\.$/)
  })

  test.each(all)('$key speaks of events and steps that exist', ({ draft, flat }) => {
    const named = [
      ...(draft.trigger.kind === 'event' ? [draft.trigger.event] : []),
      ...draft.stop_on.map(({ event }) => event),
    ]
    expect(named.filter((type) => !events.has(type))).toEqual([])
    for (const step of flat) {
      if (step.kind !== 'action') continue
      const facts = steps.get(step.action)
      expect(facts, step.action).toBeDefined()
      expect(
        Object.keys(step.input).filter((name) => !facts?.fields.some((field) => field.name === name)),
      ).toEqual([])
    }
  })

  test.each(all)('$key lacks nothing that a step needs, or says what is to be chosen', ({ flat, needs }) => {
    const missing = flat.flatMap((step) =>
      step.kind === 'action'
        ? (steps.get(step.action)?.fields ?? []).filter(
            ({ name, required, preset }) => required && preset === undefined && !step.input[name],
          )
        : [],
    )
    expect(missing.length > 0).toBe(needs.length > 0)
  })

  test.each(all)('$key has texts that are filled in without a fault, whatever is known', ({ flat }) => {
    const texts = flat.flatMap((step) =>
      Object.values(step.kind === 'action' ? step.input : {}).filter((value) => typeof value === 'string'),
    )
    for (const text of texts)
      expect(renderTemplate(String(text), {}, {}), String(text)).toMatchObject({ ok: true })
  })

  test('takes schedules into the zone of the workspace', () => {
    expect(galleryDraft('weekly-report', 'America/New_York')?.trigger).toMatchObject({
      time_zone: 'America/New_York',
    })
    expect(galleryDraft('no-such', 'UTC')).toBeNull()
  })
})
