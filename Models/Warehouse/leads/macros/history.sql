{#
  The body of every data lake model: each distinct row that the source ever held, once, with the first and the newest load
  that brought it. A row that comes back after having been replaced becomes the newest again.
  The hash is taken over json, whose text does not depend on a session's date style.
#}
{% macro history(source_relation, columns) %}
with loaded as (

    select
        md5(json_build_array({{ columns | join(', ') }})::text) as row_hash,
        {{ columns | join(',\n        ') }},
        min(meta_processing_time) as first_loaded_at,
        max(meta_processing_time) as loaded_at
    from {{ source_relation }}
    {% if is_incremental() -%}
    where meta_processing_time >= (
        select coalesce(max(loaded_at), '-infinity') - interval '{{ var("dl_lookback") }}' from {{ this }}
    )
    {% endif -%}
    group by {{ columns | join(', ') }}

)

select * from loaded
{%- if is_incremental() %}
where not exists (
    select 1
    from {{ this }} as known
    where known.row_hash = loaded.row_hash
        and known.loaded_at >= loaded.loaded_at
)
{%- endif %}
{% endmacro %}
