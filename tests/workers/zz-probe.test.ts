import { expect, test } from 'vitest'
import { testEnv } from '../support/world.ts'
test('changes() in a batch', async () => {
  const db = testEnv.DB
  const r = await db.batch([
    db.prepare("INSERT INTO installation (key, value) VALUES ('a','1')"),
    db.prepare("UPDATE installation SET value='2' WHERE key='nope'"),
    db.prepare("INSERT INTO installation (key, value) SELECT 'b','x' WHERE changes() > 0"),
    db.prepare("UPDATE installation SET value='2' WHERE key='a'"),
    db.prepare("INSERT INTO installation (key, value) SELECT 'c','x' WHERE changes() > 0"),
    db.prepare("INSERT INTO installation (key, value) SELECT 'd','x' WHERE changes() > 0"),
    db.prepare("INSERT INTO installation (key, value) SELECT 'a','x' WHERE changes() > 5"),
    db.prepare("INSERT INTO installation (key, value) SELECT 'e','x' WHERE changes() > 0"),
  ])
  expect(r.map((x) => x.meta.changes)).toEqual([1, 0, 0, 1, 1, 1, 0, 0])
})
