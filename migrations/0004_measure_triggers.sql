-- Which families of measures no longer tell the truth is kept by the database itself, so that no writer can forget it.
CREATE TRIGGER campaign_days_inserted AFTER INSERT ON campaign_days BEGIN
  INSERT INTO dirty_measures (tenant_id, family, day) VALUES (NEW.tenant_id, 'spend', NEW.day) ON CONFLICT DO NOTHING;
END;
