/** What subscriptions move, customer by customer and day by day: from what each brings in a month, to MRR and its moves. */
import type { FamilySql } from './measure-sql.ts'

/**
 * `changes`: what a subscription brings from a day on; for one without a history, from its start to its end. `steps`:
 * by how much each change moves it. `moves`: the same for a customer and a day, with what all of the customer's
 * subscriptions bring after (`now`), so that two subscriptions of one customer are one subscriber.
 */
const TABLES = `changes AS (
    SELECT c.source_id, c.subscription_ext_id AS id, c.customer_ext_id AS customer, c.day, coalesce(c.happened_at, '') AS at,
      c.ext_id, c.monthly, c.currency
    FROM subscription_changes AS c WHERE c.tenant_id = ?1 AND c.deleted_at IS NULL
    UNION ALL
    SELECT s.source_id, s.ext_id, s.customer_ext_id, CASE edge.key WHEN 0 THEN s.started_day ELSE s.canceled_day END, '',
      edge.value, CASE edge.key WHEN 0 THEN s.monthly ELSE 0 END, s.currency
    FROM subscriptions AS s CROSS JOIN json_each('["start", "stop"]') AS edge
    WHERE s.tenant_id = ?1 AND s.deleted_at IS NULL AND s.status IN ('active', 'past_due', 'canceled')
      AND (edge.key = 0 OR s.canceled_day IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM subscription_changes AS c INDEXED BY subscription_changes_of
        WHERE c.tenant_id = ?1 AND c.source_id = s.source_id AND c.subscription_ext_id = s.ext_id AND c.deleted_at IS NULL)
  ), steps AS (
    SELECT source_id, coalesce(customer, id) AS who, day, currency,
      monthly - coalesce(lag(monthly) OVER (PARTITION BY source_id, id, currency ORDER BY day, at, ext_id), 0) AS step
    FROM changes
  ), days AS (
    SELECT source_id, who, currency, day, sum(step) AS step FROM steps GROUP BY 1, 2, 3, 4 HAVING sum(step) <> 0
  ), moves AS (
    SELECT source_id, who, currency, day, step,
      sum(step) OVER (PARTITION BY source_id, who, currency ORDER BY day) AS now,
      row_number() OVER (PARTITION BY source_id, who, currency ORDER BY day) AS nth
    FROM days
  )`

const entry = (measure: string, amount: string, when: string) => ({
  measure,
  day: 'f.day',
  amount: `CASE WHEN ${when} THEN ${amount} END`,
})

/** Before the day: `now - step`. */
const CAME = 'f.now > 0 AND f.now - f.step <= 0'
const LEFT = 'f.now <= 0 AND f.now - f.step > 0'
const STAYED = 'f.now > 0 AND f.now - f.step > 0'

export const SUBSCRIPTION_SQL: FamilySql = {
  tables: TABLES,
  arms: [
    {
      fact: 'subscriber',
      from: 'FROM moves AS f WHERE ?1 IS NOT NULL',
      entries: [
        entry('mrr_level', 'f.step', 'true'),
        entry('mrr_new', 'f.step', `${CAME} AND f.nth = 1`),
        entry('mrr_reactivated', 'f.step', `${CAME} AND f.nth > 1`),
        entry('mrr_expansion', 'f.step', `${STAYED} AND f.step > 0`),
        entry('mrr_contraction', '-f.step', `${STAYED} AND f.step < 0`),
        entry('mrr_churned', '-f.step', LEFT),
        entry('subscriber_level', '1', CAME),
        entry('subscriber_level', '-1', LEFT),
        entry('subscribers_new', '1', CAME),
        entry('subscribers_churned', '1', LEFT),
      ],
    },
  ],
}
