/** A connection's health in a word, and when somebody last looked. */
import { Badge, type Tone } from '../../../views/badge.tsx'
import { Time } from '../../../views/time.tsx'
import type { ConnectorStatus, ConnectorView } from '../domain/connector.ts'

const WORDS: Record<ConnectorStatus, { tone: Tone; word: string }> = {
  connected: { tone: 'success', word: 'Working' },
  failed: { tone: 'error', word: 'Needs you' },
  disconnected: { tone: 'neutral', word: 'Disconnected' },
}

export interface Place {
  timeZone: string
  locale: string
}

export function HealthBadge({ status }: { status: ConnectorStatus }) {
  const { tone, word } = WORDS[status]
  return <Badge tone={tone}>{word}</Badge>
}

/** What is wrong, when something is; else when it was last seen to work. */
export function HealthLine({ connector, place }: { connector: ConnectorView; place: Place }) {
  const { status, lastError, lastCheckedAt, method } = connector
  if (status === 'failed') return <>{lastError ?? 'It no longer lets us in.'}</>
  if (status === 'disconnected') return <>What came from it is kept. Connect it again to go on.</>
  if (method === 'hook') return <>Only webhooks come in.</>
  if (lastError) return <>Last check: {lastError} We try again by ourselves.</>
  return lastCheckedAt ? (
    <>
      Checked <Time at={lastCheckedAt} {...place} />
    </>
  ) : (
    <>Not checked yet</>
  )
}
