{#
  An effectivity satellite: from when to when a relationship holds, for links in which a driving key has one partner at a time. When the
  driving key gets another partner, the relationship with the one before is closed at that moment; a record without a partner (the link's key
  is null) closes it as well. Each row says what holds from its effective_from on, until a later row of the same relationship.

  stage        the relation
  key          the hashed key of the link
  driving_key  the hashed key of the hub that has one partner at a time
  watermark    a column of the stage that never goes back; see new_records
#}
{% macro effectivity_satellite(stage, key, driving_key, watermark=none) %}
with staged as (
    select {{ driving_key }}, {{ key }}, effective_from, load_date, record_source
    from {{ stage }}
    where {{ driving_key }} is not null
),
{%- if is_incremental() %}

{{ leadline_vault.changed_keys(stage, [driving_key], watermark) }}
{%- endif %}

records as (
    select {{ driving_key }}, {{ key }}, effective_from, load_date, record_source
    from staged
    {%- if is_incremental() %}
    where {{ driving_key }} in (select {{ driving_key }} from changed_keys)
    union all
    select {{ driving_key }}, {{ key }}, effective_from, load_date, record_source
    from {{ this }}
    where is_active and {{ driving_key }} in (select {{ driving_key }} from changed_keys)
    {%- endif %}
),

one_a_moment as (
    select distinct on ({{ driving_key }}, effective_from, load_date) *
    from records
    order by {{ driving_key }}, effective_from, load_date, {{ key }}
),

in_order as (
    select *, lag({{ key }}) over (partition by {{ driving_key }} order by effective_from, load_date) as key_before
    from one_a_moment
),

rows_to_hold as (
    select {{ key }}, {{ driving_key }}, true as is_active, effective_from, load_date, record_source
    from in_order
    where {{ key }} is not null and key_before is distinct from {{ key }}
    union all
    select key_before, {{ driving_key }}, false, effective_from, load_date, record_source
    from in_order
    where key_before is not null and key_before is distinct from {{ key }}
)

select {{ key }}, {{ driving_key }}, is_active, effective_from, load_date, record_source
from rows_to_hold
{%- if is_incremental() %}
where not exists (
    select 1 from {{ this }} as known
    where known.{{ key }} = rows_to_hold.{{ key }} and known.is_active = rows_to_hold.is_active
        and known.effective_from = rows_to_hold.effective_from and known.load_date = rows_to_hold.load_date
)
{%- endif %}
{% endmacro %}
