{# Snapshot strategies that projects call or replace: docs.getdbt.com/docs/build/snapshots. #}

{% macro strategy_dispatch(name) -%}
  {% set package, _, short = name.rpartition('.') %}
  {% set scope = context[package] if package else context %}
  {% set macro_name = 'snapshot_' ~ short ~ '_strategy' %}
  {% if not scope[macro_name] %}
    {% do exceptions.raise_compiler_error('There is no snapshot strategy ' ~ name ~ ': no macro ' ~ macro_name) %}
  {% endif %}
  {{ return(scope[macro_name]) }}
{%- endmacro %}

{% macro snapshot_hash_arguments(args) -%}{{ adapter.dispatch('snapshot_hash_arguments', 'dbt')(args) }}{%- endmacro %}
{% macro default__snapshot_hash_arguments(args) -%}
md5({% for argument in args %}coalesce(cast({{ argument }} as varchar), ''){{ " || '|' || " if not loop.last }}{% endfor %})
{%- endmacro %}

{% macro snapshot_timestamp_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {% set key = model_config.get('unique_key') %}
  {% set updated_at = model_config.get('updated_at') %}
  {% set names = model_config.get('snapshot_meta_column_names') or {} %}
  {% set keys = [key] if key is string else key %}
  {{ return({
    'unique_key': key,
    'updated_at': updated_at,
    'row_changed': '(' ~ snapshotted_rel ~ '.' ~ names.get('dbt_valid_from', 'dbt_valid_from') ~ ' < ' ~ current_rel ~ '.' ~ updated_at ~ ')',
    'scd_id': snapshot_hash_arguments(keys + [updated_at]),
    'invalidate_hard_deletes': adapter.get_hard_deletes_behavior(model_config) == 'invalidate',
    'hard_deletes': adapter.get_hard_deletes_behavior(model_config),
  }) }}
{% endmacro %}

{% macro snapshot_check_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {% set key = model_config.get('unique_key') %}
  {% set check = model_config.get('check_cols') %}
  {% if check is none or check is undefined %}
    {% do exceptions.raise_compiler_error('The check strategy needs check_cols') %}
  {% endif %}
  {% set is_new_column, columns = snapshot_check_all_get_existing_columns(node, target_exists, check) %}
  {% set updated_at = model_config.get('updated_at') or snapshot_get_time() %}
  {% set changed = ['true'] if is_new_column else [] %}
  {% for column in columns %}
    {% do changed.append(snapshotted_rel ~ '.' ~ column ~ ' is distinct from ' ~ current_rel ~ '.' ~ column) %}
  {% endfor %}
  {% set keys = [key] if key is string else key %}
  {{ return({
    'unique_key': key,
    'updated_at': updated_at,
    'row_changed': '(' ~ (changed | join(' or ') or 'false') ~ ')',
    'scd_id': snapshot_hash_arguments(keys + [updated_at]),
    'invalidate_hard_deletes': adapter.get_hard_deletes_behavior(model_config) == 'invalidate',
    'hard_deletes': adapter.get_hard_deletes_behavior(model_config),
  }) }}
{% endmacro %}

{# The columns to compare that the table has, and whether the query has one that the table has not. #}
{% macro snapshot_check_all_get_existing_columns(node, target_exists, check_cols_config) -%}
  {% set wanted = check_cols_config %}
  {% if check_cols_config == 'all' %}
    {% set wanted = get_columns_in_query(node.get('compiled_code') or node.get('raw_code')) %}
  {% elif check_cols_config is string %}
    {% set wanted = [check_cols_config] %}
  {% endif %}
  {% if not target_exists %}
    {{ return((false, wanted)) }}
  {% endif %}
  {% set present = adapter.get_columns_in_relation(load_cached_relation(this) or this) | map(attribute='name') | map('lower') | list %}
  {% set known = [] %}
  {% for column in wanted if column | trim('"') | lower in present %}
    {% do known.append(adapter.quote(column) if check_cols_config == 'all' else column) %}
  {% endfor %}
  {{ return((known | length < wanted | length, known)) }}
{%- endmacro %}

{% macro get_snapshot_table_column_names() %}
  {% set names = {} %}
  {% for name in ['dbt_valid_from', 'dbt_valid_to', 'dbt_scd_id', 'dbt_updated_at', 'dbt_is_deleted'] %}
    {% do names.update({name: name}) %}
  {% endfor %}
  {{ return(names) }}
{% endmacro %}

{% macro get_dbt_valid_to_current(strategy, columns) -%}
coalesce(nullif({{ strategy.updated_at }}, {{ strategy.updated_at }}), {{ config.get('dbt_valid_to_current') or 'null' }}) as {{ columns.dbt_valid_to }}
{%- endmacro %}

{# The key's parts under fixed names, and conditions on them; a key of one part has a name without a number. #}
{% macro unique_key_fields(unique_key) -%}
  {%- if unique_key is string -%}
    {{ unique_key }} as dbt_unique_key
  {%- else -%}
    {%- for part in unique_key %}{{ part }} as dbt_unique_key_{{ loop.index }}{{ ', ' if not loop.last }}{% endfor -%}
  {%- endif -%}
{%- endmacro %}
{% macro unique_key_join_on(unique_key, identifier, from_identifier) -%}
  {%- if unique_key is string -%}
    {{ identifier }}.dbt_unique_key = {{ from_identifier }}.dbt_unique_key
  {%- else -%}
    {%- for part in unique_key %}{% set name = 'dbt_unique_key_' ~ loop.index %}{{ identifier }}.{{ name }} = {{ from_identifier }}.{{ name }}{{ ' and ' if not loop.last }}{% endfor -%}
  {%- endif -%}
{%- endmacro %}
{% macro unique_key_is_null(unique_key, identifier) -%}{{ identifier }}.dbt_unique_key{{ '' if unique_key is string else '_1' }} is null{%- endmacro %}
{% macro unique_key_is_not_null(unique_key, identifier) -%}{{ identifier }}.dbt_unique_key{{ '' if unique_key is string else '_1' }} is not null{%- endmacro %}

{% macro build_snapshot_table(strategy, sql) -%}{{ adapter.dispatch('build_snapshot_table', 'dbt')(strategy, sql) }}{%- endmacro %}
{% macro default__build_snapshot_table(strategy, sql) %}
{%- set names = config.get('snapshot_table_column_names') or get_snapshot_table_column_names() -%}
select *,
  {{ strategy.scd_id }} as {{ names.dbt_scd_id }},
  {{ strategy.updated_at }} as {{ names.dbt_updated_at }},
  {{ strategy.updated_at }} as {{ names.dbt_valid_from }},
  {{ get_dbt_valid_to_current(strategy, names) }}
  {{ ", 'False' as " ~ names.dbt_is_deleted if strategy.hard_deletes == 'new_record' }}
from (
{{ sql }}
) as snapshot_query
{% endmacro %}

{# Every version to add or to close, with what is to be done in dbt_change_type. #}
{% macro snapshot_staging_table(strategy, source_sql, target_relation) -%}{{ adapter.dispatch('snapshot_staging_table', 'dbt')(strategy, source_sql, target_relation) }}{%- endmacro %}
{% macro default__snapshot_staging_table(strategy, source_sql, target_relation) -%}
{%- set names = config.get('snapshot_table_column_names') or get_snapshot_table_column_names() -%}
{%- set keys = unique_key_fields(strategy.unique_key) -%}
{%- set same_key = unique_key_join_on(strategy.unique_key, 'snapshotted_data', 'source_data') -%}
{%- set current = config.get('dbt_valid_to_current') -%}
{%- set records_deletes = strategy.hard_deletes == 'new_record' -%}
{%- set is_deleted = 'snapshotted_data.' ~ names.dbt_is_deleted ~ " = 'True'" -%}
{%- set is_changed = '(' ~ strategy.row_changed ~ (' or ' ~ is_deleted if records_deletes else '') ~ ')' -%}
with snapshot_query as (
{{ source_sql }}
),
snapshotted_data as (
  select *, {{ keys }} from {{ target_relation }}
  where {{ names.dbt_valid_to }} is null{{ ' or ' ~ names.dbt_valid_to ~ ' = ' ~ current if current }}
),
new_versions as (
  select *, {{ keys }}, {{ strategy.updated_at }} as {{ names.dbt_updated_at }}, {{ strategy.updated_at }} as {{ names.dbt_valid_from }},
    {{ get_dbt_valid_to_current(strategy, names) }}, {{ strategy.scd_id }} as {{ names.dbt_scd_id }}
  from snapshot_query
),
ends as (
  select *, {{ keys }}, {{ strategy.updated_at }} as {{ names.dbt_updated_at }}, {{ strategy.updated_at }} as {{ names.dbt_valid_from }},
    {{ strategy.updated_at }} as {{ names.dbt_valid_to }}
  from snapshot_query
),
present as (
  select *, {{ keys }} from snapshot_query
)
select 'insert' as dbt_change_type, source_data.*{{ ", 'False' as " ~ names.dbt_is_deleted if records_deletes }}
from new_versions as source_data
left join snapshotted_data on {{ same_key }}
where {{ unique_key_is_null(strategy.unique_key, 'snapshotted_data') }} or {{ is_changed }}
union all
select 'update', source_data.*, snapshotted_data.{{ names.dbt_scd_id }}{{ ', snapshotted_data.' ~ names.dbt_is_deleted if records_deletes }}
from ends as source_data
join snapshotted_data on {{ same_key }}
where {{ is_changed }}
{%- if strategy.hard_deletes in ['invalidate', 'new_record'] %}
union all
select 'delete', source_data.*, {{ snapshot_get_time() }}, {{ snapshot_get_time() }}, {{ snapshot_get_time() }},
  snapshotted_data.{{ names.dbt_scd_id }}{{ ', snapshotted_data.' ~ names.dbt_is_deleted if records_deletes }}
from snapshotted_data
left join present as source_data on {{ same_key }}
where {{ unique_key_is_null(strategy.unique_key, 'source_data') }}{{ ' and not (' ~ is_deleted ~ ')' if records_deletes }}
{%- endif %}
{%- if records_deletes %}
  {%- set kept = get_columns_in_relation(target_relation) | map(attribute='name') | list %}
union all
select 'insert',
  {%- for name in get_columns_in_query(source_sql) %}
  {{ 'snapshotted_data.' if name in kept else 'source_data.' }}{{ adapter.quote(name) }},
  {%- endfor %}
  {%- for part in ([''] if strategy.unique_key is string else strategy.unique_key) %}
  snapshotted_data.dbt_unique_key{{ '' if strategy.unique_key is string else '_' ~ loop.index }},
  {%- endfor %}
  {{ snapshot_get_time() }}, {{ snapshot_get_time() }}, snapshotted_data.{{ names.dbt_valid_to }},
  {{ snapshot_hash_arguments(['snapshotted_data.' ~ names.dbt_scd_id, snapshot_get_time()]) }}, 'True'
from snapshotted_data
left join present as source_data on {{ same_key }}
where {{ unique_key_is_null(strategy.unique_key, 'source_data') }} and not ({{ is_deleted }})
{%- endif %}
{%- endmacro %}

{% macro build_snapshot_staging_table(strategy, sql, target_relation) %}
  {% set staging = make_temp_relation(target_relation) %}
  {% call statement('build_snapshot_staging_relation') -%}
    {{ create_table_as(True, staging, snapshot_staging_table(strategy, sql, target_relation)) }}
  {%- endcall %}
  {% do return(staging) %}
{% endmacro %}

{% macro snapshot_merge_sql(target, source, insert_cols) -%}{{ adapter.dispatch('snapshot_merge_sql', 'dbt')(target, source, insert_cols) }}{%- endmacro %}
{% macro default__snapshot_merge_sql(target, source, insert_cols) -%}
{%- set names = config.get('snapshot_table_column_names') or get_snapshot_table_column_names() -%}
{%- set current = config.get('dbt_valid_to_current') -%}
merge into {{ target.render() }} as DBT_INTERNAL_DEST
using {{ source }} as DBT_INTERNAL_SOURCE
on DBT_INTERNAL_SOURCE.{{ names.dbt_scd_id }} = DBT_INTERNAL_DEST.{{ names.dbt_scd_id }}
when matched and DBT_INTERNAL_SOURCE.dbt_change_type in ('update', 'delete')
  and (DBT_INTERNAL_DEST.{{ names.dbt_valid_to }} is null{{ ' or DBT_INTERNAL_DEST.' ~ names.dbt_valid_to ~ ' = ' ~ current if current }})
  then update set {{ names.dbt_valid_to }} = DBT_INTERNAL_SOURCE.{{ names.dbt_valid_to }}
when not matched and DBT_INTERNAL_SOURCE.dbt_change_type = 'insert'
  then insert ({{ insert_cols | join(', ') }}) values ({% for name in insert_cols %}DBT_INTERNAL_SOURCE.{{ name }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{% macro create_columns(relation, columns) %}{{ adapter.dispatch('create_columns', 'dbt')(relation, columns) }}{% endmacro %}
{% macro default__create_columns(relation, columns) %}
  {% for column in columns %}
    {% call statement() -%}alter table {{ relation.render() }} add column {{ adapter.quote(column.name) }} {{ column.data_type }}{%- endcall %}
  {% endfor %}
{% endmacro %}

{% macro post_snapshot(staging_relation) %}{{ adapter.dispatch('post_snapshot', 'dbt')(staging_relation) }}{% endmacro %}
{% macro default__post_snapshot(staging_relation) %}{% endmacro %}

{% macro get_true_sql() %}{{ adapter.dispatch('get_true_sql', 'dbt')() }}{% endmacro %}
{% macro default__get_true_sql() %}{{ return('TRUE') }}{% endmacro %}

{% macro get_updated_at_column_data_type(snapshot_sql) %}
  {% set found = get_column_schema_from_query(snapshot_sql) | selectattr('name', 'equalto', 'dbt_updated_at') | list %}
  {{ return(found[0].dtype if found else none) }}
{% endmacro %}

{# Times with and without a zone compare, but not as one means it. #}
{% macro check_time_data_types(sql) %}
  {% set of_rows, of_checks = get_updated_at_column_data_type(sql), get_snapshot_get_time_data_type() %}
  {% if of_rows and of_checks and of_rows != of_checks %}
    {% do exceptions.warn_snapshot_timestamp_data_types(of_checks, of_rows) %}
  {% endif %}
{% endmacro %}
