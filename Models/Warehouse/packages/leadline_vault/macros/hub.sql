{#
  A hub: each business key once, as the first record brought it. Several stages may bring keys.

  stages        a relation, or a list of them
  key           the hashed key
  business_key  the column or columns that it is the hash of
  watermark     a column of the stages that never goes back; see new_records
#}
{% macro hub(stages, key, business_key, watermark=none) %}
{%- set columns = leadline_vault.as_list(business_key) %}
{%- set relations = [stages] if stages.identifier is defined else stages %}
with staged as (
    {%- for stage in relations %}
    select {{ key }}, {{ columns | join(', ') }}, load_date, record_source
    from {{ stage }}
    where {{ key }} is not null
        {{ leadline_vault.new_records(watermark) }}
    {{- ' union all' if not loop.last }}
    {%- endfor %}
),

first_records as (
    select distinct on ({{ key }}) *
    from staged
    order by {{ key }}, load_date, record_source
)

select {{ key }}, {{ columns | join(', ') }}, load_date, record_source
from first_records
{%- if is_incremental() %}
where not exists (select 1 from {{ this }} as known where known.{{ key }} = first_records.{{ key }})
{%- endif %}
{% endmacro %}
