CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`name` text NOT NULL,
	`secret_hash` text NOT NULL,
	`scopes` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text,
	`last_used_at` text,
	`revoked_at` text,
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `api_keys_tenant` ON `api_keys` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text,
	`queue` text NOT NULL,
	`body` text NOT NULL,
	`created_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `due` (
	`kind` text NOT NULL,
	`tenant_id` text NOT NULL,
	`ref` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`kind`, `tenant_id`, `ref`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `due_at` ON `due` (`kind`,`at`);--> statement-breakpoint
CREATE TABLE `fx_rates` (
	`currency` text NOT NULL,
	`day` text NOT NULL,
	`per_euro` text NOT NULL,
	`origin` text NOT NULL,
	PRIMARY KEY(`currency`, `day`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`tenant_id` text NOT NULL,
	`key` text NOT NULL,
	`route` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer,
	`body` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `key`, `route`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `installation` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `mails` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text,
	`kind` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`text_body` text NOT NULL,
	`html_body` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	`created_at` text NOT NULL,
	`sent_at` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `mails_created` ON `mails` (`created_at`);--> statement-breakpoint
CREATE INDEX `mails_tenant` ON `mails` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`tenant_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `person_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `memberships_person` ON `memberships` (`person_id`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text NOT NULL,
	`email_verified_at` text,
	`totp_secret` text,
	`totp_enabled_at` text,
	`totp_last_step` integer,
	`theme` text DEFAULT 'system' NOT NULL,
	`created_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `people_email` ON `people` (lower("email"));--> statement-breakpoint
