{# PostgreSQL's own forms of what dbt names for every database. #}

{%- macro postgres__any_value(expression) -%}min({{ expression }}){%- endmacro -%}

{# Whether two nulls are equal is the project's to say. #}
{%- macro postgres__equals(expr1, expr2) -%}
({{ expr1 }} {{ 'is not distinct from' if adapter.behavior.enable_truthy_nulls_equals_macro else '=' }} {{ expr2 }})
{%- endmacro -%}

{%- macro postgres__current_timestamp() -%}now(){%- endmacro -%}

{%- macro postgres__snapshot_string_as_time(timestamp) -%}'{{ timestamp }}'::timestamp without time zone{%- endmacro -%}

{%- macro postgres__snapshot_get_time() -%}{{ current_timestamp() }}::timestamp without time zone{%- endmacro -%}

{%- macro postgres__current_timestamp_backcompat() -%}current_timestamp::{{ type_timestamp() }}{%- endmacro -%}

{%- macro postgres__current_timestamp_in_utc_backcompat() -%}(current_timestamp at time zone 'utc')::{{ type_timestamp() }}{%- endmacro -%}

{%- macro postgres__dateadd(datepart, interval, from_date_or_timestamp) -%}
{{ from_date_or_timestamp }} + ((interval '1 {{ datepart }}') * ({{ interval }}))
{%- endmacro -%}

{# Boundaries crossed between two moments, counted like other databases' datediff. #}
{%- macro postgres__datediff(first_date, second_date, datepart) -%}
  {%- set first = '(' ~ first_date ~ ')::timestamp' -%}
  {%- set second = '(' ~ second_date ~ ')::timestamp' -%}
  {%- set years = "(date_part('year', " ~ second ~ ") - date_part('year', " ~ first ~ "))" -%}
  {%- set days = '((' ~ second_date ~ ')::date - (' ~ first_date ~ ')::date)' -%}
  {%- if datepart == 'year' -%}
    {{ years }}
  {%- elif datepart == 'quarter' -%}
    ({{ years }} * 4 + date_part('quarter', {{ second }}) - date_part('quarter', {{ first }}))
  {%- elif datepart == 'month' -%}
    ({{ years }} * 12 + date_part('month', {{ second }}) - date_part('month', {{ first }}))
  {%- elif datepart == 'week' -%}
    ((date_trunc('week', {{ second }} + interval '1 day')::date - date_trunc('week', {{ first }} + interval '1 day')::date) / 7)
  {%- elif datepart == 'day' -%}
    {{ days }}
  {%- elif datepart == 'hour' -%}
    ({{ days }} * 24 + date_part('hour', {{ second }}) - date_part('hour', {{ first }}))
  {%- elif datepart == 'minute' -%}
    (({{ days }} * 24 + date_part('hour', {{ second }}) - date_part('hour', {{ first }})) * 60
      + date_part('minute', {{ second }}) - date_part('minute', {{ first }}))
  {%- elif datepart in ('second', 'millisecond', 'microsecond') -%}
    {%- set unit = {'second': 1, 'millisecond': 1000, 'microsecond': 1000000}[datepart] -%}
    cast(floor(extract(epoch from {{ second }}) * {{ unit }}) - floor(extract(epoch from {{ first }}) * {{ unit }}) as double precision)
  {%- else -%}
    {{ exceptions.raise_compiler_error('Unsupported datepart for macro datediff in postgres: ' ~ datepart) }}
  {%- endif -%}
{%- endmacro -%}

{# The interval '1 quarter' does not exist. #}
{%- macro postgres__last_day(date, datepart) -%}
  {%- if datepart == 'quarter' -%}
    cast({{ dbt.date_trunc('quarter', date) }} + interval '3 months' - interval '1 day' as date)
  {%- else -%}
    {{ dbt.default_last_day(date, datepart) }}
  {%- endif -%}
{%- endmacro -%}

{%- macro postgres__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- if limit_num -%}
    array_to_string((array_agg({{ measure }} {{ order_by_clause if order_by_clause }}))[1:{{ limit_num }}], {{ delimiter_text }})
  {%- else -%}
    string_agg({{ measure }}, {{ delimiter_text }} {{ order_by_clause if order_by_clause }})
  {%- endif -%}
{%- endmacro -%}

{%- macro postgres__split_part(string_text, delimiter_text, part_number) -%}
split_part({{ string_text }}, {{ delimiter_text }}, {{ part_number }})
{%- endmacro -%}
