/** Remarks on days: written, listed and taken away. Charts show those of their days. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type Annotation, parseAnnotation } from '../domain/annotations.ts'
import {
  annotationRow,
  annotationRows,
  insertAnnotation,
  MOST_ANNOTATIONS,
  removeAnnotation,
} from '../store/annotations.ts'

/** Of the days `from` to `to` (both optional, both included), the latest first. */
export async function listAnnotations(
  services: Services,
  actor: Actor,
  { from = '', to = '9999-12-31' }: { from?: string; to?: string } = {},
): Promise<Result<Annotation[]>> {
  if (!can(actor, 'foundry:read')) return forbidden('see remarks on days')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(annotationRows(db))
  return ok(rows.filter(({ day }) => day >= from && day <= to))
}

/** `input`: day and text. */
export async function createAnnotation(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<Annotation>> {
  if (!can(actor, 'foundry:write')) return forbidden('write remarks on days')
  const draft = parseAnnotation(input)
  if (!draft.ok) return draft
  const db = services.tenant(actor.tenantId)
  if ((await db.get(annotationRows(db))).length >= MOST_ANNOTATIONS)
    return fail(
      'conflict',
      'too-many-remarks',
      `There are ${MOST_ANNOTATIONS} remarks, which is the most. Remove some that no longer matter.`,
    )
  const now = services.clock.now()
  const at = isoInstant(now)
  const row = { id: uuidv7(now), ...draft.value, createdBy: actor.id, createdAt: at, updatedAt: at }
  await db.write([
    insertAnnotation(db, row),
    recordAudit(db, now, actor, 'annotation.created', row.id, draft.value),
  ])
  return ok(row)
}

export async function deleteAnnotation(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<Annotation>> {
  if (!can(actor, 'foundry:write')) return forbidden('remove remarks on days')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(annotationRow(db, id))
  if (!row) return notFound('remark')
  await db.write([
    removeAnnotation(db, id),
    recordAudit(db, services.clock.now(), actor, 'annotation.deleted', id, {
      day: row.day,
      text: row.text,
    }),
  ])
  return ok(row)
}
