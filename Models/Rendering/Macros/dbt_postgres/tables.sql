{% macro postgres__create_table_as(temporary, relation, sql) -%}
  {%- set is_unlogged = config.get('unlogged', default=false) and not temporary -%}
  {%- set has_contract = config.get('contract') and config.get('contract').enforced -%}
  {{ config.get('sql_header', none) or '' }}
  create {{ 'temporary ' if temporary }}{{ 'unlogged ' if is_unlogged }}table {{ relation }}
  {%- if has_contract and not temporary %}
  {{ get_assert_columns_equivalent(sql) }}
  {{ get_table_columns_and_constraints() }};
  insert into {{ relation }} ({{ model['columns'].values() | map(attribute='name') | join(', ') }})
  {{ get_select_subquery(sql) }};
  {%- else %}
  as (
    {{ sql }}
  );
  {%- endif %}
{%- endmacro %}
