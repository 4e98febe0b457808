-- Which days and customers are dirty is kept by the database itself, so that no writer can forget it.
CREATE TRIGGER sale_events_inserted AFTER INSERT ON sale_events BEGIN
  INSERT INTO dirty_days (tenant_id, day) VALUES (NEW.tenant_id, NEW.business_day) ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day) VALUES (NEW.tenant_id, NEW.order_day) ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER sale_events_updated AFTER UPDATE ON sale_events BEGIN
  INSERT INTO dirty_days (tenant_id, day) VALUES (OLD.tenant_id, OLD.business_day) ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day) VALUES (OLD.tenant_id, OLD.order_day) ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day) VALUES (NEW.tenant_id, NEW.business_day) ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day) VALUES (NEW.tenant_id, NEW.order_day) ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER sale_events_deleted AFTER DELETE ON sale_events BEGIN
  INSERT INTO dirty_days (tenant_id, day) VALUES (OLD.tenant_id, OLD.business_day) ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day) VALUES (OLD.tenant_id, OLD.order_day) ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER sale_events_customer_inserted AFTER INSERT ON sale_events WHEN NEW.customer_ext_id IS NOT NULL BEGIN
  INSERT INTO dirty_customers (tenant_id, source_id, ext_id) VALUES (NEW.tenant_id, NEW.source_id, NEW.customer_ext_id) ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER sale_events_customer_updated AFTER UPDATE ON sale_events BEGIN
  INSERT INTO dirty_customers (tenant_id, source_id, ext_id)
    SELECT OLD.tenant_id, OLD.source_id, OLD.customer_ext_id WHERE OLD.customer_ext_id IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_customers (tenant_id, source_id, ext_id)
    SELECT NEW.tenant_id, NEW.source_id, NEW.customer_ext_id WHERE NEW.customer_ext_id IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER sale_events_customer_deleted AFTER DELETE ON sale_events WHEN OLD.customer_ext_id IS NOT NULL BEGIN
  INSERT INTO dirty_customers (tenant_id, source_id, ext_id) VALUES (OLD.tenant_id, OLD.source_id, OLD.customer_ext_id) ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER customers_first_day_moved AFTER UPDATE OF first_order_day ON customers
WHEN OLD.first_order_day IS NOT NEW.first_order_day BEGIN
  INSERT INTO dirty_days (tenant_id, day) SELECT OLD.tenant_id, OLD.first_order_day WHERE OLD.first_order_day IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day) SELECT NEW.tenant_id, NEW.first_order_day WHERE NEW.first_order_day IS NOT NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
-- A customer who appears after, or goes before, his sales changes who is counted on the days of these sales. Without
-- statistics SQLite prefers the first two columns of the key to an index, and would read all events of the source for
-- each customer: asking for the order of the index sale_events_customer makes it take that.
CREATE TRIGGER customers_inserted AFTER INSERT ON customers BEGIN
  INSERT INTO dirty_customers (tenant_id, source_id, ext_id)
    SELECT tenant_id, source_id, customer_ext_id FROM sale_events WHERE tenant_id = NEW.tenant_id AND source_id = NEW.source_id
      AND customer_ext_id = NEW.ext_id AND kind = 'sale' AND counted = 1 AND deleted_at IS NULL
    ORDER BY order_day LIMIT 1 ON CONFLICT DO NOTHING;
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
--> statement-breakpoint
CREATE TRIGGER customers_deleted AFTER DELETE ON customers BEGIN
  INSERT INTO dirty_days (tenant_id, day) SELECT OLD.tenant_id, OLD.first_order_day WHERE OLD.first_order_day IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day)
    SELECT tenant_id, order_day FROM sale_events WHERE tenant_id = OLD.tenant_id AND source_id = OLD.source_id
      AND customer_ext_id = OLD.ext_id AND kind = 'sale' AND counted = 1 AND deleted_at IS NULL
    ORDER BY order_day ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day)
    SELECT k.tenant_id, e.business_day FROM sale_events k CROSS JOIN sale_events e
      ON e.tenant_id = k.tenant_id AND e.source_id = k.source_id AND e.ext_id = k.ext_id
    WHERE k.tenant_id = OLD.tenant_id AND k.source_id = OLD.source_id
      AND k.customer_ext_id = OLD.ext_id AND k.kind = 'sale' AND k.counted = 1 AND k.deleted_at IS NULL
    ORDER BY k.order_day ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
-- A source that starts or stops counting as sales changes every day it has.
CREATE TRIGGER data_sources_counting_changed AFTER UPDATE OF counts_as_sales ON data_sources
WHEN OLD.counts_as_sales IS NOT NEW.counts_as_sales BEGIN
  INSERT INTO dirty_days (tenant_id, day)
    SELECT DISTINCT tenant_id, business_day FROM sale_events WHERE tenant_id = NEW.tenant_id AND source_id = NEW.id ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day)
    SELECT DISTINCT tenant_id, order_day FROM sale_events WHERE tenant_id = NEW.tenant_id AND source_id = NEW.id ON CONFLICT DO NOTHING;
  INSERT INTO dirty_customers (tenant_id, source_id, ext_id)
    SELECT tenant_id, source_id, ext_id FROM customers WHERE tenant_id = NEW.tenant_id AND source_id = NEW.id ON CONFLICT DO NOTHING;
END;
