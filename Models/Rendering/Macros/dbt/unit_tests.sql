{# What a unit test's rows are made of in SQL. The run engine and the build compare with queries of their own. #}

{% materialization unit, default %}
  {% set rows = config.get('expected_rows') or [] %}
  {% set temporary = make_temp_relation(this.incorporate(type='table')) %}
  {% do run_query(get_create_table_as_sql(True, temporary, get_empty_subquery_sql(sql))) %}
  {% set types, quoted = {}, {} %}
  {% for column in get_columns_for_unit_tests(temporary) %}
    {% do types.update({column.name | lower: column.data_type}) %}
    {% do quoted.update({column.name | lower: column.quoted}) %}
  {% endfor %}
  {% set compared = [] %}
  {% for name in (rows[0].keys() if rows else types.keys()) %}{% do compared.append(quoted[name | lower]) %}{% endfor %}
  {% call statement('main', fetch_result=True) -%}
    {{ get_unit_test_sql(sql, config.get('expected_sql') or get_expected_sql(rows, types, quoted), compared) }}
  {%- endcall %}
  {% do adapter.drop_relation(temporary) %}
  {{ return({'relations': []}) }}
{% endmaterialization %}

{% macro get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
  {{ adapter.dispatch('get_unit_test_sql', 'dbt')(main_sql, expected_fixture_sql, expected_column_names) }}
{%- endmacro %}
{% macro default__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
{%- set columns = expected_column_names | join(', ') -%}
with dbt_internal_unit_test_actual as (
  select {{ columns }}, 'actual' as {{ adapter.quote('actual_or_expected') }} from (
{{ main_sql }}
  ) as produced
), dbt_internal_unit_test_expected as (
  select {{ columns }}, 'expected' as {{ adapter.quote('actual_or_expected') }} from (
{{ expected_fixture_sql }}
  ) as wanted
)
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected
{%- endmacro %}

{% macro get_columns_for_unit_tests(relation) -%}{{ return(adapter.dispatch('get_columns_for_unit_tests', 'dbt')(relation)) }}{%- endmacro %}
{% macro default__get_columns_for_unit_tests(relation) -%}{{ return(adapter.get_columns_in_relation(relation)) }}{%- endmacro %}

{% macro get_fixture_sql(rows, column_name_to_data_types) %}
  {%- set types, quoted = column_name_to_data_types or {}, {} -%}
  {%- for column in get_columns_for_unit_tests(this) if not column_name_to_data_types -%}
    {%- do types.update({column.name | lower: column.data_type}) -%}
    {%- do quoted.update({column.name | lower: column.quoted}) -%}
  {%- endfor -%}
  {%- if not types -%}
    {{ exceptions.raise_compiler_error('The columns of ' ~ this ~ ', which the unit test ' ~ model.name ~ ' needs, are not known: it does not exist') }}
  {%- endif -%}
  {{ validate_fixture_rows(rows, row_number) }}
  {%- set selects = [] -%}
  {%- for row in rows or [{}] -%}
    {%- set values, parts = format_row(row, types), [] -%}
    {%- for name, type in types.items() -%}
      {%- do parts.append((values.get(name) or safe_cast('null', type)) | trim ~ ' as ' ~ quoted.get(name, adapter.quote(name))) -%}
    {%- endfor -%}
    {%- do selects.append('select ' ~ parts | join(', ') ~ ('' if rows else ' limit 0')) -%}
  {%- endfor -%}
{{ selects | join('\nunion all\n') }}
{% endmacro %}

{% macro get_expected_sql(rows, column_name_to_data_types, column_name_to_quoted) %}
  {%- set selects = [] -%}
  {%- for row in rows -%}
    {%- set parts = [] -%}
    {%- for name, value in format_row(row, column_name_to_data_types).items() -%}
      {%- do parts.append(value ~ ' as ' ~ column_name_to_quoted[name]) -%}
    {%- endfor -%}
    {%- do selects.append('select ' ~ parts | join(', ')) -%}
  {%- endfor -%}
{{ selects | join('\nunion all\n') or 'select * from dbt_internal_unit_test_actual limit 0' }}
{% endmacro %}

{% macro format_row(row, column_name_to_data_types) -%}
  {%- set formatted = {} -%}
  {%- for name, value in row.items() -%}
    {%- if name | lower not in column_name_to_data_types -%}
      {{ exceptions.raise_compiler_error("A row of a unit test names the column '" ~ name ~ "', but there is " ~ column_name_to_data_types.keys() | join(', ')) }}
    {%- endif -%}
    {%- set type = column_name_to_data_types[name | lower] -%}
    {%- if value is string -%}
      {# a length would cut the text without a word #}
      {%- set type = type.split('(')[0] if 'varying' in type else type -%}
      {%- set value = dbt.string_literal(dbt.escape_single_quotes(value)) -%}
    {%- endif -%}
    {%- do formatted.update({name | lower: safe_cast('null' if value is none else value, type)}) -%}
  {%- endfor -%}
  {{ return(formatted) }}
{%- endmacro %}

{% macro validate_fixture_rows(rows, row_number) -%}{{ return(adapter.dispatch('validate_fixture_rows', 'dbt')(rows, row_number)) }}{%- endmacro %}
{% macro default__validate_fixture_rows(rows, row_number) -%}{%- endmacro %}
