/** The operator's page, for the addresses that run this installation; to everybody else it does not exist. */
import { Hono } from 'hono'
import { operatorOnly } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, goTo, page } from '../../http/respond.tsx'
import {
  discardLetter,
  readOperations,
  replayAllLetters,
  replayLetter,
  resolveError,
} from '../../modules/workspace/index.ts'
import { OperatorPage } from '../../modules/workspace/views/operator.tsx'
import { isoInstant } from '../../platform/clock.ts'

const HOME = '/operator'

export const operatorPages = new Hono<AppEnv>()
  .get(HOME, operatorOnly(), async (c) => {
    const { services, actor } = c.var
    const operations = await readOperations(services)
    const body = (
      <OperatorPage
        {...operations}
        pulses={operations.pulses.map((pulse) => ({ ...pulse, at: isoInstant(pulse.at) }))}
        waiting={operations.waiting.map((line) => ({
          ...line,
          oldest: line.oldest === null ? null : isoInstant(line.oldest),
        }))}
        letters={operations.letters.map((letter) => ({ ...letter, workspace: letter.tenantId }))}
        timeZone={actor.workspace.timeZone}
        locale={actor.workspace.locale}
      />
    )
    return page(c, { title: 'Operations', section: 'operator', body })
  })
  .post('/operator/letters/replay', operatorOnly(), async (c) => {
    const sent = await replayAllLetters(c.var.services)
    return goTo(c, HOME, { toast: `${sent} sent again.` })
  })
  .post('/operator/letters/:letter/replay', operatorOnly(), async (c) => {
    const done = await replayLetter(c.var.services, c.req.param('letter'))
    return done.ok ? goTo(c, HOME, { toast: 'Sent again.' }) : failurePage(c, done.error)
  })
  .post('/operator/letters/:letter/discard', operatorOnly(), async (c) => {
    const ask = await needsConfirmation(c, {
      title: 'Discard this message?',
      text: 'What it asked for will not be done.',
      confirmLabel: 'Discard it',
      cancelHref: HOME,
    })
    if (ask) return ask
    const done = await discardLetter(c.var.services, c.req.param('letter'))
    return done.ok ? goTo(c, HOME, { toast: 'Discarded.' }) : failurePage(c, done.error)
  })
  .post('/operator/errors/:fingerprint/resolution', operatorOnly(), async (c) => {
    const done = await resolveError(c.var.services, c.req.param('fingerprint'))
    return done.ok ? goTo(c, HOME, { toast: 'Marked as resolved.' }) : failurePage(c, done.error)
  })
