-- A new SQLite ledger as the migrations make it, in one step. Written by .ci/new_ledger.py.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE accreditation (
	campaign VARCHAR NOT NULL, 
	address_key VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	name VARCHAR NOT NULL, 
	organisation VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, is_newcomer BOOLEAN DEFAULT 0 NOT NULL, asked_at DATETIME, seats INTEGER DEFAULT '1' NOT NULL, reason VARCHAR DEFAULT '' NOT NULL, forced_by VARCHAR DEFAULT '' NOT NULL, forced_why VARCHAR DEFAULT '' NOT NULL, confirm_by DATETIME, in_place_of VARCHAR DEFAULT '' NOT NULL, is_freelance BOOLEAN DEFAULT 0 NOT NULL, card_kind VARCHAR DEFAULT '' NOT NULL, card_number VARCHAR DEFAULT '' NOT NULL, card_purge_at DATETIME, answer INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_accreditation PRIMARY KEY (campaign, address_key)
);

CREATE TABLE contact (
	id VARCHAR NOT NULL, 
	address_key VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	civility VARCHAR NOT NULL, 
	first_name VARCHAR NOT NULL, 
	last_name VARCHAR NOT NULL, 
	organisation VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	beat VARCHAR NOT NULL, 
	region VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	is_generic BOOLEAN NOT NULL, 
	alternates JSON NOT NULL, 
	notes JSON NOT NULL, 
	source VARCHAR NOT NULL, 
	changed_at DATETIME NOT NULL, search VARCHAR DEFAULT '' NOT NULL, former JSON DEFAULT '[]' NOT NULL, media VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_contact PRIMARY KEY (id), 
	CONSTRAINT uq_contact_address_key UNIQUE (address_key)
);

CREATE TABLE mailing (
	id VARCHAR NOT NULL, 
	campaign VARCHAR NOT NULL, 
	step VARCHAR NOT NULL, 
	rule JSON NOT NULL, 
	due_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	local_time VARCHAR NOT NULL, 
	time_zone VARCHAR NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	letterhead JSON NOT NULL, 
	default_language VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	started_at DATETIME, 
	note VARCHAR NOT NULL, audience INTEGER, facts JSON DEFAULT '{}' NOT NULL, provider VARCHAR DEFAULT '' NOT NULL, probe_after_s INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_mailing PRIMARY KEY (id), 
	CONSTRAINT uq_mailing_campaign_step UNIQUE (campaign, step)
);

CREATE INDEX ix_mailing_state_due_at ON mailing (state, due_at);

CREATE TABLE suppression (
	address_key VARCHAR NOT NULL, 
	scope VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	since DATETIME NOT NULL, 
	until DATETIME, 
	evidence VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	CONSTRAINT pk_suppression PRIMARY KEY (address_key, scope, reason)
);

CREATE TABLE chunk (
	id INTEGER NOT NULL, 
	mailing_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	epoch INTEGER NOT NULL, 
	worker VARCHAR, 
	lease_until DATETIME, 
	open_at DATETIME, 
	recovered BOOLEAN NOT NULL, probing BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_chunk PRIMARY KEY (id), 
	CONSTRAINT fk_chunk_mailing_id FOREIGN KEY(mailing_id) REFERENCES mailing (id) ON DELETE CASCADE, 
	CONSTRAINT uq_chunk_mailing_id_number UNIQUE (mailing_id, number)
);

CREATE INDEX ix_chunk_lease_until ON chunk (lease_until) WHERE lease_until IS NOT NULL;

CREATE INDEX ix_chunk_open_at ON chunk (open_at);

CREATE TABLE exclusion (
	mailing_id VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	contact JSON NOT NULL, 
	reason VARCHAR NOT NULL, 
	detail VARCHAR NOT NULL, 
	CONSTRAINT pk_exclusion PRIMARY KEY (mailing_id, place), 
	CONSTRAINT fk_exclusion_mailing_id FOREIGN KEY(mailing_id) REFERENCES mailing (id) ON DELETE CASCADE
);

CREATE TABLE membership (
	contact_id VARCHAR NOT NULL, 
	list VARCHAR NOT NULL, 
	CONSTRAINT pk_membership PRIMARY KEY (contact_id, list), 
	CONSTRAINT fk_membership_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
);

CREATE INDEX ix_membership_list ON membership (list);

