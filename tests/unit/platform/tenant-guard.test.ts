import { expect, test } from 'vitest'
import { refuseUnscoped } from '../../../src/platform/tenant-db.ts'

test('raw SQL that binds the tenant for each table passes', () => {
  refuseUnscoped('SELECT * FROM orders WHERE tenant_id = ?1')
  refuseUnscoped('INSERT INTO orders (tenant_id) SELECT ?1 FROM json_each(?2)')
  refuseUnscoped(
    'WITH days AS (SELECT day FROM dirty_days WHERE tenant_id = ?1) SELECT * FROM orders o JOIN days ON true WHERE o.tenant_id = ?1',
  )
  refuseUnscoped(
    'INSERT INTO a (tenant_id) VALUES (?1) ON CONFLICT DO UPDATE SET x = excluded.x WHERE x IS DISTINCT FROM excluded.x',
  )
})

test('raw SQL that forgets the tenant is refused', () => {
  expect(() => refuseUnscoped('SELECT * FROM orders')).toThrow('orders')
  expect(() => refuseUnscoped('SELECT 1')).toThrow()
  expect(() =>
    refuseUnscoped('SELECT * FROM orders o JOIN customers c ON c.id = o.id WHERE o.tenant_id = ?1'),
  ).toThrow('customers')
  expect(() =>
    refuseUnscoped('DELETE FROM orders WHERE id IN (SELECT id FROM imports WHERE tenant_id = ?1)'),
  ).toThrow()
  expect(() => refuseUnscoped('UPDATE orders SET x = 1 WHERE tenant_id = ?10')).toThrow()
})
