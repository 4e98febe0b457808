CREATE TABLE `metric_alert_events` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`alert_id` text NOT NULL,
	`period` text NOT NULL,
	`value` text,
	`expected` text,
	`words` text NOT NULL,
	`told` integer NOT NULL,
	`fired_at` text NOT NULL,
	`resolved_at` text,
	`acknowledged_at` text,
	`acknowledged_by` text,
	PRIMARY KEY(`tenant_id`, `alert_id`, `period`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`alert_id`) REFERENCES `metric_alerts`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `metric_alert_events_fired` ON `metric_alert_events` (`tenant_id`,`fired_at`);--> statement-breakpoint
CREATE TABLE `metric_alerts` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`metric` text NOT NULL,
	`filter` text,
	`granularity` text NOT NULL,
	`kind` text NOT NULL,
	`rule` text NOT NULL,
	`recipients` text NOT NULL,
	`status` text NOT NULL,
	`snoozed_until` text,
	`judged_period` text,
	`waiting_for` text,
	`last_fired_at` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `annotations` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`day` text NOT NULL,
	`text` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `annotations_day` ON `annotations` (`tenant_id`,`day`);--> statement-breakpoint
CREATE TABLE `dashboard_defaults` (
	`tenant_id` text NOT NULL,
	`person_id` text NOT NULL,
	`dashboard_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `person_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`dashboard_id`) REFERENCES `dashboards`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dashboard_schedules` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`dashboard_id` text NOT NULL,
	`rhythm` text NOT NULL,
	`recipients` text NOT NULL,
	`outside` text DEFAULT '{}' NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`query` text NOT NULL,
	`with_pdf` integer NOT NULL,
	`status` text NOT NULL,
	`next_at` integer,
	`last_sent_at` text,
	`last_error` text,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`dashboard_id`) REFERENCES `dashboards`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `dashboard_schedules_due` ON `dashboard_schedules` (`next_at`);--> statement-breakpoint
CREATE TABLE `dashboard_versions` (
	`tenant_id` text NOT NULL,
	`dashboard_id` text NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`layout` text NOT NULL,
	`widgets` text NOT NULL,
	`settings` text NOT NULL,
	`stack` text DEFAULT 'undo' NOT NULL,
	`changed_by` text,
	`changed_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `dashboard_id`, `version`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`dashboard_id`) REFERENCES `dashboards`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `bank_deposits` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`day` text NOT NULL,
	`account` text,
	`memo` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `bills` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`number` text,
	`vendor_name` text,
	`status` text NOT NULL,
	`currency` text NOT NULL,
	`total` integer NOT NULL,
	`paid` integer NOT NULL,
	`issued_day` text NOT NULL,
	`due_day` text,
	`paid_day` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `deals` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`name` text NOT NULL,
	`stage` text,
	`status` text NOT NULL,
	`amount` integer,
	`currency` text,
	`contact_ext_id` text,
	`created_day` text NOT NULL,
	`closed_day` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `expenses` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`day` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`category` text,
	`vendor_name` text,
	`memo` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `expenses_day` ON `expenses` (`tenant_id`,`day`);--> statement-breakpoint
CREATE TABLE `ledger_accounts` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`balance` integer NOT NULL,
	`currency` text NOT NULL,
	`day` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `payout_lines` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`payout_ext_id` text,
	`kind` text NOT NULL,
	`amount` integer NOT NULL,
	`fee` integer NOT NULL,
	`net` integer NOT NULL,
	`currency` text NOT NULL,
	`payment_ext_id` text,
	`order_ext_id` text,
	`happened_at` text NOT NULL,
	`business_day` text NOT NULL,
	`available_day` text,
	`description` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `payout_lines_payout` ON `payout_lines` (`tenant_id`,`source_id`,`payout_ext_id`);--> statement-breakpoint
