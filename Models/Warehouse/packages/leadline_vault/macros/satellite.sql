{#
  A satellite: a version for each change of what is watched. Versions of a key are in the order of effective_from and, of several at the same time,
  of load_date; a record that says what the one before it says is no version.

  A record may come in any order of its effective_from: it is put into its place among the records that are known, and where the stage still has
  the records that were no versions before, those that have become one are added. Nothing is ever changed or removed.
  Of several records of a key that one load brings for the same moment one is kept, always the same: multi_active_satellite keeps them all.

  stage      the relation
  key        the hashed key of the hub or link
  hashdiff   the hash of what is watched
  payload    the columns that are kept
  watermark  a column of the stage that never goes back; see new_records
#}
{% macro satellite(stage, key, hashdiff, payload, watermark=none) %}
{{ leadline_vault.versions(stage, [key], hashdiff, payload, watermark) }}
{% endmacro %}

{#
  A reference table: codes and what they mean, by version as in a satellite. The code is its own key.

  code     the column or columns of the code
  payload  the columns that say what it means
#}
{% macro reference_table(stage, code, payload, watermark=none) %}
{{ leadline_vault.versions(stage, leadline_vault.as_list(code), none, payload, watermark) }}
{% endmacro %}

{% macro versions(stage, keys, hashdiff, payload, watermark) %}
{%- set diff = hashdiff or 'hashdiff' %}
{%- set columns = keys + [diff] + payload + ['effective_from', 'load_date', 'record_source'] %}
with staged as (
    select {{ keys | join(', ') }}, {{ hashdiff if hashdiff else leadline_vault.hash(payload) ~ ' as hashdiff' }},
        {%- for column in payload %} {{ column }},{% endfor %} effective_from, load_date, record_source
    from {{ stage }}
    where {% for key in keys %}{{ key }} is not null{{ ' and ' if not loop.last }}{% endfor %}
),
{%- if is_incremental() %}

{{ leadline_vault.changed_keys(stage, keys, watermark) }}
{%- endif %}

records as (
    select {{ columns | join(', ') }}, false as is_known
    from staged
    {%- if is_incremental() %}
    where ({{ keys | join(', ') }}) in (select {{ keys | join(', ') }} from changed_keys)
    union all
    select {{ columns | join(', ') }}, true
    from {{ this }}
    where ({{ keys | join(', ') }}) in (select {{ keys | join(', ') }} from changed_keys)
    {%- endif %}
),

one_a_moment as (
    select distinct on ({{ keys | join(', ') }}, effective_from, load_date) *
    from records
    order by {{ keys | join(', ') }}, effective_from, load_date, is_known desc, {{ diff }}
),

in_order as (
    select *, lag({{ diff }}) over (partition by {{ keys | join(', ') }} order by effective_from, load_date) as hashdiff_before
    from one_a_moment
)

select {{ columns | join(', ') }}
from in_order
where not is_known and hashdiff_before is distinct from {{ diff }}
{% endmacro %}