CREATE TABLE `person_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`purpose` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `person_tokens_person` ON `person_tokens` (`person_id`);--> statement-breakpoint
CREATE TABLE `public_ids` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`ref` text NOT NULL,
	PRIMARY KEY(`kind`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`person_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`used_at` text,
	PRIMARY KEY(`person_id`, `code_hash`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`person_id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`idle_expires_at` integer NOT NULL,
	`absolute_expires_at` integer NOT NULL,
	`proved_at` integer NOT NULL,
	`agent` text NOT NULL,
	`ip_prefix` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `sessions_person` ON `sessions` (`person_id`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`time_zone` text NOT NULL,
	`currency` text NOT NULL,
	`locale` text NOT NULL,
	`week_start` integer NOT NULL,
	`fiscal_year_start` integer NOT NULL,
	`country` text NOT NULL,
	`industry` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `connectors` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`status` text NOT NULL,
	`credentials` text NOT NULL,
	`last_error` text,
	`last_used_at` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dashboards` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`layout` text NOT NULL,
	`widgets` text NOT NULL,
	`is_default` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `data_versions` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`changed_at` text NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `dirty_customers` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dirty_days` (
	`tenant_id` text NOT NULL,
	`day` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `day`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `import_versions` (
	`tenant_id` text NOT NULL,
	`import_id` text NOT NULL,
	`fact` text NOT NULL,
	`ext_id` text NOT NULL,
	`previous_import_id` text,
	`previous` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `import_id`, `fact`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `import_versions_previous` ON `import_versions` (`tenant_id`,`previous_import_id`);--> statement-breakpoint
CREATE TABLE `imports` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`source_id` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`stage` text NOT NULL,
	`file_name` text NOT NULL,
	`file_key` text NOT NULL,
	`file_bytes` integer NOT NULL,
	`mapping` text NOT NULL,
	`options` text NOT NULL,
	`notes` text NOT NULL,
	`rows_total` integer,
	`cursor_byte` integer DEFAULT 0 NOT NULL,
	`cursor_line` integer DEFAULT 0 NOT NULL,
	`rows_landed` integer DEFAULT 0 NOT NULL,
	`rows_unchanged` integer DEFAULT 0 NOT NULL,
	`rows_duplicate` integer DEFAULT 0 NOT NULL,
	`rows_failed` integer DEFAULT 0 NOT NULL,
	`sequence` integer,
	`overlaps` integer DEFAULT false NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`started_at` text,
	`moved_at` text,
	`completed_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `metrics_cache` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`metric_type` text NOT NULL,
	`period` text NOT NULL,
	`value` text,
	`metadata` text NOT NULL,
	`query_hash` text NOT NULL,
	`data_version` integer NOT NULL,
	`calculated_at` text NOT NULL,
	`expires_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `query_hash`, `metric_type`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `rollup_days` (
	`tenant_id` text NOT NULL,
	`book` text NOT NULL,
	`dimension` text NOT NULL,
	`day` text NOT NULL,
	`value` text NOT NULL,
	`currency` text NOT NULL,
	`orders` integer NOT NULL,
	`quantity` integer NOT NULL,
	`gross` integer NOT NULL,
	`discount` integer NOT NULL,
	`revenue` integer NOT NULL,
	`refunds` integer NOT NULL,
	`tax` integer NOT NULL,
	`shipping` integer NOT NULL,
	`cost` integer NOT NULL,
	`customers` text NOT NULL,
	`new_customers` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `book`, `dimension`, `day`, `value`, `currency`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `webhook_events` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`event_id` text NOT NULL,
	`type` text NOT NULL,
	`status` text NOT NULL,
	`payload_key` text NOT NULL,
	`error` text,
	`received_at` text NOT NULL,
	`processed_at` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `event_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `webhook_events_received` ON `webhook_events` (`tenant_id`,`source_id`,`received_at`);--> statement-breakpoint
CREATE INDEX `webhook_events_waiting` ON `webhook_events` (`tenant_id`,`received_at`) WHERE status = 'received';--> statement-breakpoint
CREATE INDEX `webhook_events_failed` ON `webhook_events` (`tenant_id`,`source_id`) WHERE status = 'failed';--> statement-breakpoint
CREATE TABLE `campaign_days` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`day` text NOT NULL,
	`channel` text NOT NULL,
	`campaign` text NOT NULL,
	`spend` integer NOT NULL,
	`clicks` integer,
	`impressions` integer,
	`currency` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `campaign_days_day` ON `campaign_days` (`tenant_id`,`day`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`name` text,
	`email` text,
	`phone` text,
	`company` text,
	`stage` text,
	`tags` text,
	`created_day` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `customers` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`number` integer NOT NULL,
	`name` text,
	`email` text,
	`country` text,
	`region` text,
	`city` text,
	`first_order_day` text,
	`created_day` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_number` ON `customers` (`tenant_id`,`number`);--> statement-breakpoint
CREATE TABLE `inventory_levels` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`product_ext_id` text NOT NULL,
	`location` text NOT NULL,
	`on_hand` integer NOT NULL,
	`available` integer,
	`day` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `invoices` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`number` text,
	`customer_ext_id` text,
	`customer_name` text,
	`customer_email` text,
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
CREATE INDEX `invoices_due` ON `invoices` (`tenant_id`,`status`,`due_day`);--> statement-breakpoint
CREATE TABLE `order_lines` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`order_ext_id` text NOT NULL,
	`position` integer NOT NULL,
	`product_ext_id` text,
	`title` text NOT NULL,
	`sku` text,
	`quantity` integer NOT NULL,
	`unit_price` integer,
	`discount` integer NOT NULL,
	`total` integer NOT NULL,
	`cost` integer,
	`currency` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `orders` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`ordered_at` text,
	`business_day` text NOT NULL,
	`customer_ext_id` text,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	`channel` text,
	`country` text,
	`region` text,
	`city` text,
	`net` integer NOT NULL,
	`tax` integer NOT NULL,
	`shipping` integer NOT NULL,
	`lines` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `payments` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`order_ext_id` text,
	`customer_ext_id` text,
	`amount` integer NOT NULL,
	`fee` integer,
	`currency` text NOT NULL,
	`happened_at` text NOT NULL,
	`business_day` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `payments_day` ON `payments` (`tenant_id`,`business_day`);--> statement-breakpoint
CREATE TABLE `payouts` (
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
	`status` text NOT NULL,
	`arrival_day` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `products` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`sku` text,
	`name` text NOT NULL,
	`category` text,
	`unit_price` integer,
	`unit_cost` integer,
	`currency` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sale_events` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`kind` text NOT NULL,
	`line_type` text NOT NULL,
	`happened_at` text,
	`business_day` text NOT NULL,
	`order_day` text NOT NULL,
	`order_ext_id` text NOT NULL,
	`customer_ext_id` text,
	`product_ext_id` text,
	`product_name` text,
	`category` text,
	`channel` text,
	`country` text,
	`region` text,
	`city` text,
	`currency` text NOT NULL,
	`quantity` integer NOT NULL,
	`gross` integer NOT NULL,
	`discount` integer NOT NULL,
	`net` integer NOT NULL,
	`tax` integer NOT NULL,
	`cost` integer,
	`counted` integer NOT NULL,
	`order_status` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sale_events_day` ON `sale_events` (`tenant_id`,`business_day`);--> statement-breakpoint
CREATE INDEX `sale_events_order_day` ON `sale_events` (`tenant_id`,`order_day`);--> statement-breakpoint
CREATE INDEX `sale_events_order` ON `sale_events` (`tenant_id`,`source_id`,`order_ext_id`);--> statement-breakpoint
CREATE INDEX `sale_events_customer` ON `sale_events` (`tenant_id`,`source_id`,`customer_ext_id`,`order_day`) WHERE kind = 'sale' AND counted = 1 AND deleted_at IS NULL AND customer_ext_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`tenant_id` text NOT NULL,
	`source_id` text NOT NULL,
	`ext_id` text NOT NULL,
	`import_id` text,
	`origin` text NOT NULL,
	`src_updated_at` integer NOT NULL,
	`hash` text NOT NULL,
	`deleted_at` text,
	`customer_ext_id` text,
	`status` text NOT NULL,
	`currency` text NOT NULL,
	`monthly` integer NOT NULL,
	`started_day` text NOT NULL,
	`canceled_day` text,
	`period_end_day` text,
	PRIMARY KEY(`tenant_id`, `source_id`, `ext_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`source_id`) REFERENCES `data_sources`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `data_sources` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`connector_id` text,
	`source_type` text NOT NULL,
	`name` text NOT NULL,
	`sync_status` text NOT NULL,
	`last_sync_at` text,
	`record_count` integer DEFAULT 0 NOT NULL,
	`counts_as_sales` integer NOT NULL,
	`is_demo` integer DEFAULT false NOT NULL,
	`last_error` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`connector_id`) REFERENCES `connectors`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `audit_log` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`at` text NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`detail` text NOT NULL,
	`request_id` text NOT NULL,
	`ip_prefix` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `event_receipts` (
	`tenant_id` text NOT NULL,
	`event_id` text NOT NULL,
	`listener` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `event_id`, `listener`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `invitations` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`invited_by` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`accepted_at` text,
	`revoked_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `outbox` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`payload` text NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `outbox_unsent` ON `outbox` (`tenant_id`,`sent_at`);