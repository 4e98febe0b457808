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
-- A customer who appears after, or goes before, his sales changes who is counted on the days of these sales.
CREATE TRIGGER customers_inserted AFTER INSERT ON customers BEGIN
  INSERT INTO dirty_customers (tenant_id, source_id, ext_id)
    SELECT DISTINCT tenant_id, source_id, customer_ext_id FROM sale_events WHERE tenant_id = NEW.tenant_id AND source_id = NEW.source_id
      AND customer_ext_id = NEW.ext_id AND kind = 'sale' AND counted = 1 AND deleted_at IS NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day)
    SELECT DISTINCT tenant_id, order_day FROM sale_events WHERE tenant_id = NEW.tenant_id AND source_id = NEW.source_id
      AND customer_ext_id = NEW.ext_id AND kind = 'sale' AND counted = 1 AND deleted_at IS NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day)
    SELECT DISTINCT tenant_id, business_day FROM sale_events WHERE tenant_id = NEW.tenant_id AND source_id = NEW.source_id
      AND customer_ext_id = NEW.ext_id AND kind = 'sale' AND counted = 1 AND deleted_at IS NULL ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER customers_deleted AFTER DELETE ON customers BEGIN
  INSERT INTO dirty_days (tenant_id, day) SELECT OLD.tenant_id, OLD.first_order_day WHERE OLD.first_order_day IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day)
    SELECT DISTINCT tenant_id, order_day FROM sale_events WHERE tenant_id = OLD.tenant_id AND source_id = OLD.source_id
      AND customer_ext_id = OLD.ext_id AND kind = 'sale' AND counted = 1 AND deleted_at IS NULL ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day)
    SELECT DISTINCT tenant_id, business_day FROM sale_events WHERE tenant_id = OLD.tenant_id AND source_id = OLD.source_id
      AND customer_ext_id = OLD.ext_id AND kind = 'sale' AND counted = 1 AND deleted_at IS NULL ON CONFLICT DO NOTHING;
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
--> statement-breakpoint
-- A customer who comes (back) or goes while its orders stay changes who is counted on those days.
CREATE TRIGGER customers_numbered AFTER INSERT ON customers BEGIN
  INSERT INTO dirty_customers (tenant_id, source_id, ext_id)
    SELECT NEW.tenant_id, NEW.source_id, NEW.ext_id WHERE EXISTS (
      SELECT 1 FROM orders WHERE tenant_id = NEW.tenant_id AND source_id = NEW.source_id AND customer_ext_id = NEW.ext_id)
    ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day)
    SELECT DISTINCT e.tenant_id, e.business_day FROM orders o JOIN sale_events e
      ON e.tenant_id = o.tenant_id AND e.source_id = o.source_id AND e.order_ext_id = o.ext_id
    WHERE o.tenant_id = NEW.tenant_id AND o.source_id = NEW.source_id AND o.customer_ext_id = NEW.ext_id ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day)
    SELECT DISTINCT tenant_id, business_day FROM orders
    WHERE tenant_id = NEW.tenant_id AND source_id = NEW.source_id AND customer_ext_id = NEW.ext_id ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER customers_gone AFTER DELETE ON customers BEGIN
  INSERT INTO dirty_days (tenant_id, day)
    SELECT DISTINCT e.tenant_id, e.business_day FROM orders o JOIN sale_events e
      ON e.tenant_id = o.tenant_id AND e.source_id = o.source_id AND e.order_ext_id = o.ext_id
    WHERE o.tenant_id = OLD.tenant_id AND o.source_id = OLD.source_id AND o.customer_ext_id = OLD.ext_id ON CONFLICT DO NOTHING;
  INSERT INTO dirty_days (tenant_id, day)
    SELECT DISTINCT tenant_id, business_day FROM orders
    WHERE tenant_id = OLD.tenant_id AND source_id = OLD.source_id AND customer_ext_id = OLD.ext_id ON CONFLICT DO NOTHING;
END;