CREATE TABLE "event" (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	source VARCHAR NOT NULL, 
	delivery_id VARCHAR, 
	address VARCHAR, 
	"match" VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	dead VARCHAR NOT NULL, 
	status_code VARCHAR NOT NULL, 
	quote TEXT NOT NULL, 
	rule VARCHAR NOT NULL, 
	raw BLOB NOT NULL, 
	address_key VARCHAR, 
	stored_at DATETIME NOT NULL, 
	judged_at DATETIME, stage VARCHAR, 
	CONSTRAINT pk_event PRIMARY KEY (id), 
	CONSTRAINT uq_event_key UNIQUE ("key")
);

CREATE INDEX ix_event_delivery_id ON event (delivery_id);

CREATE INDEX ix_event_address_key ON event (address_key);

CREATE INDEX ix_event_waiting ON event (id) WHERE judged_at IS NULL;

CREATE TABLE cursor (
	mailbox VARCHAR NOT NULL, 
	validity BIGINT NOT NULL, 
	uid BIGINT NOT NULL, 
	CONSTRAINT pk_cursor PRIMARY KEY (mailbox)
);

CREATE TABLE strike (
	"key" VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	count INTEGER NOT NULL, 
	why VARCHAR NOT NULL, 
	raw BLOB NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_strike PRIMARY KEY ("key")
);

CREATE TABLE forgotten (
	mark VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_forgotten PRIMARY KEY (mark)
);

CREATE TABLE forgetting (
	id INTEGER NOT NULL, 
	"key" BLOB NOT NULL, 
	CONSTRAINT pk_forgetting PRIMARY KEY (id)
);

CREATE TABLE pace (
	"key" VARCHAR NOT NULL, 
	free_at_s FLOAT NOT NULL, 
	factor FLOAT NOT NULL, 
	slowed_at_s FLOAT NOT NULL, 
	CONSTRAINT pk_pace PRIMARY KEY ("key")
);

CREATE TABLE turn (
	name VARCHAR NOT NULL, 
	at DATETIME NOT NULL, every_s INTEGER DEFAULT '0' NOT NULL, failures INTEGER DEFAULT '0' NOT NULL, failing_since DATETIME, failure TEXT DEFAULT '' NOT NULL, succeeded_at DATETIME, 
	CONSTRAINT pk_turn PRIMARY KEY (name)
);

CREATE TABLE notice (
	"key" VARCHAR NOT NULL, 
	what TEXT NOT NULL, 
	remedy TEXT NOT NULL, 
	found_at DATETIME NOT NULL, 
	free_at DATETIME NOT NULL, 
	told_at DATETIME, 
	CONSTRAINT pk_notice PRIMARY KEY ("key")
);

CREATE TABLE "variant" (
	mailing_id VARCHAR NOT NULL, 
	list VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	message TEXT NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	headline VARCHAR NOT NULL, 
	CONSTRAINT pk_variant PRIMARY KEY (mailing_id, list, language), 
	CONSTRAINT fk_variant_mailing_id FOREIGN KEY(mailing_id) REFERENCES mailing (id) ON DELETE CASCADE
);

CREATE INDEX ix_variant_content_hash ON variant (content_hash);

CREATE INDEX ix_variant_headline ON variant (headline);

CREATE TABLE "post" (
	id INTEGER NOT NULL, 
	body BLOB NOT NULL, 
	received_at DATETIME NOT NULL, 
	provider VARCHAR NOT NULL, 
	CONSTRAINT pk_post PRIMARY KEY (id)
);

CREATE TABLE "sign_off" (
	id INTEGER NOT NULL, 
	campaign VARCHAR NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	person VARCHAR NOT NULL, revision INTEGER DEFAULT '0' NOT NULL, refused_because VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_sign_off PRIMARY KEY (id)
);

CREATE INDEX ix_sign_off_campaign ON sign_off (campaign);

CREATE TABLE home (
	id INTEGER NOT NULL, 
	host VARCHAR NOT NULL, 
	location VARCHAR NOT NULL, 
	machine VARCHAR NOT NULL, 
	network JSON NOT NULL, 
	folder VARCHAR NOT NULL, 
	file VARCHAR NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_home PRIMARY KEY (id)
);

