/** Remarks on days as rows. */
import { desc, eq } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { Annotation } from '../domain/annotations.ts'
import { annotations } from './schema.ts'

/** Also how many a workspace may have, so that every chart knows all of its days. */
export const MOST_ANNOTATIONS = 1000

/** All of them, the latest days first: a dashboard knows its range only after it has read. */
export const annotationRows = (db: TenantDb): Query<Annotation[]> =>
  db.rows(annotations, undefined, {
    orderBy: [desc(annotations.day), desc(annotations.id)],
    limit: MOST_ANNOTATIONS,
  })

export const annotationRow = (db: TenantDb, id: string): Query<Annotation | null> =>
  db.row(annotations, eq(annotations.id, id))

export const insertAnnotation = (db: TenantDb, row: Annotation): D1PreparedStatement =>
  db.insert(annotations, row)

export const removeAnnotation = (db: TenantDb, id: string): D1PreparedStatement =>
  db.remove(annotations, eq(annotations.id, id))
