{#
  In a run on an existing table, the condition that looks at new records of the stage alone. It needs a column that never goes back, such as
  the time of the load; without one every record of the stage is compared with the table, which is right in any order.
#}
{% macro new_records(watermark, conjunction='and') -%}
{% if is_incremental() and watermark is not none -%}
{{ conjunction }} {{ watermark }} >= (select coalesce(max({{ watermark }}), '-infinity') from {{ this }})
{%- endif %}
{%- endmacro %}