CREATE TABLE further_address (
	contact_id VARCHAR NOT NULL, 
	address_key VARCHAR NOT NULL, 
	is_former BOOLEAN NOT NULL, 
	CONSTRAINT pk_further_address PRIMARY KEY (contact_id, address_key), 
	CONSTRAINT fk_further_address_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
);

CREATE INDEX ix_further_address_address_key ON further_address (address_key);

CREATE TABLE revision (
	campaign VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	via VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	why VARCHAR NOT NULL, 
	restores INTEGER NOT NULL, 
	files JSON NOT NULL, 
	CONSTRAINT pk_revision PRIMARY KEY (campaign, number)
);

CREATE TABLE blob (
	sha256 VARCHAR NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_blob PRIMARY KEY (sha256)
);

CREATE TABLE working_copy (
	campaign VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	CONSTRAINT pk_working_copy PRIMARY KEY (campaign, path)
);

CREATE TABLE scratch (
	campaign VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	tab VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	base INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_scratch PRIMARY KEY (campaign, path, person, tab)
);

CREATE TABLE list_file (
	id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	list VARCHAR NOT NULL, 
	content BLOB NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_list_file PRIMARY KEY (id)
);

CREATE TABLE row_decision (
	"row" VARCHAR NOT NULL, 
	choice VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_row_decision PRIMARY KEY ("row")
);

CREATE TABLE person (
	id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	address_key VARCHAR, 
	roles JSON NOT NULL, 
	language VARCHAR NOT NULL, 
	disabled_at DATETIME, lists JSON DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT uq_person_address_key UNIQUE (address_key)
);

CREATE TABLE password (
	person VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	set_at DATETIME NOT NULL, 
	CONSTRAINT pk_password PRIMARY KEY (person), 
	CONSTRAINT fk_password_person_person FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
);

CREATE TABLE desk_session (
	token_hash VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	proved_at DATETIME NOT NULL, 
	agent VARCHAR NOT NULL, 
	ended_at DATETIME, method VARCHAR DEFAULT 'password' NOT NULL, place VARCHAR DEFAULT '' NOT NULL, issuer VARCHAR DEFAULT '' NOT NULL, subject VARCHAR DEFAULT '' NOT NULL, id_token VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_desk_session PRIMARY KEY (token_hash), 
	CONSTRAINT fk_desk_session_person_person FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
);

CREATE INDEX ix_desk_session_person ON desk_session (person);

CREATE TABLE one_time_link (
	token_hash VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT pk_one_time_link PRIMARY KEY (token_hash)
);

CREATE INDEX ix_one_time_link_person ON one_time_link (person);

CREATE TABLE kept_form (
	id VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	fields JSON NOT NULL, 
	kept_at DATETIME NOT NULL, 
	CONSTRAINT pk_kept_form PRIMARY KEY (id), 
	CONSTRAINT fk_kept_form_person_person FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
);

CREATE TABLE proposal (
	event_id INTEGER NOT NULL, 
	scope VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	decision VARCHAR, 
	decided_at DATETIME, 
	CONSTRAINT pk_proposal PRIMARY KEY (event_id, scope), 
	CONSTRAINT fk_proposal_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE
);

CREATE INDEX ix_proposal_decided_at ON proposal (decided_at);

CREATE TABLE trusted_time (
	boot VARCHAR NOT NULL, 
	host VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	steady_s FLOAT NOT NULL, 
	jumped_at DATETIME, 
	jump_s FLOAT DEFAULT '0' NOT NULL, 
	is_held BOOLEAN DEFAULT 0 NOT NULL, 
	is_confirmed BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_trusted_time PRIMARY KEY (boot)
);

CREATE TABLE directory_change (
	slot INTEGER NOT NULL, 
	count BIGINT NOT NULL, 
	CONSTRAINT pk_directory_change PRIMARY KEY (slot)
);

CREATE TRIGGER contact_insert_changes AFTER INSERT ON contact BEGIN INSERT INTO directory_change (slot, count) VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1; END;

CREATE TRIGGER contact_update_changes AFTER UPDATE ON contact BEGIN INSERT INTO directory_change (slot, count) VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1; END;

CREATE TRIGGER contact_delete_changes AFTER DELETE ON contact BEGIN INSERT INTO directory_change (slot, count) VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1; END;

CREATE TRIGGER membership_insert_changes AFTER INSERT ON membership BEGIN INSERT INTO directory_change (slot, count) VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1; END;

