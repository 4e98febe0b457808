/** One connection's gate without its surroundings: one refresh for all who ask at once, and one bucket for all their calls. */
import type { Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { Credentials } from '../../../platform/vendor.ts'
import { type Bucket, fullBucket, holdBucket, type Pace, takeFrom } from '../domain/token-lease.ts'
import { connectorById } from '../store/connectors.ts'
import { type LeaseStorage, leaseCredentials } from './refresh.ts'
import { vendorOf } from './sealed.ts'

/** For a connection whose vendor tells no pace of its own. */
const CALM: Pace = { capacity: 10, perSecond: 2 }

export interface Gate {
  credentials(): Promise<Result<Credentials>>
  renewed(failedToken: string): Promise<Result<Credentials>>
  take(cost: number): Promise<number>
  hold(forMs: number): Promise<void>
}

export function createGate(
  servicesOf: () => Promise<Services>,
  storage: LeaseStorage,
  tenantId: string,
  id: string,
): Gate {
  // a refresh that waits for the vendor does not keep others from taking a call
  const [refreshing, counting] = [oneAtATime(), oneAtATime()]
  let asking: Promise<Result<Credentials>> | null = null
  let pace: Pace | null = null

  const lease = (failedToken?: string) =>
    refreshing(async () => leaseCredentials(await servicesOf(), storage, tenantId, id, failedToken))

  async function paceOf(services: Services): Promise<Pace> {
    if (pace) return pace
    const db = services.tenant(tenantId)
    const row = await db.get(connectorById(db, id))
    pace = (row && vendorOf(services, row.kind)?.bucket) ?? CALM
    return pace
  }

  async function changeBucket<T>(
    change: (bucket: Bucket, pace: Pace, now: number) => { bucket: Bucket; out: T },
  ) {
    const services = await servicesOf()
    const [known, now] = [await paceOf(services), services.clock.now()]
    const held = (await storage.get<Bucket>('bucket')) ?? fullBucket(known, now)
    const { bucket, out } = change(held, known, now)
    await storage.put('bucket', bucket)
    return out
  }

  return {
    credentials() {
      asking ??= lease().finally(() => {
        asking = null
      })
      return asking
    },
    renewed: (failedToken) => lease(failedToken),
    take: (cost) =>
      counting(() =>
        changeBucket((held, known, now) => {
          const { bucket, waitMs } = takeFrom(held, known, cost, now)
          return { bucket, out: waitMs }
        }),
      ),
    hold: (forMs) =>
      counting(() =>
        changeBucket((held, _pace, now) => ({ bucket: holdBucket(held, forMs, now), out: undefined })),
      ),
  }
}

/** One after another: whoever waited finds what the one before has done. */
function oneAtATime() {
  let turn: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }
}
