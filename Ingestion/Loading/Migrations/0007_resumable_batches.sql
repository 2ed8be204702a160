-- A batch that is committed in parts: what it will hold, and how far it is.
alter table ingestion.batches add column pending_identity uuid;
alter table ingestion.batches add column records_read bigint;
comment on column ingestion.batches.pending_identity is 'What the batch will hold, while parts of it are missing; its identity is null until then.';
comment on column ingestion.batches.records_read is 'The records of the source that the committed parts have read.';
