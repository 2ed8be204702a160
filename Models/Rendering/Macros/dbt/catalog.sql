{# What docs and caches read of the catalogue. #}

{% macro get_catalog_relations(information_schema, relations) -%}{{ return(adapter.dispatch('get_catalog_relations', 'dbt')(information_schema, relations)) }}{%- endmacro %}
{% macro default__get_catalog_relations(information_schema, relations) -%}
  {{ return(get_catalog(information_schema, relations | map(attribute='schema') | unique | list)) }}
{%- endmacro %}

{% macro get_catalog(information_schema, schemas) -%}{{ return(adapter.dispatch('get_catalog', 'dbt')(information_schema, schemas)) }}{%- endmacro %}
{% macro default__get_catalog(information_schema, schemas) -%}
  {% set sql %}
    select '{{ target.database }}' as table_database, n.nspname as table_schema, c.relname as table_name,
      case c.relkind when 'v' then 'VIEW' when 'm' then 'MATERIALIZED VIEW' else 'BASE TABLE' end as table_type,
      obj_description(c.oid, 'pg_class') as table_comment, a.attname as column_name, a.attnum as column_index,
      format_type(a.atttypid, a.atttypmod) as column_type, col_description(c.oid, a.attnum) as column_comment,
      pg_get_userbyid(c.relowner) as table_owner
    from pg_namespace n
    join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'f', 'v', 'm')
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where {% for schema in schemas %}lower(n.nspname) = lower('{{ schema }}'){{ ' or ' if not loop.last }}{% else %}false{% endfor %}
    order by n.nspname, c.relname, a.attnum
  {% endset %}
  {{ return(run_query(sql)) }}
{%- endmacro %}

{% macro get_catalog_for_single_relation(relation) %}{{ return(adapter.dispatch('get_catalog_for_single_relation', 'dbt')(relation)) }}{% endmacro %}
{% macro default__get_catalog_for_single_relation(relation) %}
  {{ exceptions.raise_not_implemented('the catalogue of one relation') }}
{% endmacro %}

{# Which relation reads which. #}
{% macro get_relations() -%}{{ return(adapter.dispatch('get_relations', 'dbt')()) }}{%- endmacro %}
{% macro default__get_relations() -%}
  {% set sql %}
    select distinct reader_schema.nspname as dependent_schema, reader.relname as dependent_name,
      read_schema.nspname as referenced_schema, read.relname as referenced_name
    from pg_depend
    join pg_rewrite on pg_rewrite.oid = pg_depend.objid and pg_depend.classid = 'pg_rewrite'::regclass
    join pg_class reader on reader.oid = pg_rewrite.ev_class
    join pg_namespace reader_schema on reader_schema.oid = reader.relnamespace
    join pg_class read on read.oid = pg_depend.refobjid and pg_depend.refclassid = 'pg_class'::regclass and read.oid != reader.oid
    join pg_namespace read_schema on read_schema.oid = read.relnamespace
    where read_schema.nspname not in ('pg_catalog', 'information_schema')
  {% endset %}
  {{ return(run_query(sql)) }}
{%- endmacro %}

{% macro get_show_indexes_sql(relation) -%}{{ return(adapter.dispatch('get_show_indexes_sql', 'dbt')(relation)) }}{%- endmacro %}
{% macro default__get_show_indexes_sql(relation) -%}
select own.relname as name, pg_am.amname as method, pg_index.indisunique as "unique",
  (select string_agg(a.attname, ',' order by k.at)
    from unnest(pg_index.indkey::int[]) with ordinality as k (number, at)
    join pg_attribute a on a.attrelid = pg_index.indrelid and a.attnum = k.number) as column_names
from pg_index
join pg_class own on own.oid = pg_index.indexrelid
join pg_am on pg_am.oid = own.relam
join pg_class on pg_class.oid = pg_index.indrelid and pg_class.relkind in ('r', 'p', 'm')
join pg_namespace on pg_namespace.oid = pg_class.relnamespace
where pg_class.relname = '{{ relation.identifier }}' and pg_namespace.nspname = '{{ relation.schema }}'
order by own.relname
{%- endmacro %}

{# Described columns that the relation has, by their names' letter case only where they are quoted. #}
{% macro validate_doc_columns(relation, column_dict, existing_column_names) %}
  {% set folded = existing_column_names | map('lower') | list %}
  {% set present = {} %}
  {% for name, column in column_dict.items() if (name in existing_column_names if column['quote'] else name | lower in folded) %}
    {% do present.update({name: column}) %}
  {% endfor %}
  {{ return(present) }}
{% endmacro %}

{% macro is_core_v2() -%}{{ return(dbt_version.startswith('2.')) }}{%- endmacro %}
