create table ingestion.readable_schemas (
    pipeline text not null,
    schema_name text not null,
    primary key (pipeline, schema_name)
);
comment on table ingestion.readable_schemas is 'The schemas that the console, the API and training may read because a pipeline declares so.';
