-- What a batch holds, apart from its id: a file that was changed and put back has the same identity and another id. A batch of before
-- takes its id for it; one that was put back before is loaded once more, if it is still the newest.
alter table ingestion.batches add column identity uuid;
update ingestion.batches set identity = batch_id;
alter table ingestion.batches alter column identity set not null;
create index batches_source_file on ingestion.batches (table_name, source_file, finished_at);
