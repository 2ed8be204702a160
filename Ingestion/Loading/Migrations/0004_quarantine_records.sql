-- What a retry needs: an id for each record, and its fields as they were read.
alter table ingestion.quarantine add column quarantine_id bigint generated always as identity primary key;
alter table ingestion.quarantine add column record text;
alter table ingestion.quarantine add column discarded_at timestamptz;
comment on column ingestion.quarantine.record is 'The fields as JSON, where the record could be split into fields: what a retry reads.';
comment on column ingestion.quarantine.discarded_at is 'When somebody decided not to load the record; it is kept, and left out of lists and retries.';
