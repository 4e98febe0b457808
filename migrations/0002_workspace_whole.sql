CREATE TABLE `mail_events` (
	`mail_id` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`at` text NOT NULL,
	`detail` text DEFAULT '' NOT NULL,
	`external_id` text,
	PRIMARY KEY(`mail_id`, `id`),
	FOREIGN KEY (`mail_id`) REFERENCES `mails`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `mail_events_external` ON `mail_events` (`mail_id`,`external_id`);--> statement-breakpoint
CREATE TABLE `error_reports` (
	`fingerprint` text PRIMARY KEY NOT NULL,
	`message` text NOT NULL,
	`stack` text NOT NULL,
	`place` text NOT NULL,
	`count` integer NOT NULL,
	`first_at` text NOT NULL,
	`last_at` text NOT NULL,
	`request_id` text NOT NULL,
	`resolved_at` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `error_reports_last` ON `error_reports` (`last_at`);--> statement-breakpoint
CREATE TABLE `heartbeats` (
	`name` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`ok` integer NOT NULL,
	`ms` integer NOT NULL,
	`runs` integer DEFAULT 1 NOT NULL,
	`detail` text DEFAULT '' NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `usage_counters` (
	`day` text NOT NULL,
	`meter` text NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`day`, `meter`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `identities` (
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`person_id` text NOT NULL,
	`provider` text NOT NULL,
	`email` text NOT NULL,
	`created_at` text NOT NULL,
	`last_used_at` text,
	PRIMARY KEY(`issuer`, `subject`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `identities_person` ON `identities` (`person_id`);--> statement-breakpoint
CREATE TABLE `ownership_offers` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`from_person` text NOT NULL,
	`to_person` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`from_person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`to_person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text DEFAULT '[]' NOT NULL,
	`name` text NOT NULL,
	`backed_up` integer DEFAULT 0 NOT NULL,
	`created_at` text NOT NULL,
	`last_used_at` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `passkeys_person` ON `passkeys` (`person_id`);--> statement-breakpoint
CREATE TABLE `spent_tickets` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `spent_tickets_end` ON `spent_tickets` (`expires_at`);--> statement-breakpoint
CREATE TABLE `connector_apps` (
	`tenant_id` text NOT NULL,
	`kind` text NOT NULL,
	`client_id` text NOT NULL,
	`client_secret` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `kind`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contact_cards` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text DEFAULT '' NOT NULL,
	`email` text,
	`email_key` text,
	`phone` text,
	`company` text,
	`stage` text NOT NULL,
	`source` text NOT NULL,
	`source_detail` text DEFAULT '' NOT NULL,
	`consent` text NOT NULL,
	`consent_at` text,
	`consent_source` text,
	`consent_text` text,
	`fields_at` text NOT NULL,
	`owner_id` text,
	`note` text DEFAULT '' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`last_activity_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_cards_email` ON `contact_cards` (`tenant_id`,`email_key`);--> statement-breakpoint
CREATE INDEX `contact_cards_updated` ON `contact_cards` (`tenant_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `contact_cards_name` ON `contact_cards` (`tenant_id`,`name`,`id`);--> statement-breakpoint
CREATE TABLE `contact_events` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`contact_id` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`detail` text NOT NULL,
	`actor_name` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`contact_id`) REFERENCES `contact_cards`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `contact_events_contact` ON `contact_events` (`tenant_id`,`contact_id`,`at`);--> statement-breakpoint
CREATE TABLE `contact_forms` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`title` text NOT NULL,
	`lead` text DEFAULT '' NOT NULL,
	`fields` text NOT NULL,
	`consent_text` text DEFAULT '' NOT NULL,
	`tags` text NOT NULL,
	`thanks` text DEFAULT '' NOT NULL,
	`link_id` text NOT NULL,
	`submissions` integer DEFAULT 0 NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`archived_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contact_sources` (
	`tenant_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`source_id` text NOT NULL,
	`external_id` text NOT NULL,
	`at` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source_id`, `external_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`contact_id`) REFERENCES `contact_cards`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `contact_sources_contact` ON `contact_sources` (`tenant_id`,`contact_id`);--> statement-breakpoint
CREATE TABLE `contact_tags` (
	`tenant_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`tag` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `contact_id`, `tag`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`contact_id`) REFERENCES `contact_cards`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `contact_tags_tag` ON `contact_tags` (`tenant_id`,`tag`);--> statement-breakpoint
CREATE TABLE `inbound_mails` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`inbox_id` text,
	`in_reply_to` text,
	`from_address` text NOT NULL,
	`from_name` text NOT NULL,
	`subject` text NOT NULL,
	`text_body` text NOT NULL,
	`verdict` text NOT NULL,
	`message_id` text NOT NULL,
	`raw_key` text NOT NULL,
	`bytes` integer NOT NULL,
	`attachments` text NOT NULL,
	`received_at` text NOT NULL,
	`read_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `inbound_mails_received` ON `inbound_mails` (`tenant_id`,`received_at`);--> statement-breakpoint
CREATE INDEX `inbound_mails_from` ON `inbound_mails` (`tenant_id`,`from_address`);--> statement-breakpoint
CREATE TABLE `mail_inboxes` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`local_part` text NOT NULL,
	`name` text NOT NULL,
	`created_at` text NOT NULL,
	`archived_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `mail_suppressions` (
	`tenant_id` text NOT NULL,
	`address` text NOT NULL,
	`scope` text NOT NULL,
	`reason` text NOT NULL,
	`detail` text DEFAULT '' NOT NULL,
	`mail_id` text,
	`created_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `address`, `scope`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `channel_posts` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`channel_id` text NOT NULL,
	`kind` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`href` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	`created_at` text NOT NULL,
	`sent_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `channel_posts_dedupe` ON `channel_posts` (`tenant_id`,`channel_id`,`dedupe_key`);--> statement-breakpoint
CREATE INDEX `channel_posts_waiting` ON `channel_posts` (`tenant_id`,`channel_id`,`id`) WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX `channel_posts_sent` ON `channel_posts` (`tenant_id`,`channel_id`,`sent_at`);--> statement-breakpoint
CREATE TABLE `notice_channels` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`name` text NOT NULL,
	`url` text NOT NULL,
	`kinds` text NOT NULL,
	`status` text NOT NULL,
	`last_error` text,
	`last_sent_at` text,
	`posts_per_hour` integer NOT NULL,
	`held_until` integer DEFAULT 0 NOT NULL,
	`created_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `notice_mails` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`person_id` text NOT NULL,
	`urgent` integer NOT NULL,
	`claimed_at` integer NOT NULL,
	`sent_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `notice_mails_person` ON `notice_mails` (`tenant_id`,`person_id`,`claimed_at`);--> statement-breakpoint
CREATE TABLE `notice_preferences` (
	`tenant_id` text NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`in_app` integer NOT NULL,
	`mail` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `person_id`, `kind`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `notice_settings` (
	`tenant_id` text NOT NULL,
	`person_id` text NOT NULL,
	`time_zone` text NOT NULL,
	`quiet_from` integer NOT NULL,
	`quiet_until` integer NOT NULL,
	`digest_hour` integer NOT NULL,
	`digest_weekday` integer NOT NULL,
	`mails_per_hour` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `person_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `notifications` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`body` text DEFAULT '' NOT NULL,
	`href` text DEFAULT '' NOT NULL,
	`dedupe_key` text NOT NULL,
	`created_at` text NOT NULL,
	`in_app` integer DEFAULT true NOT NULL,
	`read_at` text,
	`mail_state` text NOT NULL,
	`mail_due_at` integer,
	`mail_id` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `notifications_dedupe` ON `notifications` (`tenant_id`,`person_id`,`dedupe_key`);--> statement-breakpoint
CREATE INDEX `notifications_person` ON `notifications` (`tenant_id`,`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `notifications_unread` ON `notifications` (`tenant_id`,`person_id`,`id`) WHERE read_at IS NULL AND in_app = 1;--> statement-breakpoint
CREATE INDEX `notifications_waiting` ON `notifications` (`tenant_id`,`person_id`,`mail_due_at`) WHERE mail_state = 'waiting';--> statement-breakpoint
CREATE INDEX `notifications_mail` ON `notifications` (`tenant_id`,`mail_id`,`id`) WHERE mail_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `privacy_requests` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`source` text NOT NULL,
	`topic` text NOT NULL,
	`external_id` text NOT NULL,
	`subject_email` text,
	`subject_ref` text,
	`detail` text NOT NULL,
	`status` text NOT NULL,
	`outcome` text NOT NULL,
	`file_key` text,
	`received_at` text NOT NULL,
	`due_at` text NOT NULL,
	`done_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `privacy_requests_external` ON `privacy_requests` (`tenant_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `privacy_requests_status` ON `privacy_requests` (`tenant_id`,`status`);--> statement-breakpoint
CREATE TABLE `comments` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`subject_type` text NOT NULL,
	`subject_id` text NOT NULL,
	`author_id` text NOT NULL,
	`author_name` text NOT NULL,
	`body` text NOT NULL,
	`mentions` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`edited_at` text,
	`deleted_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `comments_subject` ON `comments` (`tenant_id`,`subject_type`,`subject_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `files` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`subject_type` text DEFAULT '' NOT NULL,
	`subject_id` text DEFAULT '' NOT NULL,
	`name` text NOT NULL,
	`content_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`file_key` text NOT NULL,
	`uploaded_by` text NOT NULL,
	`uploaded_by_name` text NOT NULL,
	`created_at` text NOT NULL,
	`deleted_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `files_subject` ON `files` (`tenant_id`,`subject_type`,`subject_id`);--> statement-breakpoint
CREATE INDEX `files_created` ON `files` (`tenant_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `public_links` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`scope` text NOT NULL,
	`label` text NOT NULL,
	`secret_hash` text NOT NULL,
	`created_by` text NOT NULL,
	`created_by_name` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text,
	`revoked_at` text,
	`max_uses` integer,
	`uses` integer DEFAULT 0 NOT NULL,
	`last_used_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `public_links_ref` ON `public_links` (`tenant_id`,`kind`,`ref`);--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`endpoint_id` text NOT NULL,
	`event_id` text NOT NULL,
	`event_type` text NOT NULL,
	`body` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`log` text NOT NULL,
	`next_attempt_at` integer,
	`replay_of` text DEFAULT '' NOT NULL,
	`created_at` text NOT NULL,
	`settled_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`endpoint_id`) REFERENCES `webhook_endpoints`(`tenant_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_deliveries_event` ON `webhook_deliveries` (`tenant_id`,`endpoint_id`,`event_id`,`replay_of`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_newest` ON `webhook_deliveries` (`tenant_id`,`endpoint_id`,`id`);--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`url` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`events` text NOT NULL,
	`secrets` text NOT NULL,
	`status` text NOT NULL,
	`failing_since` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
DROP INDEX `mails_tenant`;--> statement-breakpoint
ALTER TABLE `mails` ADD `stream` text DEFAULT 'account' NOT NULL;--> statement-breakpoint
ALTER TABLE `mails` ADD `from_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `mails` ADD `reply_to` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `mails` ADD `headers` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `mails` ADD `dedupe_key` text;--> statement-breakpoint
ALTER TABLE `mails` ADD `provider` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `mails` ADD `provider_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_recipient` ON `mails` (`tenant_id`,lower("recipient"));--> statement-breakpoint
CREATE INDEX `mails_provider` ON `mails` (`provider`,`provider_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `mails_dedupe` ON `mails` (`tenant_id`,`dedupe_key`);--> statement-breakpoint
CREATE INDEX `mails_tenant` ON `mails` (`tenant_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `api_keys` ADD `mode` text DEFAULT 'live' NOT NULL;--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `error` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `replayed_at` text;--> statement-breakpoint
ALTER TABLE `idempotency_keys` ADD `headers` text;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `require_second_factor` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `sandbox_of` text;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `erase_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `workspaces_sandbox` ON `workspaces` (`sandbox_of`);--> statement-breakpoint
ALTER TABLE `connectors` ADD `account` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `connectors` ADD `account_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `connectors` ADD `scopes` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `connectors` ADD `roles` text DEFAULT '["owner","admin","member"]' NOT NULL;--> statement-breakpoint
ALTER TABLE `connectors` ADD `method` text DEFAULT 'hook' NOT NULL;--> statement-breakpoint
ALTER TABLE `connectors` ADD `last_checked_at` text;--> statement-breakpoint
ALTER TABLE `connectors` ADD `last_ok_at` text;--> statement-breakpoint
ALTER TABLE `connectors` ADD `expires_at` text;--> statement-breakpoint
CREATE INDEX `connectors_account` ON `connectors` (`kind`,`account`);--> statement-breakpoint
CREATE UNIQUE INDEX `connectors_own_account` ON `connectors` (`tenant_id`,`kind`,`account`) WHERE account <> '' AND method <> 'hook';--> statement-breakpoint
CREATE INDEX `outbox_order` ON `outbox` (`tenant_id`,`created_at`,`id`);