CREATE TRIGGER membership_update_changes AFTER UPDATE ON membership BEGIN INSERT INTO directory_change (slot, count) VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1; END;

CREATE TRIGGER membership_delete_changes AFTER DELETE ON membership BEGIN INSERT INTO directory_change (slot, count) VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1; END;

CREATE TRIGGER suppression_insert_changes AFTER INSERT ON suppression BEGIN INSERT INTO directory_change (slot, count) VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1; END;

CREATE TRIGGER suppression_update_changes AFTER UPDATE ON suppression BEGIN INSERT INTO directory_change (slot, count) VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1; END;

CREATE TRIGGER suppression_delete_changes AFTER DELETE ON suppression BEGIN INSERT INTO directory_change (slot, count) VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1; END;

CREATE TRIGGER accreditation_insert_changes AFTER INSERT ON accreditation BEGIN INSERT INTO directory_change (slot, count) VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1; END;

CREATE TRIGGER accreditation_update_changes AFTER UPDATE ON accreditation BEGIN INSERT INTO directory_change (slot, count) VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1; END;

CREATE TRIGGER accreditation_delete_changes AFTER DELETE ON accreditation BEGIN INSERT INTO directory_change (slot, count) VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1; END;

CREATE TABLE phone_call (
	id INTEGER NOT NULL, 
	address_key VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	person VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	campaign VARCHAR NOT NULL, 
	again_on VARCHAR NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_phone_call PRIMARY KEY (id)
);

CREATE INDEX ix_phone_call_address_key ON phone_call (address_key);

CREATE TABLE suspension (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	person VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	why VARCHAR NOT NULL, 
	CONSTRAINT pk_suspension PRIMARY KEY (id)
);

CREATE TABLE signed_step (
	campaign VARCHAR NOT NULL, 
	step VARCHAR NOT NULL, 
	local_time VARCHAR NOT NULL, 
	rule JSON NOT NULL, 
	texts JSON NOT NULL, 
	recipients BLOB NOT NULL, 
	CONSTRAINT pk_signed_step PRIMARY KEY (campaign, step)
);

CREATE TABLE accreditation_change (
	id INTEGER NOT NULL, 
	campaign VARCHAR NOT NULL, 
	address_key VARCHAR NOT NULL, 
	answer INTEGER NOT NULL, 
	"before" JSON, 
	"after" JSON NOT NULL, 
	at DATETIME NOT NULL, 
	person VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	via VARCHAR NOT NULL, 
	CONSTRAINT pk_accreditation_change PRIMARY KEY (id)
);

CREATE INDEX ix_accreditation_change_campaign_address_key_answer ON accreditation_change (campaign, address_key, answer);

CREATE INDEX ix_accreditation_change_address_key ON accreditation_change (address_key);

CREATE TABLE "delivery" (
	id VARCHAR NOT NULL, 
	mailing_id VARCHAR NOT NULL, 
	chunk_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	contact_id VARCHAR NOT NULL, 
	address_key VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	list VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	fields JSON NOT NULL, 
	status VARCHAR NOT NULL, 
	epoch INTEGER NOT NULL, 
	attempt INTEGER NOT NULL, 
	not_before DATETIME, 
	reply VARCHAR NOT NULL, 
	peer_id VARCHAR NOT NULL, 
	changed_at DATETIME, 
	acceptance VARCHAR, 
	stage VARCHAR, 
	given_up_after INTEGER, 
	answer INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_delivery PRIMARY KEY (id), 
	CONSTRAINT fk_delivery_chunk_id FOREIGN KEY(chunk_id) REFERENCES chunk (id) ON DELETE CASCADE, 
	CONSTRAINT fk_delivery_mailing_id FOREIGN KEY(mailing_id) REFERENCES mailing (id) ON DELETE CASCADE, 
	CONSTRAINT uq_delivery_mailing_id_address_key_answer UNIQUE (mailing_id, address_key, answer)
);

CREATE INDEX ix_delivery_address_key ON delivery (address_key);

CREATE INDEX ix_delivery_mailing_id_place ON delivery (mailing_id, place);

CREATE INDEX ix_delivery_chunk_id_place ON delivery (chunk_id, place);

CREATE TABLE amendment (
	campaign VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	note TEXT NOT NULL, 
	drafted_at DATETIME NOT NULL, 
	launched_at DATETIME, 
	fingerprint VARCHAR NOT NULL, 
	uid VARCHAR NOT NULL, 
	organizer VARCHAR NOT NULL, 
	sequence INTEGER NOT NULL, 
	CONSTRAINT pk_amendment PRIMARY KEY (campaign, version)
);

