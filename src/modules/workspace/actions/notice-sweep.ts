/** What the minute's sweep begins for notices: mail that is due, and channels with something to post. */
import type { Services } from '../../../platform/services.ts'

/** A message that was sent is trusted for so long; then its work counts as lost and is sent again. */
const TRUSTED_MS = 5 * 60_000
const A_SWEEP = 200

export async function sendDueNotices(services: Services): Promise<void> {
  const { directory, queue, clock } = services
  const now = clock.now()
  const [people, channels] = await Promise.all([
    directory.dueWork('notice', now, A_SWEEP),
    directory.dueWork('notice-post', now, A_SWEEP),
  ])
  for (const { tenantId, ref } of people) await queue.send({ kind: 'notice.mail', tenantId, personId: ref })
  for (const { tenantId, ref } of channels)
    await queue.send({ kind: 'notice.post', tenantId, channelId: ref })
  const leases = [
    ...people.map(({ tenantId, ref }) => directory.dueStatement('notice', tenantId, ref, now + TRUSTED_MS)),
    ...channels.map(({ tenantId, ref }) =>
      directory.dueStatement('notice-post', tenantId, ref, now + TRUSTED_MS),
    ),
  ]
  if (leases.length > 0) await directory.transact(leases)
}
