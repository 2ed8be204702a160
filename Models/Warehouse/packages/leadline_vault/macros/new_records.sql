{#
  In a run on an existing table, the condition that looks at new records of the stage alone. It needs a column that never goes back, such as
  the time of the load; without one every record of the stage is compared with the table, which is right in any order.
#}
{% macro new_records(watermark, conjunction='and') -%}
{% if is_incremental() and watermark is not none -%}
{{ conjunction }} {{ watermark }} >= (select coalesce(max({{ watermark }}), '-infinity') from {{ this }})
{%- endif %}
{%- endmacro %}

{#
  The keys that the stage has new records of, as a common table expression: those beyond the watermark, or, without one, those of a moment
  that this table does not know.
#}
{% macro changed_keys(stage, keys, watermark) %}
changed_keys as (
    select distinct {{ keys | join(', ') }}
    from {{ stage }} as staged
    where {% for key in keys %}{{ key }} is not null{{ ' and ' if not loop.last }}{% endfor %}
    {%- if watermark is not none %}
        {{ leadline_vault.new_records(watermark) }}
    {%- else %}
        and not exists (
            select 1 from {{ this }} as known
            where {{ leadline_vault.same('known', 'staged', keys) }}
                and known.effective_from = staged.effective_from and known.load_date = staged.load_date
        )
    {%- endif %}
),
{% endmacro %}
