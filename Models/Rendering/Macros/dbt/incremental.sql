{# Incremental models: strategies and changes of columns. docs.getdbt.com/docs/build/incremental-strategy. #}

{% macro get_incremental_append_sql(arg_dict) %}{{ return(adapter.dispatch('get_incremental_append_sql', 'dbt')(arg_dict)) }}{% endmacro %}
{% macro default__get_incremental_append_sql(arg_dict) %}
  {% do return(get_insert_into_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['dest_columns'])) %}
{% endmacro %}

{% macro get_incremental_delete_insert_sql(arg_dict) %}{{ return(adapter.dispatch('get_incremental_delete_insert_sql', 'dbt')(arg_dict)) }}{% endmacro %}
{% macro default__get_incremental_delete_insert_sql(arg_dict) %}
  {% do return(get_delete_insert_merge_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['unique_key'], arg_dict['dest_columns'], arg_dict['incremental_predicates'])) %}
{% endmacro %}

{% macro get_incremental_merge_sql(arg_dict) %}{{ return(adapter.dispatch('get_incremental_merge_sql', 'dbt')(arg_dict)) }}{% endmacro %}
{% macro default__get_incremental_merge_sql(arg_dict) %}
  {% do return(get_merge_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['unique_key'], arg_dict['dest_columns'], arg_dict['incremental_predicates'])) %}
{% endmacro %}

{% macro get_incremental_insert_overwrite_sql(arg_dict) %}{{ return(adapter.dispatch('get_incremental_insert_overwrite_sql', 'dbt')(arg_dict)) }}{% endmacro %}
{% macro default__get_incremental_insert_overwrite_sql(arg_dict) %}
  {{ exceptions.raise_not_implemented('the strategy insert_overwrite, which PostgreSQL has no form of') }}
{% endmacro %}

{% macro get_incremental_microbatch_sql(arg_dict) %}{{ return(adapter.dispatch('get_incremental_microbatch_sql', 'dbt')(arg_dict)) }}{% endmacro %}
{% macro default__get_incremental_microbatch_sql(arg_dict) %}
  {% do return(get_incremental_merge_sql(arg_dict) if arg_dict['unique_key'] else get_incremental_delete_insert_sql(arg_dict)) %}
{% endmacro %}

{% macro get_incremental_default_sql(arg_dict) %}{{ return(adapter.dispatch('get_incremental_default_sql', 'dbt')(arg_dict)) }}{% endmacro %}
{% macro default__get_incremental_default_sql(arg_dict) %}
  {% do return(get_incremental_delete_insert_sql(arg_dict) if arg_dict['unique_key'] else get_incremental_append_sql(arg_dict)) %}
{% endmacro %}

{% macro get_insert_into_sql(target_relation, temp_relation, dest_columns) %}
  {%- set columns = get_quoted_csv(dest_columns | map(attribute='name')) -%}
insert into {{ target_relation }} ({{ columns }})
select {{ columns }} from {{ temp_relation }}
{% endmacro %}

