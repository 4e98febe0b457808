-- Which families of measures no longer tell the truth is kept by the database itself, so that no writer can forget it.
CREATE TRIGGER campaign_days_measures_insert AFTER INSERT ON campaign_days BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'spend', value FROM json_each(json_array(NEW.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER campaign_days_measures_update AFTER UPDATE ON campaign_days BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'spend', value FROM json_each(json_array(OLD.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'spend', value FROM json_each(json_array(NEW.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER campaign_days_measures_delete AFTER DELETE ON campaign_days BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'spend', value FROM json_each(json_array(OLD.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER payments_measures_insert AFTER INSERT ON payments BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'payments', value FROM json_each(json_array(NEW.business_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER payments_measures_update AFTER UPDATE ON payments BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'payments', value FROM json_each(json_array(OLD.business_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'payments', value FROM json_each(json_array(NEW.business_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER payments_measures_delete AFTER DELETE ON payments BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'payments', value FROM json_each(json_array(OLD.business_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER payout_lines_measures_insert AFTER INSERT ON payout_lines BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'payouts', value FROM json_each(json_array(NEW.business_day, (SELECT p.arrival_day FROM payouts AS p WHERE p.tenant_id = NEW.tenant_id AND p.source_id = NEW.source_id AND p.ext_id = NEW.payout_ext_id))) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER payout_lines_measures_update AFTER UPDATE ON payout_lines BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'payouts', value FROM json_each(json_array(OLD.business_day, (SELECT p.arrival_day FROM payouts AS p WHERE p.tenant_id = OLD.tenant_id AND p.source_id = OLD.source_id AND p.ext_id = OLD.payout_ext_id))) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'payouts', value FROM json_each(json_array(NEW.business_day, (SELECT p.arrival_day FROM payouts AS p WHERE p.tenant_id = NEW.tenant_id AND p.source_id = NEW.source_id AND p.ext_id = NEW.payout_ext_id))) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER payout_lines_measures_delete AFTER DELETE ON payout_lines BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'payouts', value FROM json_each(json_array(OLD.business_day, (SELECT p.arrival_day FROM payouts AS p WHERE p.tenant_id = OLD.tenant_id AND p.source_id = OLD.source_id AND p.ext_id = OLD.payout_ext_id))) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER payouts_measures_insert AFTER INSERT ON payouts BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'payouts', value FROM json_each(json_array(NEW.arrival_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (NEW.tenant_id, 'cash', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER payouts_measures_update AFTER UPDATE ON payouts BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'payouts', value FROM json_each(json_array(OLD.arrival_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'payouts', value FROM json_each(json_array(NEW.arrival_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'cash', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER payouts_measures_delete AFTER DELETE ON payouts BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'payouts', value FROM json_each(json_array(OLD.arrival_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'cash', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER invoices_measures_insert AFTER INSERT ON invoices BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'invoices', value FROM json_each(json_array(NEW.issued_day, NEW.paid_day, NEW.due_day, date(NEW.due_day, '+1 day'), date(NEW.due_day, '+31 days'), date(NEW.due_day, '+61 days'), date(NEW.due_day, '+91 days'))) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER invoices_measures_update AFTER UPDATE ON invoices BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'invoices', value FROM json_each(json_array(OLD.issued_day, OLD.paid_day, OLD.due_day, date(OLD.due_day, '+1 day'), date(OLD.due_day, '+31 days'), date(OLD.due_day, '+61 days'), date(OLD.due_day, '+91 days'))) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'invoices', value FROM json_each(json_array(NEW.issued_day, NEW.paid_day, NEW.due_day, date(NEW.due_day, '+1 day'), date(NEW.due_day, '+31 days'), date(NEW.due_day, '+61 days'), date(NEW.due_day, '+91 days'))) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER invoices_measures_delete AFTER DELETE ON invoices BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'invoices', value FROM json_each(json_array(OLD.issued_day, OLD.paid_day, OLD.due_day, date(OLD.due_day, '+1 day'), date(OLD.due_day, '+31 days'), date(OLD.due_day, '+61 days'), date(OLD.due_day, '+91 days'))) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER subscription_changes_measures_insert AFTER INSERT ON subscription_changes BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (NEW.tenant_id, 'subscriptions', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER subscription_changes_measures_update AFTER UPDATE ON subscription_changes BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'subscriptions', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER subscription_changes_measures_delete AFTER DELETE ON subscription_changes BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'subscriptions', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER subscriptions_measures_insert AFTER INSERT ON subscriptions BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (NEW.tenant_id, 'subscriptions', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER subscriptions_measures_update AFTER UPDATE ON subscriptions BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'subscriptions', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER subscriptions_measures_delete AFTER DELETE ON subscriptions BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'subscriptions', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER inventory_levels_measures_insert AFTER INSERT ON inventory_levels BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (NEW.tenant_id, 'stock', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER inventory_levels_measures_update AFTER UPDATE ON inventory_levels BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'stock', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER inventory_levels_measures_delete AFTER DELETE ON inventory_levels BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'stock', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER product_settings_measures_insert AFTER INSERT ON product_settings BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (NEW.tenant_id, 'stock', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER product_settings_measures_update AFTER UPDATE ON product_settings BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'stock', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER product_settings_measures_delete AFTER DELETE ON product_settings BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'stock', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER bank_deposits_measures_insert AFTER INSERT ON bank_deposits BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'books', value FROM json_each(json_array(NEW.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (NEW.tenant_id, 'cash', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER bank_deposits_measures_update AFTER UPDATE ON bank_deposits BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'books', value FROM json_each(json_array(OLD.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'books', value FROM json_each(json_array(NEW.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'cash', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER bank_deposits_measures_delete AFTER DELETE ON bank_deposits BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'books', value FROM json_each(json_array(OLD.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'cash', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER bills_measures_insert AFTER INSERT ON bills BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'books', value FROM json_each(json_array(NEW.issued_day, NEW.paid_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER bills_measures_update AFTER UPDATE ON bills BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'books', value FROM json_each(json_array(OLD.issued_day, OLD.paid_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'books', value FROM json_each(json_array(NEW.issued_day, NEW.paid_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER bills_measures_delete AFTER DELETE ON bills BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'books', value FROM json_each(json_array(OLD.issued_day, OLD.paid_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER expenses_measures_insert AFTER INSERT ON expenses BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'books', value FROM json_each(json_array(NEW.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER expenses_measures_update AFTER UPDATE ON expenses BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'books', value FROM json_each(json_array(OLD.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'books', value FROM json_each(json_array(NEW.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER expenses_measures_delete AFTER DELETE ON expenses BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'books', value FROM json_each(json_array(OLD.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_measures_insert AFTER INSERT ON ledger_accounts BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'books', value FROM json_each(json_array(NEW.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_measures_update AFTER UPDATE ON ledger_accounts BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'books', value FROM json_each(json_array(OLD.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'books', value FROM json_each(json_array(NEW.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_measures_delete AFTER DELETE ON ledger_accounts BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'books', value FROM json_each(json_array(OLD.day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER deals_measures_insert AFTER INSERT ON deals BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'deals', value FROM json_each(json_array(NEW.created_day, NEW.closed_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER deals_measures_update AFTER UPDATE ON deals BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'deals', value FROM json_each(json_array(OLD.created_day, OLD.closed_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'deals', value FROM json_each(json_array(NEW.created_day, NEW.closed_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER deals_measures_delete AFTER DELETE ON deals BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'deals', value FROM json_each(json_array(OLD.created_day, OLD.closed_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER orders_measures_insert AFTER INSERT ON orders BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'fulfilment', value FROM json_each(json_array(NEW.business_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER orders_measures_update AFTER UPDATE ON orders BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'fulfilment', value FROM json_each(json_array(OLD.business_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT NEW.tenant_id, 'fulfilment', value FROM json_each(json_array(NEW.business_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER orders_measures_delete AFTER DELETE ON orders BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day)
    SELECT OLD.tenant_id, 'fulfilment', value FROM json_each(json_array(OLD.business_day)) WHERE value IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
-- What a product costs is in the stock's value.
CREATE TRIGGER products_measures_update AFTER UPDATE ON products WHEN OLD.unit_cost IS NOT NEW.unit_cost OR OLD.currency IS NOT NEW.currency BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (NEW.tenant_id, 'stock', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
-- Which source's payments count depends on which others there are.
CREATE TRIGGER data_sources_measures_insert AFTER INSERT ON data_sources WHEN NEW.source_type = 'stripe' BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (NEW.tenant_id, 'payments', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
-- The first payment of a payment provider: from now on those that shops repeat do not count.
CREATE TRIGGER payments_measures_first AFTER INSERT ON payments
WHEN NOT EXISTS (SELECT 1 FROM payments WHERE tenant_id = NEW.tenant_id AND source_id = NEW.source_id AND ext_id <> NEW.ext_id)
  AND EXISTS (SELECT 1 FROM data_sources WHERE tenant_id = NEW.tenant_id AND id = NEW.source_id AND source_type = 'stripe') BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (NEW.tenant_id, 'payments', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER data_sources_measures_update AFTER UPDATE OF counts_as_sales ON data_sources
WHEN OLD.counts_as_sales IS NOT NEW.counts_as_sales BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (NEW.tenant_id, 'fulfilment', '') ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER data_sources_measures_delete AFTER DELETE ON data_sources
WHEN EXISTS (SELECT 1 FROM workspaces WHERE id = OLD.tenant_id) BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (OLD.tenant_id, 'payments', '') ON CONFLICT DO NOTHING;
  DELETE FROM measure_days WHERE tenant_id = OLD.tenant_id AND dimension = 'source:' || OLD.id;
END;
--> statement-breakpoint
-- Answers are kept for a version of the data; how a metric is computed is a part of it.
CREATE TRIGGER custom_metrics_insert AFTER INSERT ON custom_metrics BEGIN
  INSERT INTO data_versions (tenant_id, version, changed_at) VALUES (NEW.tenant_id, 1, NEW.updated_at)
    ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1, changed_at = excluded.changed_at;
END;
--> statement-breakpoint
CREATE TRIGGER custom_metrics_update AFTER UPDATE ON custom_metrics BEGIN
  INSERT INTO data_versions (tenant_id, version, changed_at) VALUES (NEW.tenant_id, 1, NEW.updated_at)
    ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1, changed_at = excluded.changed_at;
END;
--> statement-breakpoint
-- What is there already has never been added up.
INSERT INTO dirty_measures (tenant_id, family, day)
  SELECT DISTINCT s.tenant_id, family.value, '' FROM data_sources AS s
  CROSS JOIN json_each('["payments","payouts","invoices","subscriptions","spend","stock","books","deals","fulfilment","cash"]') AS family
  WHERE true ON CONFLICT DO NOTHING;

--> statement-breakpoint
-- Customers who become one person, or several again, change who is counted on the days of their sales, and which of
-- their orders was the first.
CREATE TRIGGER customers_person_moved AFTER UPDATE OF person_number ON customers
WHEN OLD.person_number IS NOT NEW.person_number BEGIN
  INSERT INTO dirty_customers (tenant_id, source_id, ext_id) VALUES (NEW.tenant_id, NEW.source_id, NEW.ext_id) ON CONFLICT DO NOTHING;
  INSERT INTO dirty_customers (tenant_id, source_id, ext_id)
    SELECT tenant_id, source_id, ext_id FROM customers
    WHERE tenant_id = NEW.tenant_id AND person_number IN (OLD.person_number, NEW.person_number) AND person_number IS NOT NULL
    ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day)
    SELECT tenant_id, order_day FROM sale_events WHERE tenant_id = NEW.tenant_id AND source_id = NEW.source_id
      AND customer_ext_id = NEW.ext_id AND kind = 'sale' AND counted = 1 AND deleted_at IS NULL
    ORDER BY order_day ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day)
    SELECT k.tenant_id, e.business_day FROM sale_events k CROSS JOIN sale_events e
      ON e.tenant_id = k.tenant_id AND e.source_id = k.source_id AND e.ext_id = k.ext_id
    WHERE k.tenant_id = NEW.tenant_id AND k.source_id = NEW.source_id
      AND k.customer_ext_id = NEW.ext_id AND k.kind = 'sale' AND k.counted = 1 AND k.deleted_at IS NULL
    ORDER BY k.order_day ON CONFLICT DO NOTHING;
END;
