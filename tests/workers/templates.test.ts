// Every dashboard to start from is drawn on the sample data, whole.
import { expect, test } from 'vitest'
import { createDashboard } from '../../src/modules/mini-foundry/actions/dashboards.ts'
import { readDashboard } from '../../src/modules/mini-foundry/actions/dashboards-view.ts'
import { TEMPLATES } from '../../src/modules/mini-foundry/domain/templates.ts'
import { addDemoData, rebuildRollups } from '../../src/modules/mini-foundry/index.ts'
import { dashboardPieces } from '../../src/modules/mini-foundry/views/dashboard-live.tsx'
import { makeWorld } from '../support/world.ts'

test('each template shows every one of its widgets on the sample data', { timeout: 180_000 }, async () => {
  const world = await makeWorld()
  const actor = await world.workspace()
  const added = await addDemoData(world.services, actor, { profile: 'coffee' })
  expect(added.ok).toBe(true)
  await rebuildRollups(world.services, actor, { budgetMs: Number.POSITIVE_INFINITY })
  for (const { type, name } of TEMPLATES) {
    const made = await createDashboard(world.services, actor, { name, type })
    if (!made.ok) throw new Error(`${type}: ${made.error.detail}`)
    const view = await readDashboard(world.services, actor, { id: made.value.id, query: {} })
    await world.settle()
    if (!view.ok) throw new Error(`${type}: ${view.error.detail}`)
    for (const { widget, answers, facts } of view.value.widgets) {
      const asked = widget.metrics.length
      expect(facts ? 'facts' : answers.length, `${type}: ${widget.id}`).toBe(facts ? 'facts' : asked)
    }
    const html = dashboardPieces(view.value, actor.workspace)
    expect(html).toHaveLength(view.value.widgets.length + 2)
    expect(
      html.filter((piece) => /NaN|undefined|\[object/.test(piece.html)).map(({ target }) => target),
    ).toEqual([])
  }
})
