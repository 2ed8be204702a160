{#
  Tests of a measurement against its own history. Each gives one row: what was measured, what was expected, and whether it is an
  anomaly. The runner keeps that row in leadline.measurements, where the next run finds it; whoever only compiles records nothing.
#}

{% test volume_anomaly(model, sensitivity=3, window_days=none, minimum_history=none, day_of_week=false, direction='both', tolerance=0.01) %}
  {{ leadline.measured_against_history(model, 'volume', 'count(*)', none, sensitivity, window_days, minimum_history, day_of_week, direction, tolerance, true) }}
{% endtest %}

{% test freshness_anomaly(model, column_name, sensitivity=3, window_days=none, minimum_history=none, day_of_week=false, direction='up', tolerance=0.01) %}
  {%- set seconds = 'extract(epoch from now() - max(' ~ column_name ~ ')::timestamptz)' -%}
  {{ leadline.measured_against_history(model, 'freshness', seconds, column_name, sensitivity, window_days, minimum_history, day_of_week, direction, tolerance, true) }}
{% endtest %}

{% test null_share_anomaly(model, column_name, sensitivity=3, window_days=none, minimum_history=none, day_of_week=false, direction='both', tolerance=0.01) %}
  {%- set share = '1 - count(' ~ column_name ~ ')::double precision / nullif(count(*), 0)' -%}
  {{ leadline.measured_against_history(model, 'null_share', share, column_name, sensitivity, window_days, minimum_history, day_of_week, direction, tolerance, false) }}
{% endtest %}

{% test distinct_share_anomaly(model, column_name, sensitivity=3, window_days=none, minimum_history=none, day_of_week=false, direction='both', tolerance=0.01) %}
  {%- set share = 'count(distinct ' ~ column_name ~ ')::double precision / nullif(count(' ~ column_name ~ '), 0)' -%}
  {{ leadline.measured_against_history(model, 'distinct_share', share, column_name, sensitivity, window_days, minimum_history, day_of_week, direction, tolerance, false) }}
{% endtest %}

{# The columns and their types, against those of the measurement before: a change is told once, and is then what is expected. #}
{% test schema_change(model) %}
  {%- if config.get('where') -%}
    {{ exceptions.raise_compiler_error("leadline.schema_change looks at columns, not at rows: take 'where' out of its config.") }}
  {%- endif %}
select
  {{ leadline.measurement_keys('schema', none) }},
  null::double precision as value,
  found.detail,
  (earlier.detail is not null)::int::bigint as baseline_size,
  null::double precision as baseline_mean,
  null::double precision as baseline_deviation,
  coalesce(found.detail <> earlier.detail, false) as is_anomaly,
  'the columns were (' || earlier.detail || ') and are (' || found.detail || ')' as message
from (
  select string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) as detail
  from pg_catalog.pg_attribute
  where attrelid = to_regclass({{ leadline.text_literal(model | string) }}) and attnum > 0 and not attisdropped
) as found
left join (
  select detail
  from {{ leadline.earlier_measurements('schema', none) }} as history
  order by measured_at desc
  limit 1
) as earlier on true
{% endtest %}

{#
  A value against the mean of earlier ones: further off than 'sensitivity' standard deviations, and than 'tolerance', is an anomaly.
  The tolerance (a share of the mean where 'relative', otherwise a difference) is for values that hardly ever change.
#}
{% macro measured_against_history(model, measure, expression, column_name, sensitivity, window_days, minimum_history, day_of_week, direction, tolerance, relative) -%}
  {%- if direction not in ('both', 'up', 'down') -%}
    {{ exceptions.raise_compiler_error("leadline." ~ measure ~ "_anomaly has direction '" ~ direction ~ "'; it is 'up', 'down' or 'both'.") }}
  {%- endif -%}
  {%- set days = window_days if window_days is not none else (84 if day_of_week else 28) -%}
  {%- set least = minimum_history if minimum_history is not none else (4 if day_of_week else 7) -%}
select
  {{ leadline.measurement_keys(measure, column_name) }},
  judged.value,
  null::text as detail,
  judged.size as baseline_size,
  judged.mean as baseline_mean,
  judged.deviation as baseline_deviation,
  coalesce(judged.size >= {{ least }} and (
    {{ 'false' if direction == 'up' else 'judged.value < judged.mean - judged.margin' }}
    or {{ 'false' if direction == 'down' else 'judged.value > judged.mean + judged.margin' }}), false) as is_anomaly,
  '{{ measure }} is ' || trim_scale(round(judged.value::numeric, 4))
    || ', expected {{ 'at most' if direction == 'up' else 'at least' if direction == 'down' else 'between' }} '
    {%- if direction != 'up' %}
    || trim_scale(round((judged.mean - judged.margin)::numeric, 4))
    {%- endif %}
    {%- if direction == 'both' %}
    || ' and '
    {%- endif %}
    {%- if direction != 'down' %}
    || trim_scale(round((judged.mean + judged.margin)::numeric, 4))
    {%- endif %}
    || ' after ' || judged.size || ' earlier measurements' as message
from (
  select
    measured.value,
    baseline.*,
    greatest({{ sensitivity }} * baseline.deviation, {{ tolerance }}{{ ' * abs(baseline.mean)' if relative }}) as margin
  from (select ({{ expression }})::double precision as value from {{ model }}) as measured
  cross join (
    select count(*) as size, avg(value) as mean, coalesce(stddev_samp(value), 0) as deviation
    from {{ leadline.earlier_measurements(measure, column_name) }} as history
    where value is not null
      and not is_anomaly
      and measured_at > now() - interval '{{ days }} days'
      {%- if day_of_week %}
      and extract(isodow from measured_at at time zone 'UTC') = extract(isodow from now() at time zone 'UTC')
      {%- endif %}
  ) as baseline
) as judged
{%- endmacro %}

{# What was measured of the same thing by earlier runs; nothing where no run has kept anything yet. #}
{% macro earlier_measurements(measure, column_name) -%}
  {%- if execute and adapter.get_relation(database=target.database, schema='leadline', identifier='measurements') -%}
(
  select measured.value, measured.detail, measured.is_anomaly, measured.measured_at
  from leadline.measurements as measured
  join (select {{ leadline.measurement_keys(measure, column_name) }}) as own
    using (target_schema, unique_id, column_name, measure, filter)
  where measured.invocation_id <> '{{ invocation_id }}'::uuid
)
  {%- else -%}
(select null::double precision as value, null::text as detail, false as is_anomaly, null::timestamptz as measured_at where false)
  {%- endif -%}
{%- endmacro %}

{# What a measurement is of. 'model' is the test itself here: this macro has no argument of that name. #}
{% macro measurement_keys(measure, column_name) -%}
  {{ leadline.text_literal(target.schema) }}::text as target_schema,
  {{ leadline.text_literal(model.attached_node or model.unique_id) }}::text as unique_id,
  {{ leadline.text_literal((column_name or '') | replace('"', '')) }}::text as column_name,
  '{{ measure }}'::text as measure,
  {{ leadline.text_literal(config.get('where') or '') }}::text as filter
{%- endmacro %}

{% macro text_literal(text) -%}
'{{ dbt.escape_single_quotes(text) }}'
{%- endmacro %}
