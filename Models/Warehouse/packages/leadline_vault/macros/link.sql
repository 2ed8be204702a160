{#
  A link: each relationship between hubs once. A record that lacks one of the keys is no relationship.

  stages     a relation, or a list of them
  key        the hashed key of the relationship
  hub_keys   the hashed keys of the hubs
  columns    keys of the relationship that are in no hub, such as the number of an order
  watermark  a column of the stages that never goes back; see new_records
#}
{% macro link(stages, key, hub_keys, columns=[], watermark=none) %}
{%- set relations = [stages] if stages.identifier is defined else stages %}
{%- set selected = [key] + hub_keys + columns %}
with staged as (
    {%- for stage in relations %}
    select {{ selected | join(', ') }}, load_date, record_source
    from {{ stage }}
    where {% for name in [key] + hub_keys %}{{ name }} is not null{{ ' and ' if not loop.last }}{% endfor %}
        {{ leadline_vault.new_records(watermark) }}
    {{- ' union all' if not loop.last }}
    {%- endfor %}
),

first_records as (
    select distinct on ({{ key }}) *
    from staged
    order by {{ key }}, load_date, record_source
)

select {{ selected | join(', ') }}, load_date, record_source
from first_records
{%- if is_incremental() %}
where not exists (select 1 from {{ this }} as known where known.{{ key }} = first_records.{{ key }})
{%- endif %}
{% endmacro %}

{#
  A non-historised link: a transaction that never changes, with what it says. The first record of a key counts.

  payload  the columns of the transaction; the others as of a link
#}
{% macro nonhistorised_link(stages, key, hub_keys, payload, watermark=none) %}
{{ leadline_vault.link(stages, key, hub_keys, columns=payload + ['effective_from'], watermark=watermark) }}
{% endmacro %}
