{# DDL that makes tables and views of queries. #}

{% macro create_table_as(temporary, relation, compiled_code, language='sql') -%}
  {%- if language != 'sql' -%}
    {% do exceptions.raise_compiler_error('PostgreSQL runs models in SQL only, not in ' ~ language) %}
  {%- endif -%}
  {{ adapter.dispatch('create_table_as', 'dbt')(temporary, relation, compiled_code) }}
{%- endmacro %}
{% macro default__create_table_as(temporary, relation, sql) -%}
  {{ config.get('sql_header', none) or '' }}
  create {{ 'temporary ' if temporary }}table {{ relation.include(database=(not temporary), schema=(not temporary)) }} as (
    {{ sql }}
  );
{%- endmacro %}

{% macro get_create_table_as_sql(temporary, relation, sql) -%}
  {{ adapter.dispatch('get_create_table_as_sql', 'dbt')(temporary, relation, sql) }}
{%- endmacro %}
{% macro default__get_create_table_as_sql(temporary, relation, sql) -%}{{ return(create_table_as(temporary, relation, sql)) }}{%- endmacro %}

{% macro create_view_as(relation, sql) -%}{{ adapter.dispatch('create_view_as', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__create_view_as(relation, sql) -%}
  {{ config.get('sql_header', none) or '' }}
  create view {{ relation }}
  {%- if config.get('contract') and config.get('contract').enforced %}
  {{ get_assert_columns_equivalent(sql) }}
  {%- endif %} as (
    {{ sql }}
  );
{%- endmacro %}

{% macro get_create_view_as_sql(relation, sql) -%}{{ adapter.dispatch('get_create_view_as_sql', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__get_create_view_as_sql(relation, sql) -%}{{ return(create_view_as(relation, sql)) }}{%- endmacro %}

{% macro get_create_materialized_view_as_sql(relation, sql) -%}{{ adapter.dispatch('get_create_materialized_view_as_sql', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__get_create_materialized_view_as_sql(relation, sql) -%}
  create materialized view if not exists {{ relation }} as {{ sql }};
  {% for index in config.get('indexes', default=[]) -%}
    {{ get_create_index_sql(relation, index) }};
  {% endfor %}
{%- endmacro %}

{% macro refresh_materialized_view(relation) %}{{ return(adapter.dispatch('refresh_materialized_view', 'dbt')(relation)) }}{% endmacro %}
{% macro default__refresh_materialized_view(relation) %}refresh materialized view {{ relation }}{% endmacro %}

{% macro get_create_sql(relation, sql) -%}{{ adapter.dispatch('get_create_sql', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__get_create_sql(relation, sql) -%}
  {%- if relation.is_view -%}{{ get_create_view_as_sql(relation, sql) }}
  {%- elif relation.is_materialized_view -%}{{ get_create_materialized_view_as_sql(relation, sql) }}
  {%- else -%}{{ get_create_table_as_sql(False, relation, sql) }}
  {%- endif -%}
{%- endmacro %}

{% macro get_create_intermediate_sql(relation, sql) -%}{{ adapter.dispatch('get_create_intermediate_sql', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__get_create_intermediate_sql(relation, sql) -%}
  {%- set intermediate = make_intermediate_relation(relation) -%}
  {{ get_drop_sql(intermediate) }};
  {{ get_create_sql(intermediate, sql) }}
{%- endmacro %}

{% macro get_create_backup_sql(relation) -%}{{ adapter.dispatch('get_create_backup_sql', 'dbt')(relation) }}{%- endmacro %}
{% macro default__get_create_backup_sql(relation) -%}
  {%- set backup = make_backup_relation(relation, relation.type) -%}
  {{ get_drop_sql(backup) }};
  {{ get_rename_sql(relation, backup.identifier) }}
{%- endmacro %}

{% macro get_drop_backup_sql(relation) -%}{{ adapter.dispatch('get_drop_backup_sql', 'dbt')(relation) }}{%- endmacro %}
{% macro default__get_drop_backup_sql(relation) -%}{{ get_drop_sql(make_backup_relation(relation, relation.type)) }}{%- endmacro %}

{% macro get_rename_intermediate_sql(relation) -%}{{ adapter.dispatch('get_rename_intermediate_sql', 'dbt')(relation) }}{%- endmacro %}
{% macro default__get_rename_intermediate_sql(relation) -%}{{ get_rename_sql(make_intermediate_relation(relation), relation.identifier) }}{%- endmacro %}

{% macro get_replace_sql(existing_relation, target_relation, sql) %}{{ adapter.dispatch('get_replace_sql', 'dbt')(existing_relation, target_relation, sql) }}{% endmacro %}
{% macro default__get_replace_sql(existing_relation, target_relation, sql) %}
  {{ get_create_intermediate_sql(target_relation, sql) }};
  {{ get_create_backup_sql(existing_relation) }};
  {{ get_rename_intermediate_sql(target_relation) }};
  {{ get_drop_backup_sql(existing_relation) }}
{% endmacro %}

{# In one statement where the database has one for it, and otherwise by a copy that takes the place of the old relation. #}
{% macro get_replace_view_sql(relation, sql) -%}{{ adapter.dispatch('get_replace_view_sql', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__get_replace_view_sql(relation, sql) -%}
  {{ config.get('sql_header', none) or '' }}
  create or replace view {{ relation }} as (
    {{ sql }}
  );
{%- endmacro %}
{% macro get_replace_table_sql(relation, sql) -%}{{ adapter.dispatch('get_replace_table_sql', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__get_replace_table_sql(relation, sql) -%}
  {{ get_create_intermediate_sql(relation, sql) }}
  {{ get_create_backup_sql(relation) }};
  {{ get_rename_intermediate_sql(relation) }};
  {{ get_drop_backup_sql(relation) }}
{%- endmacro %}
{% macro get_replace_materialized_view_sql(relation, sql) -%}{{ adapter.dispatch('get_replace_materialized_view_sql', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__get_replace_materialized_view_sql(relation, sql) -%}
  {{ get_drop_sql(relation) }};
  {{ get_create_materialized_view_as_sql(relation, sql) }}
{%- endmacro %}

{% macro get_materialized_view_configuration_changes(existing_relation, new_config) %}
  {{ return(adapter.dispatch('get_materialized_view_configuration_changes', 'dbt')(existing_relation, new_config)) }}
{% endmacro %}
{% macro default__get_materialized_view_configuration_changes(existing_relation, new_config) %}{{ return(none) }}{% endmacro %}

{% macro get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation) -%}
  {{ adapter.dispatch('get_alter_materialized_view_as_sql', 'dbt')(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation) }}
{%- endmacro %}
{% macro default__get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation) -%}
  {{ get_replace_sql(existing_relation, relation, sql) }}
{%- endmacro %}

{% macro get_column_names() %}{{ return(adapter.dispatch('get_column_names', 'dbt')()) }}{% endmacro %}
{% macro default__get_column_names() -%}
  {%- for column in model['columns'].values() %}{{ adapter.quote(column['name']) if column['quote'] else column['name'] }}{{ ', ' if not loop.last }}{% endfor -%}
{%- endmacro %}

{% macro get_select_subquery(sql) %}{{ return(adapter.dispatch('get_select_subquery', 'dbt')(sql)) }}{% endmacro %}
{% macro default__get_select_subquery(sql) %}
select {{ model['columns'].values() | map(attribute='name') | join(', ') }}
from (
{{ sql }}
) as model_subq
{%- endmacro %}

{% macro get_table_columns_and_constraints() -%}{{ adapter.dispatch('get_table_columns_and_constraints', 'dbt')() }}{%- endmacro %}
{% macro default__get_table_columns_and_constraints() -%}{{ return(table_columns_and_constraints()) }}{%- endmacro %}
{% macro table_columns_and_constraints() %}
(
  {{ (adapter.render_raw_columns_constraints(raw_columns=model['columns'])
      + adapter.render_raw_model_constraints(raw_constraints=model['constraints'])) | join(',\n  ') }}
)
{% endmacro %}

{% macro get_assert_columns_equivalent(sql) -%}{{ adapter.dispatch('get_assert_columns_equivalent', 'dbt')(sql) }}{%- endmacro %}
{% macro default__get_assert_columns_equivalent(sql) -%}{{ return(assert_columns_equivalent(sql)) }}{%- endmacro %}
{% macro assert_columns_equivalent(sql) %}
  {%- if execute -%}
    {%- set produced = format_columns(get_column_schema_from_query(sql, config.get('sql_header', none))) -%}
    {%- set declared = format_columns(get_column_schema_from_query(get_empty_schema_sql(model['columns']))) -%}
    {%- if produced | sort(attribute='name') | list != declared | sort(attribute='name') | list -%}
      {% do exceptions.raise_contract_error(declared, produced) %}
    {%- endif -%}
  {%- endif -%}
{% endmacro %}

{% macro default__format_column(column) -%}
  {{ return({'name': column.name, 'data_type': column.dtype, 'formatted': column.column ~ ' ' ~ column.dtype}) }}
{%- endmacro %}
{% macro format_columns(columns) %}
  {% set formatted = [] %}
  {% for column in columns %}
    {% do formatted.append(adapter.dispatch('format_column', 'dbt')(column)) %}
  {% endfor %}
  {{ return(formatted) }}
{% endmacro %}

{% macro get_create_index_sql(relation, index_dict) -%}{{ return(adapter.dispatch('get_create_index_sql', 'dbt')(relation, index_dict)) }}{%- endmacro %}
{% macro default__get_create_index_sql(relation, index_dict) -%}
  {%- set index = adapter.parse_index(index_dict) -%}
  create {{ 'unique ' if index.unique }}index if not exists {{ adapter.quote(index.render(relation)) }}
  on {{ relation }}{{ ' using ' ~ index.type if index.type }} ({{ get_quoted_csv(index.columns) }})
{%- endmacro %}

{% macro create_indexes(relation) -%}{{ adapter.dispatch('create_indexes', 'dbt')(relation) }}{%- endmacro %}
{% macro default__create_indexes(relation) -%}
  {%- for index in config.get('indexes', default=[]) %}
    {% do run_query(get_create_index_sql(relation, index)) %}
  {%- endfor %}
{%- endmacro %}

{% macro get_drop_index_sql(relation, index_name) -%}{{ adapter.dispatch('get_drop_index_sql', 'dbt')(relation, index_name) }}{%- endmacro %}
{% macro default__get_drop_index_sql(relation, index_name) -%}drop index if exists {{ adapter.quote(relation.schema) }}.{{ adapter.quote(index_name) }}{%- endmacro %}

{% macro get_limit_subquery_sql(sql, limit) -%}{{ adapter.dispatch('get_limit_sql', 'dbt')(sql, limit) }}{%- endmacro %}
{% macro get_limit_sql(sql, limit) -%}{{ adapter.dispatch('get_limit_sql', 'dbt')(sql, limit) }}{%- endmacro %}
{% macro default__get_limit_sql(sql, limit) %}
{{ sql }}
{{ 'limit ' ~ limit if limit is not none }}
{% endmacro %}

{% macro get_show_sql(compiled_code, sql_header, limit) -%}
{{ sql_header if sql_header is not none }}
{{ get_limit_sql(compiled_code, limit) }}
{%- endmacro %}

{% macro validate_sql(sql) -%}{{ return(adapter.dispatch('validate_sql', 'dbt')(sql)) }}{%- endmacro %}
{% macro default__validate_sql(sql) -%}
  {% call statement('validate_sql') -%}explain {{ sql }}{% endcall %}
  {{ return(load_result('validate_sql')) }}
{%- endmacro %}