CREATE TABLE job (
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	actor JSON NOT NULL, 
	asked JSON NOT NULL, 
	asked_at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	done INTEGER NOT NULL, 
	total INTEGER NOT NULL, 
	worker VARCHAR NOT NULL, 
	lease_until DATETIME, 
	is_cancel_asked BOOLEAN NOT NULL, 
	ended_at DATETIME, 
	result JSON NOT NULL, 
	problems JSON NOT NULL, 
	CONSTRAINT pk_job PRIMARY KEY (id)
);

CREATE INDEX ix_job_state_asked_at ON job (state, asked_at);

CREATE INDEX ix_job_person_asked_at ON job (person, asked_at);

CREATE TABLE register_look (
	campaign VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	person VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	CONSTRAINT pk_register_look PRIMARY KEY (campaign)
);

CREATE TABLE coverage (
	number INTEGER NOT NULL, 
	campaign VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	outlet VARCHAR NOT NULL, 
	published_on DATE NOT NULL, 
	link TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	person VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	CONSTRAINT pk_coverage PRIMARY KEY (number)
);

CREATE INDEX ix_coverage_campaign ON coverage (campaign);

CREATE TABLE link_key (
	purpose VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_link_key PRIMARY KEY (purpose)
);

CREATE TABLE sign_off_reminder (
	campaign VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	due_at DATETIME NOT NULL, 
	claimed_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT pk_sign_off_reminder PRIMARY KEY (campaign, person, due_at)
);

CREATE TABLE exported_file (
	job VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	media_type VARCHAR NOT NULL, 
	content BLOB NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_exported_file PRIMARY KEY (job)
);

CREATE INDEX ix_exported_file_made_at ON exported_file (made_at);

CREATE TABLE accepted_finding (
	campaign VARCHAR NOT NULL, 
	finding VARCHAR NOT NULL, 
	"check" VARCHAR NOT NULL, 
	why TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	person VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	CONSTRAINT pk_accepted_finding PRIMARY KEY (campaign, finding)
);

CREATE TABLE "journal" (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR NOT NULL, 
	action VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	detail VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	via VARCHAR NOT NULL, 
	salt VARCHAR NOT NULL, 
	words_hash VARCHAR NOT NULL, 
	rewritten VARCHAR NOT NULL, 
	previous VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	CONSTRAINT pk_journal PRIMARY KEY (id), 
	CONSTRAINT uq_journal_previous UNIQUE (previous)
);

CREATE INDEX ix_journal_subject ON journal (subject);

CREATE TRIGGER journal_line_never_changes BEFORE UPDATE ON journal
  WHEN NEW.salt = OLD.salt OR NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.person IS NOT OLD.person OR NEW.via IS NOT OLD.via OR NEW.action IS NOT OLD.action OR NEW.words_hash IS NOT OLD.words_hash OR NEW.rewritten IS NOT OLD.rewritten OR NEW.previous IS NOT OLD.previous OR NEW.hash IS NOT OLD.hash BEGIN SELECT RAISE(ABORT, 'a line of the journal is never changed or removed'); END;

CREATE TRIGGER journal_line_is_never_removed BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'a line of the journal is never changed or removed'); END;

CREATE TRIGGER journal_line_follows_the_last BEFORE INSERT ON journal
  WHEN NEW.id <= (SELECT max(id) FROM journal)
  OR EXISTS (SELECT 1 FROM journal WHERE previous = NEW.previous) BEGIN SELECT RAISE(ABORT, 'a line of the journal is never changed or removed'); END;

CREATE TABLE service_process (
	id VARCHAR NOT NULL, 
	host VARCHAR NOT NULL, 
	version VARCHAR NOT NULL, 
	roles VARCHAR NOT NULL, 
	started_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	trouble TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_service_process PRIMARY KEY (id)
);

CREATE TABLE identity (
	issuer VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	granted JSON NOT NULL, 
	linked_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_identity PRIMARY KEY (issuer, subject), 
	CONSTRAINT fk_identity_person_person FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
);

CREATE INDEX ix_identity_person ON identity (person);