{% macro get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  {{ adapter.dispatch('get_delete_insert_merge_sql', 'dbt')(target, source, unique_key, dest_columns, incremental_predicates) }}
{%- endmacro %}
{% macro default__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  {%- set columns = get_quoted_csv(dest_columns | map(attribute='name')) -%}
  {%- if unique_key -%}
    {%- set keys = [unique_key] if unique_key is string else unique_key %}
delete from {{ target }} as DBT_INTERNAL_DEST
where ({{ keys | join(', ') }}) in (select distinct {{ keys | join(', ') }} from {{ source }})
    {%- for predicate in incremental_predicates or [] %}
  and {{ predicate }}
    {%- endfor %};
  {%- endif %}
insert into {{ target }} ({{ columns }})
select {{ columns }} from {{ source }}
{%- endmacro %}

{% macro get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
  {{ adapter.dispatch('get_merge_sql', 'dbt')(target, source, unique_key, dest_columns, incremental_predicates) }}
{%- endmacro %}
{% macro default__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
  {%- set names = dest_columns | map(attribute='name') | list -%}
  {%- set columns = get_quoted_csv(names) -%}
  {%- set updated = get_merge_update_columns(config.get('merge_update_columns'), config.get('merge_exclude_columns'), dest_columns) -%}
  {%- set keys = [] if not unique_key else ([unique_key] if unique_key is string else unique_key) -%}
  {%- set conditions = [] -%}
  {%- for key in keys %}{% do conditions.append(get_merge_unique_key_match('DBT_INTERNAL_SOURCE.' ~ key, 'DBT_INTERNAL_DEST.' ~ key)) %}{% endfor -%}
  {%- do conditions.extend(incremental_predicates or []) -%}
  {%- if not conditions %}{% do conditions.append('false') %}{% endif -%}
merge into {{ target }} as DBT_INTERNAL_DEST
using {{ source }} as DBT_INTERNAL_SOURCE
on ({{ conditions | join(') and (') }})
  {%- if keys %}
when matched then update set
    {%- for column in updated %}
  {{ column }} = DBT_INTERNAL_SOURCE.{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
  {%- endif %}
when not matched then insert ({{ columns }})
values ({% for name in names %}DBT_INTERNAL_SOURCE.{{ adapter.quote(name) }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{% macro get_insert_overwrite_merge_sql(target, source, dest_columns, predicates, include_sql_header=false) -%}
  {{ adapter.dispatch('get_insert_overwrite_merge_sql', 'dbt')(target, source, dest_columns, predicates, include_sql_header) }}
{%- endmacro %}
{% macro default__get_insert_overwrite_merge_sql(target, source, dest_columns, predicates, include_sql_header=false) -%}
{%- set columns = get_quoted_csv(dest_columns | map(attribute='name')) -%}
{{ config.get('sql_header', none) or '' if include_sql_header }}
merge into {{ target }} as DBT_INTERNAL_DEST
using {{ source }} as DBT_INTERNAL_SOURCE
on false
when not matched by source{% for predicate in predicates or [] %} and {{ predicate }}{% endfor %} then delete
when not matched then insert ({{ columns }}) values ({{ columns }})
{%- endmacro %}

{% macro get_merge_unique_key_match(source_unique_key, target_unique_key) %}{{ return(adapter.dispatch('get_merge_unique_key_match', 'dbt')(source_unique_key, target_unique_key)) }}{% endmacro %}
{% macro default__get_merge_unique_key_match(source_unique_key, target_unique_key) %}{{ return(source_unique_key ~ ' = ' ~ target_unique_key) }}{% endmacro %}

{% macro get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {{ return(adapter.dispatch('get_merge_update_columns', 'dbt')(merge_update_columns, merge_exclude_columns, dest_columns)) }}
{% endmacro %}
{% macro default__get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) -%}
  {%- if merge_update_columns and merge_exclude_columns -%}
    {{ exceptions.raise_compiler_error('A model sets merge_update_columns or merge_exclude_columns, not both') }}
  {%- endif -%}
  {%- if merge_update_columns -%}{{ return(merge_update_columns) }}{%- endif -%}
  {%- set excluded = merge_exclude_columns | map('lower') | list if merge_exclude_columns else [] -%}
  {%- set columns = [] -%}
  {%- for column in dest_columns if column.column | lower not in excluded %}{% do columns.append(column.quoted) %}{% endfor -%}
  {{ return(columns) }}
{%- endmacro %}

{% macro incremental_validate_on_schema_change(on_schema_change, default='ignore') %}
  {% if on_schema_change in ['sync_all_columns', 'append_new_columns', 'fail', 'ignore'] %}
    {{ return(on_schema_change) }}
  {% endif %}
  {% do log('Invalid value for on_schema_change (' ~ on_schema_change ~ ') specified. Setting default value of ' ~ default ~ '.') %}
  {{ return(default) }}
{% endmacro %}

{% macro check_for_schema_changes(source_relation, target_relation) %}{{ return(adapter.dispatch('check_for_schema_changes', 'dbt')(source_relation, target_relation)) }}{% endmacro %}
{% macro default__check_for_schema_changes(source_relation, target_relation) %}
  {% set source_columns = adapter.get_columns_in_relation(source_relation) %}
  {% set target_columns = adapter.get_columns_in_relation(target_relation) %}
  {% set added = diff_columns(source_columns, target_columns) %}
  {% set removed = diff_columns(target_columns, source_columns) %}
  {% set retyped = diff_column_data_types(source_columns, target_columns) %}
  {{ return({
    'schema_changed': (added or removed or retyped) | length > 0,
    'source_not_in_target': added,
    'target_not_in_source': removed,
    'source_columns': source_columns,
    'target_columns': target_columns,
    'new_target_types': retyped,
  }) }}
{% endmacro %}

{% macro sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) %}{{ return(adapter.dispatch('sync_column_schemas', 'dbt')(on_schema_change, target_relation, schema_changes_dict)) }}{% endmacro %}
{% macro default__sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) %}
  {% set added = schema_changes_dict['source_not_in_target'] %}
  {% if on_schema_change == 'append_new_columns' and added %}
    {% do alter_relation_add_remove_columns(target_relation, added, none) %}
  {% elif on_schema_change == 'sync_all_columns' %}
    {% do alter_relation_add_remove_columns(target_relation, added, schema_changes_dict['target_not_in_source']) %}
    {% for change in schema_changes_dict['new_target_types'] %}
      {% do alter_column_type(target_relation, change['column_name'], change['new_type']) %}
    {% endfor %}
  {% endif %}
{% endmacro %}

{% macro process_schema_changes(on_schema_change, source_relation, target_relation) %}{{ return(adapter.dispatch('process_schema_changes', 'dbt')(on_schema_change, source_relation, target_relation)) }}{% endmacro %}
{% macro default__process_schema_changes(on_schema_change, source_relation, target_relation) %}
  {% if on_schema_change == 'ignore' %}
    {{ return({}) }}
  {% endif %}
  {% set changes = check_for_schema_changes(source_relation, target_relation) %}
  {% if not changes['source_columns'] %}
    {% set problem = 'Could not read any columns for ' ~ source_relation ~ ' to compare with ' ~ target_relation ~ ': a metadata failure, as a query has columns; no column was dropped or added.' %}
    {% if on_schema_change != 'append_new_columns' %}{% do exceptions.raise_compiler_error(problem) %}{% endif %}
    {% do exceptions.warn(problem) %}
    {{ return([]) }}
  {% endif %}
  {% if changes['schema_changed'] and on_schema_change == 'fail' %}
    {% do exceptions.raise_compiler_error('The columns of this incremental model changed, and on_schema_change is fail. Rebuild it with --full-refresh, or set on_schema_change to append_new_columns or sync_all_columns.') %}
  {% elif changes['schema_changed'] %}
    {% do sync_column_schemas(on_schema_change, target_relation, changes) %}
  {% endif %}
  {{ return(changes['source_columns']) }}
{% endmacro %}