CREATE INDEX `payout_lines_day` ON `payout_lines` (`tenant_id`,`business_day`);--> statement-breakpoint
CREATE TABLE `subscription_changes` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`subscription_ext_id` text NOT NULL,
	`customer_ext_id` text,
	`day` text NOT NULL,
	`happened_at` text,
	`monthly` integer NOT NULL,
	`currency` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `subscription_changes_of` ON `subscription_changes` (`tenant_id`,`source_id`,`subscription_ext_id`,`day`);--> statement-breakpoint
CREATE TABLE `custom_metric_versions` (
	`tenant_id` text NOT NULL,
	`metric_id` text NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`formula` text NOT NULL,
	`unit` text NOT NULL,
	`changed_by` text NOT NULL,
	`changed_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `metric_id`, `version`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`metric_id`) REFERENCES `custom_metrics`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `custom_metrics` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`formula` text NOT NULL,
	`unit` text NOT NULL,
	`less_is_better` integer NOT NULL,
	`version` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`archived_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `custom_metrics_key` ON `custom_metrics` (`tenant_id`,`key`);--> statement-breakpoint
CREATE TABLE `dirty_measures` (
	`tenant_id` text NOT NULL,
	`family` text NOT NULL,
	`day` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `family`, `day`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `measure_days` (
	`tenant_id` text NOT NULL,
	`measure` text NOT NULL,
	`dimension` text NOT NULL,
	`day` text NOT NULL,
	`value` text NOT NULL,
	`currency` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `measure`, `dimension`, `day`, `value`, `currency`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `metric_targets` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`metric` text NOT NULL,
	`granularity` text NOT NULL,
	`period` text NOT NULL,
	`value` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `metric_targets_of` ON `metric_targets` (`tenant_id`,`metric`,`granularity`,`period`);--> statement-breakpoint
CREATE TABLE `money_links` (
	`tenant_id` text NOT NULL,
	`kind` text NOT NULL,
	`left_source_id` text NOT NULL,
	`left_ext_id` text NOT NULL,
	`right_source_id` text NOT NULL,
	`right_ext_id` text NOT NULL,
	`rule` text NOT NULL,
	`refused` integer DEFAULT false NOT NULL,
	`made_by` text,
	`made_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `kind`, `left_source_id`, `left_ext_id`, `right_source_id`, `right_ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `money_links_right` ON `money_links` (`tenant_id`,`kind`,`right_source_id`,`right_ext_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `money_links_once` ON `money_links` (`tenant_id`,`kind`,`right_source_id`,`right_ext_id`) WHERE refused = 0;--> statement-breakpoint
CREATE TABLE `product_settings` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`product_ext_id` text NOT NULL,
	`lead_days` integer NOT NULL,
	`updated_by` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `product_ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `schema_drifts` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`stream` text NOT NULL,
	`path` text NOT NULL,
	`change` text NOT NULL,
	`detail` text NOT NULL,
	`seen_at` text NOT NULL,
	`acknowledged_at` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `stream`, `path`, `change`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `source_checks` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`measure` text NOT NULL,
	`day` text NOT NULL,
	`currency` text NOT NULL,
	`ours` integer NOT NULL,
	`theirs` integer NOT NULL,
	`reasons` text NOT NULL,
	`checked_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `measure`, `day`, `currency`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `source_mappings` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`stream` text NOT NULL,
	`version` integer NOT NULL,
	`mapping` text NOT NULL,
	`changed_by` text NOT NULL,
	`changed_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `stream`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sync_dead_records` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`source_id` text NOT NULL,
	`stream` text NOT NULL,
	`ext_id` text,
	`raw_key` text NOT NULL,
	`error` text NOT NULL,
	`status` text NOT NULL,
	`created_at` text NOT NULL,
	`settled_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sync_dead_records_of` ON `sync_dead_records` (`tenant_id`,`source_id`,`status`);--> statement-breakpoint
CREATE TABLE `sync_pages` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`stream` text NOT NULL,
	`id` text NOT NULL,
	`run_id` text,
	`raw_key` text NOT NULL,
	`records` integer NOT NULL,
	`keys` text,
	`seen` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `stream`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sync_pages_of_run` ON `sync_pages` (`tenant_id`,`run_id`);--> statement-breakpoint
CREATE TABLE `sync_runs` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`source_id` text NOT NULL,
	`stream` text NOT NULL,
	`mode` text NOT NULL,
	`trigger` text NOT NULL,
	`status` text NOT NULL,
	`window_from` integer,
	`window_to` integer,
	`pages` integer DEFAULT 0 NOT NULL,
	`rows_seen` integer DEFAULT 0 NOT NULL,
	`rows_written` integer DEFAULT 0 NOT NULL,
	`expected_rows` integer,
	`error` text,
	`started_at` text NOT NULL,
	`finished_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sync_runs_of` ON `sync_runs` (`tenant_id`,`source_id`,`started_at`);--> statement-breakpoint
CREATE TABLE `sync_streams` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`stream` text NOT NULL,
	`mode` text NOT NULL,
	`status` text NOT NULL,
	`run_id` text,
	`state` text,
	`window_from` integer,
	`window_to` integer,
	`synced_until` integer,
	`backfilled_to` integer,
	`backfill_target` integer,
	`attempt` integer DEFAULT 0 NOT NULL,
	`step` integer DEFAULT 0 NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`next_run_at` integer,
	`reconciled_at` integer,
	`wanted_from` integer,
	`replay_after` text,
	`whole_run_id` text,
	`last_ok_at` text,
	`last_error` text,
	`rows_seen` integer DEFAULT 0 NOT NULL,
	`rows_written` integer DEFAULT 0 NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `stream`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sync_streams_due` ON `sync_streams` (`next_run_at`);--> statement-breakpoint
ALTER TABLE `mails` ADD `attachments` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `mails` ADD `lease_until` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `dashboards` ADD `settings` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `dashboards` ADD `created_by` text;--> statement-breakpoint
ALTER TABLE `campaign_days` ADD `conversions` integer;--> statement-breakpoint
ALTER TABLE `campaign_days` ADD `conversion_value` integer;--> statement-breakpoint
ALTER TABLE `customers` ADD `person_number` integer;--> statement-breakpoint
CREATE INDEX `customers_person` ON `customers` (`tenant_id`,`person_number`) WHERE person_number IS NOT NULL;--> statement-breakpoint
ALTER TABLE `inventory_levels` ADD `committed` integer;--> statement-breakpoint
ALTER TABLE `inventory_levels` ADD `incoming` integer;--> statement-breakpoint
ALTER TABLE `invoices` ADD `memo` text;--> statement-breakpoint
ALTER TABLE `invoices` ADD `lines` text;--> statement-breakpoint
CREATE INDEX `invoices_issued` ON `invoices` (`tenant_id`,`issued_day`);--> statement-breakpoint
ALTER TABLE `orders` ADD `number` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `fulfilled_day` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `cancelled_day` text;--> statement-breakpoint
CREATE INDEX `orders_day` ON `orders` (`tenant_id`,`business_day`);--> statement-breakpoint
ALTER TABLE `data_sources` ADD `settings` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `data_sources` ADD `hook_secrets` text;--> statement-breakpoint
ALTER TABLE `data_sources` ADD `history_from` text;--> statement-breakpoint
ALTER TABLE `data_sources` ADD `last_data_at` integer;--> statement-breakpoint
ALTER TABLE `data_sources` ADD `quiet_since` integer;--> statement-breakpoint
CREATE INDEX `order_lines_order` ON `order_lines` (`tenant_id`,`source_id`,`order_ext_id`);--> statement-breakpoint
CREATE INDEX `payments_order` ON `payments` (`tenant_id`,`source_id`,`order_ext_id`);