CREATE TABLE waiting_identity (
	issuer VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	asked_at DATETIME NOT NULL, 
	CONSTRAINT pk_waiting_identity PRIMARY KEY (issuer, subject), 
	CONSTRAINT fk_waiting_identity_person_person FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
);

CREATE INDEX ix_waiting_identity_person ON waiting_identity (person);

CREATE TABLE used_proof (
	hash VARCHAR NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_used_proof PRIMARY KEY (hash)
);

CREATE TABLE comment (
	id INTEGER NOT NULL, 
	campaign VARCHAR NOT NULL, 
	file VARCHAR NOT NULL, 
	quote TEXT NOT NULL, 
	words TEXT NOT NULL, 
	person VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	closed_at DATETIME, 
	closed_by VARCHAR NOT NULL, 
	CONSTRAINT pk_comment PRIMARY KEY (id)
);

CREATE INDEX ix_comment_campaign ON comment (campaign);

CREATE TABLE comment_answer (
	id INTEGER NOT NULL, 
	comment INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	person VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_comment_answer PRIMARY KEY (id), 
	CONSTRAINT fk_comment_answer_comment FOREIGN KEY(comment) REFERENCES comment (id) ON DELETE CASCADE
);

CREATE INDEX ix_comment_answer_comment ON comment_answer (comment);

CREATE TABLE schema_generation (
	generation INTEGER NOT NULL, 
	CONSTRAINT pk_schema_generation PRIMARY KEY (generation)
);

CREATE TABLE public_release (
	mailing_id VARCHAR NOT NULL, 
	list VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	headline TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	code VARCHAR NOT NULL, 
	tells_amendment BOOLEAN NOT NULL, 
	public_from DATETIME, 
	CONSTRAINT pk_public_release PRIMARY KEY (mailing_id, list, language), 
	CONSTRAINT fk_public_release_mailing_id_mailing FOREIGN KEY(mailing_id) REFERENCES mailing (id) ON DELETE CASCADE
);

CREATE TABLE release_withdrawal (
	campaign VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	person VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	why TEXT NOT NULL, 
	CONSTRAINT pk_release_withdrawal PRIMARY KEY (campaign, version)
);

CREATE TABLE code_generator (
	person VARCHAR NOT NULL, 
	secret VARCHAR NOT NULL, 
	set_at DATETIME NOT NULL, 
	last_step BIGINT NOT NULL, 
	CONSTRAINT pk_code_generator PRIMARY KEY (person), 
	CONSTRAINT fk_code_generator_person_person FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
);

CREATE TABLE recovery_code (
	person VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	CONSTRAINT pk_recovery_code PRIMARY KEY (person, hash), 
	CONSTRAINT fk_recovery_code_person_person FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
);

CREATE TABLE passkey (
	id VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	public_key BLOB NOT NULL, 
	sign_count BIGINT NOT NULL, 
	name VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT pk_passkey PRIMARY KEY (id), 
	CONSTRAINT fk_passkey_person_person FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
);

CREATE INDEX ix_passkey_person ON passkey (person);

CREATE TABLE waiting_mail (
	person VARCHAR NOT NULL, 
	"on" DATE NOT NULL, 
	tasks JSON NOT NULL, 
	claimed_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT pk_waiting_mail PRIMARY KEY (person, "on")
);

CREATE TABLE partner_request (
	id INTEGER NOT NULL, 
	campaign VARCHAR NOT NULL, 
	partner VARCHAR NOT NULL, 
	address_key VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	organisation VARCHAR NOT NULL, 
	seats INTEGER NOT NULL, 
	is_freelance BOOLEAN NOT NULL, 
	card_kind VARCHAR NOT NULL, 
	card_number VARCHAR NOT NULL, 
	card_purge_at DATETIME, 
	person VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	decision VARCHAR, 
	reason VARCHAR NOT NULL, 
	decided_by VARCHAR NOT NULL, 
	decided_at DATETIME, 
	CONSTRAINT pk_partner_request PRIMARY KEY (id)
);

CREATE INDEX ix_partner_request_campaign ON partner_request (campaign);

CREATE INDEX ix_partner_request_address_key ON partner_request (address_key);

CREATE TABLE folder_file (
	folder VARCHAR NOT NULL, 
	campaign VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	CONSTRAINT pk_folder_file PRIMARY KEY (folder, campaign, path)
);

INSERT INTO alembic_version (version_num) VALUES ('0044');

