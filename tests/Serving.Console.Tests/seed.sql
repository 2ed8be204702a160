-- A warehouse as the worker and the run engine leave it: two pipelines, of which one failed; a run of models with a failing test.
insert into ingestion.runs (run_id, pipeline, kind, queued_at, started_at, finished_at, status, row_count, quarantined_count, reason, worker) values
    ('01a224b8-09f9-7b55-85a6-d0a82fab0c5d', 'cars', 'Start', now() - interval '21 min', now() - interval '20 min', now() - interval '19 min', 'Succeeded', 4030, 0, '', 'w1'),
    ('01a224b8-0a74-72c8-829d-d6e568e69eea', 'leads', 'Schedule', now() - interval '11 min', now() - interval '10 min', now() - interval '9 min', 'Failed', 43475, 2,
     'models: 1 test fails <img src=x onerror=alert(1)>', 'w1');
insert into ingestion.run_steps (run_id, step, kind, status, started_at, finished_at, row_count, quarantined_count, reason) values
    ('01a224b8-0a74-72c8-829d-d6e568e69eea', 'ingest', 'ingest', 'Succeeded', now() - interval '10 min', now() - interval '580 s', 43475, 2, ''),
    ('01a224b8-0a74-72c8-829d-d6e568e69eea', 'models', 'build', 'Failed', now() - interval '580 s', now() - interval '540 s', 0, 0, '1 test fails'),
    ('01a224b8-0a74-72c8-829d-d6e568e69eea', 'train', 'train', 'Skipped', null, null, 0, 0, '');
insert into ingestion.run_logs (run_id, step, attempt, logged_at, level, message) values
    ('01a224b8-0a74-72c8-829d-d6e568e69eea', 'ingest', 1, now() - interval '590 s', 'Information', 'Loaded 20062 rows into raw.lead_dataset in 1.7 s'),
    ('01a224b8-0a74-72c8-829d-d6e568e69eea', 'models', 1, now() - interval '550 s', 'Error', 'not_null_dim_lead_contact_id fails <script>alert(6)</script>');

insert into ingestion.batches (batch_id, identity, table_name, source_file, content_hash, row_count, quarantined_count, started_at, finished_at) values
    ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000001', 'lead_dataset', 'leads/lead_dataset.csv', 'a', 20062, 2,
     now() - interval '40 days', now() - interval '40 days'),
    ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000002', 'cars', 'products:public.cars', 'b', 10, 0, now() - interval '1 h', now() - interval '1 h');
insert into ingestion.quarantine (batch_id, table_name, source_file, source_line, field, reason, raw_text, quarantined_at) values
    ('00000000-0000-4000-8000-000000000001', 'lead_dataset', 'leads/lead_dataset.csv', 17, 'contact_id', 'is not a whole number', '12x,2024-01-01,<b>Google</b>', now() - interval '40 days'),
    ('00000000-0000-4000-8000-000000000001', 'lead_dataset', 'leads/lead_dataset.csv', 18, null, 'has 2 fields instead of 6', 'a,b', now() - interval '40 days');

insert into leadline.runs (invocation_id, project, verb, target_schema, started_at, elapsed, success, cancelled) values
    ('88a1a877-9330-455e-8df3-c54066bd7f19', 'leads', 'build', 'dev_test', now() - interval '1 day', interval '11 s', true, false),
    ('88a1a877-9330-455e-8df3-c54066bd7f1a', 'leads', 'build', 'dev_test', now() - interval '580 s', interval '12 s', false, false),
    ('88a1a877-9330-455e-8df3-c54066bd7f1b', 'leads', 'build', 'other', now() - interval '1 min', interval '12 s', true, false);
insert into leadline.node_results (invocation_id, unique_id, resource_type, relation, status, message, started_at, elapsed, rows_affected, failures) values
    ('88a1a877-9330-455e-8df3-c54066bd7f19', 'model.leads.dim_lead', 'model', '"dev_test_data_warehouse"."dim_lead"', 'success', 'SELECT 19000', now() - interval '1 day', interval '1 s', 19000, null),
    ('88a1a877-9330-455e-8df3-c54066bd7f1a', 'model.leads.dim_lead', 'model', '"dev_test_data_warehouse"."dim_lead"', 'success', 'SELECT 19386', now() - interval '575 s', interval '3 s', 19386, null);
insert into leadline.test_results (invocation_id, unique_id, test_name, attached_node, column_name, status, failures, message, completed_at) values
    ('88a1a877-9330-455e-8df3-c54066bd7f19', 'test.leads.not_null_dim_lead_contact_id.1b60c80d97', 'not_null', 'model.leads.dim_lead', 'contact_id', 'pass', 0, null, now() - interval '1 day'),
    ('88a1a877-9330-455e-8df3-c54066bd7f1a', 'test.leads.not_null_dim_lead_contact_id.1b60c80d97', 'not_null', 'model.leads.dim_lead', 'contact_id', 'fail', 3, '3 rows', now() - interval '550 s'),
    ('88a1a877-9330-455e-8df3-c54066bd7f1a', 'test.leads.unique_dim_lead_contact_id.eb9b88d285', 'unique', 'model.leads.dim_lead', 'contact_id', 'pass', 0, null, now() - interval '550 s'),
    ('88a1a877-9330-455e-8df3-c54066bd7f1b', 'test.leads.unique_dim_lead_contact_id.eb9b88d285', 'unique', 'model.leads.dim_lead', 'contact_id', 'error', null, 'of another target', now() - interval '1 min');
insert into leadline.node_results
select invocation_id, unique_id, 'test', null, status, message, completed_at, interval '20 ms', null, failures from leadline.test_results;

create schema dev_test_data_mart;
create table dev_test_data_mart.dm_cac_per_source as
select rank::bigint as cac_rank, source as marketing_source, cac::numeric, cac::numeric * 2 as cac_with_sales, 500::bigint as customers,
    cac::numeric * 500 as marketing_costs, cac::numeric * 500 as sales_costs, cac::numeric * 1000 as total_costs
from (values (1, 'Other, "new"', 118.95), (2, '<b>Google</b>', 240.8)) as source (rank, source, cac)
union all
select 2 + n, 'source ' || n, 300 + n, 600 + n, 1, 1, 1, 1 from generate_series(1, 98) as n;
create table dev_test_data_mart.dm_score_watch as
select 1 as model_version, measure, leads::bigint, value::double precision, 0.25::double precision as threshold, leads > 300 as is_judged, is_breached
from (values ('psi of <b>known_city</b>', 900, 0.31, true), ('psi of score', 20, 0.5, false)) as measures (measure, leads, value, is_breached);
