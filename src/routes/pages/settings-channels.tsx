/** Slack and Teams channels, by page. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, goTo, page, readForm } from '../../http/respond.tsx'
import {
  addChannel,
  changeChannel,
  channelKinds,
  listChannels,
  pauseChannel,
  removeChannel,
  resumeChannel,
  testChannel,
} from '../../modules/workspace/index.ts'
import { type ChannelFormValues, ChannelsPage } from '../../modules/workspace/views/settings-channels.tsx'
import type { Failure, Result } from '../../platform/result.ts'

const AT = '/settings/channels'

export const channelPages = new Hono<AppEnv>()
  .get(AT, requires('channels:manage'), (c) => showChannels(c))
  .post(AT, requires('channels:manage'), async (c) => {
    const form = await readForm(c)
    const values = {
      type: String(form.get('type') ?? ''),
      name: String(form.get('name') ?? ''),
      kinds: form.getAll('new:kinds').map(String),
      postsPerHour: String(form.get('postsPerHour') ?? '30'),
    }
    const added = await addChannel(c.var.services, c.var.actor, {
      ...values,
      url: String(form.get('url') ?? ''),
    })
    return added.ok
      ? goTo(c, AT, { toast: `${added.value.name} is added. Send a test to see that it works.` })
      : showChannels(c, { values, failure: added.error })
  })
  .post(`${AT}/:id`, requires('channels:manage'), async (c) => {
    const id = c.req.param('id')
    const kinds = (await readForm(c)).getAll(`${id}:kinds`).map(String)
    return settle(c, await changeChannel(c.var.services, c.var.actor, id, { kinds }), 'The channel is saved.')
  })
  .post(`${AT}/:id/test`, requires('channels:manage'), async (c) => {
    const done = await testChannel(c.var.services, c.var.actor, c.req.param('id'))
    if (!done.ok && done.error.kind === 'conflict') return goTo(c, AT, { toast: done.error.detail })
    return settle(c, done, 'The test is posted.')
  })
  .post(`${AT}/:id/pause`, requires('channels:manage'), async (c) =>
    settle(c, await pauseChannel(c.var.services, c.var.actor, c.req.param('id')), 'The channel is paused.'),
  )
  .post(`${AT}/:id/resume`, requires('channels:manage'), async (c) =>
    settle(
      c,
      await resumeChannel(c.var.services, c.var.actor, c.req.param('id')),
      'The channel is on again.',
    ),
  )
  .post(`${AT}/:id/removal`, requires('channels:manage'), async (c) => {
    const ask = await needsConfirmation(c, {
      title: 'Remove this channel?',
      text: 'Nothing is posted there any more.',
      confirmLabel: 'Remove the channel',
      cancelHref: AT,
    })
    if (ask) return ask
    return settle(
      c,
      await removeChannel(c.var.services, c.var.actor, c.req.param('id')),
      'The channel is removed.',
    )
  })

const settle = (c: AppContext, done: Result<unknown>, toast: string): Promise<Response> =>
  done.ok ? goTo(c, AT, { toast }) : failurePage(c, done.error)

async function showChannels(
  c: AppContext,
  more: { values?: ChannelFormValues; failure?: Failure } = {},
): Promise<Response> {
  const { actor, services } = c.var
  const channels = await listChannels(services, actor)
  if (!channels.ok) return failurePage(c, channels.error)
  const body = (
    <ChannelsPage
      channels={channels.value}
      kinds={channelKinds(services)}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
      values={more.values}
      errors={more.failure?.errors}
    />
  )
  return page(c, {
    title: 'Slack and Teams',
    section: 'settings',
    body,
    status: more.failure ? statusOf(more.failure.kind) : 200,
  })
}
