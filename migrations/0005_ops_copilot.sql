CREATE TABLE `engine_wakes` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`due_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `engine_wakes_due` ON `engine_wakes` (`due_at`);--> statement-breakpoint
CREATE TABLE `take_aways` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`status` text NOT NULL,
	`step` integer DEFAULT 0 NOT NULL,
	`state` text NOT NULL,
	`rows` integer DEFAULT 0 NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`error` text,
	`requested_by` text NOT NULL,
	`requested_by_name` text NOT NULL,
	`created_at` text NOT NULL,
	`finished_at` text,
	`expires_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `automation_drafts` (
	`tenant_id` text NOT NULL,
	`automation_id` text NOT NULL,
	`stack` text NOT NULL,
	`n` integer NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `automation_id`, `stack`, `n`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`automation_id`) REFERENCES `automations`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `automation_runs` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`automation_id` text NOT NULL,
	`status` text NOT NULL,
	`state` text NOT NULL,
	`started_at` text NOT NULL,
	`completed_at` text,
	`result` text,
	`error` text,
	`version` integer NOT NULL,
	`cause` text NOT NULL,
	`subject` text,
	`contact` text,
	`why` text NOT NULL,
	`wakes_at` text,
	`moves` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`automation_id`) REFERENCES `automations`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `automation_runs_of` ON `automation_runs` (`tenant_id`,`automation_id`,`id`);--> statement-breakpoint
CREATE INDEX `automation_runs_status` ON `automation_runs` (`tenant_id`,`status`,`id`);--> statement-breakpoint
CREATE TABLE `automation_versions` (
	`tenant_id` text NOT NULL,
	`automation_id` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`name` text NOT NULL,
	`trigger_config` text NOT NULL,
	`actions` text NOT NULL,
	`stop_on` text NOT NULL,
	`care` text NOT NULL,
	`published_by` text NOT NULL,
	`published_by_name` text NOT NULL,
	`published_at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `automation_id`, `version`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`automation_id`) REFERENCES `automations`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `automations` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`status` text NOT NULL,
	`trigger_type` text NOT NULL,
	`trigger_config` text NOT NULL,
	`actions` text NOT NULL,
	`stop_on` text NOT NULL,
	`care` text NOT NULL,
	`version` integer NOT NULL,
	`published_version` integer,
	`owner_id` text,
	`paused_for` text,
	`origin` text,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`last_run_at` text,
	`deleted_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `copilot_settings` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`settings` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `automation_mails` (
	`tenant_id` text NOT NULL,
	`mail_id` text NOT NULL,
	`track_id` text NOT NULL,
	`automation_id` text NOT NULL,
	`run_id` text NOT NULL,
	`step_key` text NOT NULL,
	`template_id` text,
	`contact_id` text,
	`to_address` text NOT NULL,
	`subject` text NOT NULL,
	`stream` text NOT NULL,
	`links` text NOT NULL,
	`sent_at` text NOT NULL,
	`opened_at` text,
	`clicked_at` text,
	`replied_at` text,
	PRIMARY KEY(`tenant_id`, `mail_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `automation_mails_of` ON `automation_mails` (`tenant_id`,`automation_id`,`sent_at`);--> statement-breakpoint
CREATE INDEX `automation_mails_run` ON `automation_mails` (`tenant_id`,`run_id`);--> statement-breakpoint
CREATE INDEX `automation_mails_to` ON `automation_mails` (`tenant_id`,`to_address`,`sent_at`);--> statement-breakpoint
CREATE INDEX `automation_mails_track` ON `automation_mails` (`tenant_id`,`track_id`);--> statement-breakpoint
CREATE TABLE `email_templates` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`subject` text NOT NULL,
	`preheader` text NOT NULL,
	`blocks` text NOT NULL,
	`stream` text NOT NULL,
	`gallery_key` text,
	`version` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`deleted_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `mail_hits` (
	`tenant_id` text NOT NULL,
	`mail_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`link` integer,
	`verdict` text NOT NULL,
	`reasons` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `mail_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `approval_decisions` (
	`tenant_id` text NOT NULL,
	`approval_id` text NOT NULL,
	`person_id` text NOT NULL,
	`person_name` text NOT NULL,
	`verdict` text NOT NULL,
	`comment` text NOT NULL,
	`field_values` text NOT NULL,
	`way` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `approval_id`, `person_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tenant_id`,`approval_id`) REFERENCES `approvals`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `approvals` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`run_id` text NOT NULL,
	`step_key` text NOT NULL,
	`automation_id` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`approvers` text NOT NULL,
	`needed` integer NOT NULL,
	`excluded` text,
	`fields` text NOT NULL,
	`status` text NOT NULL,
	`due_at` text,
	`remind_at` text,
	`created_at` text NOT NULL,
	`decided_at` text,
	`told_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `approvals_open` ON `approvals` (`tenant_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `approvals_run` ON `approvals` (`tenant_id`,`run_id`);--> statement-breakpoint
CREATE TABLE `tasks` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`notes` text NOT NULL,
	`status` text NOT NULL,
	`priority` text NOT NULL,
	`assignee_id` text,
	`due_on` text,
	`repeats` text,
	`subject` text,
	`source` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`done_at` text,
	`done_by` text,
	`version` integer NOT NULL,
	`deleted_at` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tasks_open` ON `tasks` (`tenant_id`,`status`,`due_on`);--> statement-breakpoint
CREATE INDEX `tasks_assignee` ON `tasks` (`tenant_id`,`assignee_id`,`status`);--> statement-breakpoint
CREATE INDEX `tasks_subject` ON `tasks` (`tenant_id`,`subject`);--> statement-breakpoint
CREATE INDEX `tasks_dedupe` ON `tasks` (`tenant_id`,`dedupe_key`);