/** When dashboards are mailed. */
import { and, eq } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { Schedule } from '../domain/dashboard-schedule.ts'
import { dashboardSchedules } from './dashboard-schema.ts'

export const schedulesOf = (db: TenantDb, dashboardId: string): Query<Schedule[]> =>
  db.rows(dashboardSchedules, eq(dashboardSchedules.dashboardId, dashboardId)) as Query<Schedule[]>

export const scheduleRow = (db: TenantDb, id: string): Query<Schedule | null> =>
  db.row(dashboardSchedules, eq(dashboardSchedules.id, id)) as Query<Schedule | null>

export const insertSchedule = (
  db: TenantDb,
  row: Omit<Schedule, 'lastSentAt' | 'lastError' | 'failures'> & { at: string },
): D1PreparedStatement => {
  const { at, ...schedule } = row
  return db.insert(dashboardSchedules, { ...schedule, createdAt: at, updatedAt: at })
}

export const changeSchedule = (
  db: TenantDb,
  id: string,
  set: Partial<Pick<Schedule, 'status' | 'nextAt' | 'outside' | 'lastError' | 'failures'>> & {
    updatedAt: string
  },
): D1PreparedStatement => db.update(dashboardSchedules, set, eq(dashboardSchedules.id, id))

export const removeSchedule = (db: TenantDb, id: string): D1PreparedStatement =>
  db.remove(dashboardSchedules, eq(dashboardSchedules.id, id))

/** Moves on from one due time to the next; nothing when another has done so already. */
export const advanceSchedule = (
  db: TenantDb,
  id: string,
  due: number,
  set: Partial<Pick<Schedule, 'status' | 'nextAt' | 'lastError' | 'failures' | 'lastSentAt'>> & {
    updatedAt: string
  },
): D1PreparedStatement =>
  db.update(dashboardSchedules, set, and(eq(dashboardSchedules.id, id), eq(dashboardSchedules.nextAt, due)))
