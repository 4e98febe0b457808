/** Which effects do not leave at once: the first ones after a publish, and mails that can be taken back. */
import type { EffectRequest, Hold, Sql } from '../../engine/ports.ts'
import type { Published } from '../../store/published.ts'

const MINUTE_MS = 60_000
/** Steps that reach people outside. */
const REACHES_PEOPLE = new Set(['mail.send', 'sms.send'])

export function holdOf(
  sql: Sql,
  { step, automationId }: EffectRequest,
  automation: Published | null,
  now: number,
): Hold | null {
  if (!automation) return null
  const { hold_first, undo_minutes } = automation.care
  if (hold_first > 0 && takeFirst(sql, automationId, automation.version, hold_first))
    return {
      kind: 'first',
      why: 'One of the first effects since it was published: look at it, then let it go.',
      until: null,
    }
  if (undo_minutes > 0 && REACHES_PEOPLE.has(step.action))
    return {
      kind: 'undo',
      why: `It can be taken back for ${undo_minutes} minutes.`,
      until: now + undo_minutes * MINUTE_MS,
    }
  return null
}

/** True for as many effects as are held after a publish. */
function takeFirst(sql: Sql, automationId: string, version: number, most: number): boolean {
  const name = `held ${automationId} ${version}`
  const [row] = sql.all<{ value: string }>('SELECT value FROM setting WHERE name = ?1', name)
  const held = Number(row?.value ?? 0)
  if (held >= most) return false
  sql.run(
    'INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2',
    name,
    String(held + 1),
  )
  return true
}
