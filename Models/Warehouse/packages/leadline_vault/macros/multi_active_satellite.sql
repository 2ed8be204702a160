{#
  A multi-active satellite: several rows of a key hold at the same time, such as telephone numbers, told apart by a child key. All rows that a load
  brings for a key and a moment are one set; a set is a version where it is not what the set before it was. Otherwise as a satellite.

  stage      the relation
  key        the hashed key of the hub or link
  child_key  the column or columns that tell the rows of a set apart
  hashdiff   the hash of what is watched, of one row, with the child key in it
  payload    the columns that are kept
  watermark  a column of the stage that never goes back; see new_records
#}
{% macro multi_active_satellite(stage, key, child_key, hashdiff, payload, watermark=none) %}
{%- set children = leadline_vault.as_list(child_key) %}
{%- set columns = [key] + children + [hashdiff] + payload + ['effective_from', 'load_date', 'record_source'] %}
with staged as (
    select {{ columns | join(', ') }}
    from {{ stage }}
    where {{ key }} is not null
),
{%- if is_incremental() %}

{{ leadline_vault.changed_keys(stage, [key], watermark) }}
{%- endif %}

records as (
    select {{ columns | join(', ') }}, false as is_known
    from staged
    {%- if is_incremental() %}
    where {{ key }} in (select {{ key }} from changed_keys)
    union all
    select {{ columns | join(', ') }}, true
    from {{ this }}
    where {{ key }} in (select {{ key }} from changed_keys)
    {%- endif %}
),

one_a_child as (
    select distinct on ({{ key }}, effective_from, load_date, {{ children | join(', ') }}) *
    from records
    order by {{ key }}, effective_from, load_date, {{ children | join(', ') }}, is_known desc, {{ hashdiff }}
),

sets as (
    select
        {{ key }}, effective_from, load_date,
        string_agg({{ hashdiff }}, ''::bytea order by {{ children | join(', ') }}) as set_hash
    from one_a_child
    group by {{ key }}, effective_from, load_date
),

sets_in_order as (
    select *, lag(set_hash) over (partition by {{ key }} order by effective_from, load_date) as set_before
    from sets
)

select {{ leadline_vault.prefixed(columns, 'one_a_child') }}
from one_a_child
join sets_in_order using ({{ key }}, effective_from, load_date)
where not one_a_child.is_known and set_hash is distinct from set_before
{% endmacro %}
