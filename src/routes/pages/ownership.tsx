/** Handing a workspace over: offered and withdrawn on the people page, accepted where the mailed link leads. */
import { Hono } from 'hono'
import { requires, signedIn } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { barePage, failurePage, goTo } from '../../http/respond.tsx'
import { acceptOwnership, cancelOffer, offerOwnership, readOfferLink } from '../../modules/workspace/index.ts'
import { OwnershipPage } from '../../modules/workspace/views/ownership.tsx'
import { type Failure, fail } from '../../platform/result.ts'
import { proved } from './session-cookie.ts'

const PEOPLE = '/settings/people'

export const ownershipPages = new Hono<AppEnv>()
  .post('/settings/people/:id/ownership', requires('members:manage'), async (c) => {
    const ask = await needsConfirmation(c, {
      title: 'Hand the workspace over?',
      text: 'They get a mail. Once they accept, they are the owner and you are admin.',
      confirmLabel: 'Offer it',
      cancelHref: PEOPLE,
    })
    if (ask) return ask
    const done = await offerOwnership(c.var.services, c.var.actor, c.req.param('id'), proved(c))
    if (done.ok)
      return goTo(c, PEOPLE, { toast: `${done.value.name} has the offer by mail. Nothing changes before.` })
    return done.error.slug === 'prove-again' ? goTo(c, `/prove?next=${PEOPLE}`) : failurePage(c, done.error)
  })
  .post('/settings/ownership/withdrawal', signedIn(), async (c) => {
    const ask = await needsConfirmation(c, {
      title: 'Withdraw the offer?',
      text: "Nobody's role changes.",
      confirmLabel: 'Withdraw it',
      cancelHref: PEOPLE,
    })
    if (ask) return ask
    const done = await cancelOffer(c.var.services, c.var.actor)
    return done.ok ? goTo(c, PEOPLE, { toast: 'The offer is withdrawn.' }) : failurePage(c, done.error)
  })
  .get('/ownership/:token', signedIn(), (c) => show(c, c.req.param('token')))
  .post('/ownership/:token', signedIn(), async (c) => {
    const { services, session } = c.var
    const token = c.req.param('token')
    if (!session) return goTo(c, '/sign-in')
    const done = await acceptOwnership(services, token, session, proved(c))
    if (done.ok) return goTo(c, '/', { toast: `${done.value.workspace} is yours.` })
    if (done.error.slug === 'prove-again') return goTo(c, `/prove?next=/ownership/${token}`)
    return done.error.kind === 'not_found' ? failurePage(c, spent()) : show(c, token, done.error)
  })

const spent = () =>
  fail(
    'not_found',
    'link-spent',
    'This offer was taken back, accepted or is over, or it is for another account. Ask the owner for a new one.',
  ).error

async function show(c: AppContext, token: string, failure?: Failure): Promise<Response> {
  const offer = await readOfferLink(c.var.services, token, c.var.session?.personId ?? '')
  if (!offer) return failurePage(c, spent())
  const { workspace, fromName } = offer
  const body = (
    <OwnershipPage workspace={workspace} fromName={fromName} action={c.req.path} detail={failure?.detail} />
  )
  return barePage(c, {
    title: `Become the owner of ${workspace}`,
    body,
    status: failure ? statusOf(failure.kind) : 200,
  })
}
