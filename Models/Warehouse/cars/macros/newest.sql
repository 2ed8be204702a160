{#
  Loads append, so a row that was loaded again is there again. Of each entity the newest load's row counts; where one load
  brought several, the one furthest down its file.
#}
{% macro newest(source_relation) %}
    select distinct on (meta_entity_id) *
    from {{ source_relation }}
    order by meta_entity_id, meta_processing_time desc, meta_source_line desc
{% endmacro %}
