{# Of an incremental run, the rows that were loaded since the newest that the table holds. #}
{% macro newly_loaded(loaded_at='meta_processing_time') -%}
{% if is_incremental() -%}
where {{ loaded_at }} >= (
        select coalesce(max(loaded_at), '-infinity') - interval '{{ var("lookback") }}' from {{ this }}
    )
{%- endif %}
{%- endmacro %}
