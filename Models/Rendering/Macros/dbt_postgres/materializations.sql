{# PostgreSQL's forms of what materializations call; most are the general ones, which projects may call by these names too. #}

{% macro postgres__snapshot_merge_sql(target, source, insert_cols) -%}
{%- set names = config.get('snapshot_table_column_names') or get_snapshot_table_column_names() -%}
{%- set current = config.get('dbt_valid_to_current') -%}
update {{ target }} as versions
set {{ names.dbt_valid_to }} = changes.{{ names.dbt_valid_to }}
from {{ source }} as changes
where changes.{{ names.dbt_scd_id }}::text = versions.{{ names.dbt_scd_id }}::text
  and changes.dbt_change_type::text in ('update', 'delete')
  and (versions.{{ names.dbt_valid_to }} is null{{ ' or versions.' ~ names.dbt_valid_to ~ ' = ' ~ current if current }});
insert into {{ target }} ({{ insert_cols | join(', ') }})
select {{ insert_cols | join(', ') }} from {{ source }} where dbt_change_type::text = 'insert';
{%- endmacro %}

{% macro postgres__get_materialized_view_configuration_changes(existing_relation, new_config) %}
  {{ return(existing_relation.get_materialized_view_config_change_collection(postgres__describe_materialized_view(existing_relation), new_config.model)) }}
{% endmacro %}

{% macro postgres__describe_materialized_view(relation) %}
  {% do return({'indexes': run_query(get_show_indexes_sql(relation))}) %}
{% endmacro %}

{% macro postgres__get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation) -%}
  {{ get_replace_sql(existing_relation, relation, sql) if configuration_changes.requires_full_refresh
     else postgres__update_indexes_on_materialized_view(relation, configuration_changes.indexes) }}
{%- endmacro %}

{% macro postgres__update_indexes_on_materialized_view(relation, index_changes) -%}
  {%- for change in index_changes -%}
    {{ get_drop_index_sql(relation, change.context.name) if change.action == 'drop' else get_create_index_sql(relation, change.context.as_node_config) }};
  {%- endfor -%}
{%- endmacro %}

{% macro postgres__get_incremental_default_sql(arg_dict) %}{{ return(default__get_incremental_default_sql(arg_dict)) }}{% endmacro %}
{% macro postgres__get_incremental_microbatch_sql(arg_dict) %}{{ return(default__get_incremental_microbatch_sql(arg_dict)) }}{% endmacro %}
{% macro postgres__copy_grants() %}{{ return(False) }}{% endmacro %}
{% macro postgres__get_show_grant_sql(relation) %}{{ return(default__get_show_grant_sql(relation)) }}{% endmacro %}
{% macro postgres__alter_relation_comment(relation, comment) %}{{ return(default__alter_relation_comment(relation, comment)) }}{% endmacro %}
{% macro postgres__alter_column_comment(relation, column_dict) %}{{ return(default__alter_column_comment(relation, column_dict)) }}{% endmacro %}
{% macro postgres__get_create_index_sql(relation, index_dict) -%}{{ return(default__get_create_index_sql(relation, index_dict)) }}{%- endmacro %}
{% macro postgres__get_drop_index_sql(relation, index_name) -%}{{ return(default__get_drop_index_sql(relation, index_name)) }}{%- endmacro %}
{% macro postgres__get_show_indexes_sql(relation) -%}{{ return(default__get_show_indexes_sql(relation)) }}{%- endmacro %}
{% macro postgres__get_create_materialized_view_as_sql(relation, sql) %}{{ return(default__get_create_materialized_view_as_sql(relation, sql)) }}{% endmacro %}
{% macro postgres__refresh_materialized_view(relation) %}{{ return(default__refresh_materialized_view(relation)) }}{% endmacro %}
{% macro postgres__drop_materialized_view(relation) -%}{{ return(default__drop_materialized_view(relation)) }}{%- endmacro %}
{% macro postgres__drop_table(relation) -%}{{ return(default__drop_table(relation)) }}{%- endmacro %}
{% macro postgres__drop_view(relation) -%}{{ return(default__drop_view(relation)) }}{%- endmacro %}
{% macro postgres__get_rename_table_sql(relation, new_name) -%}{{ return(default__get_rename_table_sql(relation, new_name)) }}{%- endmacro %}
{% macro postgres__get_rename_view_sql(relation, new_name) -%}{{ return(default__get_rename_view_sql(relation, new_name)) }}{%- endmacro %}
{% macro postgres__get_rename_materialized_view_sql(relation, new_name) -%}{{ return(default__get_rename_materialized_view_sql(relation, new_name)) }}{%- endmacro %}
{% macro postgres__create_schema(relation) -%}{{ return(default__create_schema(relation)) }}{%- endmacro %}
{% macro postgres__drop_schema(relation) -%}{{ return(default__drop_schema(relation)) }}{%- endmacro %}
{% macro postgres__list_schemas(database) -%}{{ return(default__list_schemas(database)) }}{%- endmacro %}
{% macro postgres__check_schema_exists(information_schema, schema) -%}{{ return(default__check_schema_exists(information_schema, schema)) }}{%- endmacro %}
{% macro postgres__list_relations_without_caching(schema_relation) %}{{ return(default__list_relations_without_caching(schema_relation)) }}{% endmacro %}
{% macro postgres__information_schema_name(database) -%}{{ return('information_schema') }}{%- endmacro %}
{% macro postgres__get_columns_in_relation(relation) -%}{{ return(default__get_columns_in_relation(relation)) }}{%- endmacro %}
{% macro postgres__get_catalog(information_schema, schemas) -%}{{ return(default__get_catalog(information_schema, schemas)) }}{%- endmacro %}
{% macro postgres__get_catalog_relations(information_schema, relations) -%}{{ return(default__get_catalog_relations(information_schema, relations)) }}{%- endmacro %}
{% macro postgres__get_relations() -%}{{ return(default__get_relations()) }}{%- endmacro %}
{% macro postgres_get_relations() -%}{{ return(get_relations()) }}{%- endmacro %}
{% macro postgres__get_replace_view_sql(relation, sql) -%}{{ return(default__get_replace_view_sql(relation, sql)) }}{%- endmacro %}
{% macro postgres__get_replace_table_sql(relation, sql) -%}{{ return(default__get_replace_table_sql(relation, sql)) }}{%- endmacro %}
