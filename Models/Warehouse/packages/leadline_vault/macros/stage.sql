{#
  A stage: the columns of a source, with the hashed keys, hashdiffs and the two times that every vault table needs.

  relation        what is staged
  columns         the columns that are kept
  keys            hashed keys: {user_hk: [id]}
  hashdiffs       hashes of what a satellite watches: {user_hashdiff: [name, email]}
  load_date       when the record was loaded, an expression
  effective_from  from when on the record is true, an expression; the load date where it is left away
  record_source   where the record comes from, an expression
#}
{% macro stage(relation, columns, keys, load_date, record_source, hashdiffs={}, effective_from=none) %}
select
    {%- for column in columns %}
    {{ column }},
    {%- endfor %}
    {%- for name, parts in keys.items() %}
    {{ leadline_vault.hash(parts, is_key=true) }} as {{ name }},
    {%- endfor %}
    {%- for name, parts in hashdiffs.items() %}
    {{ leadline_vault.hash(parts) }} as {{ name }},
    {%- endfor %}
    {{ effective_from or load_date }} as effective_from,
    {{ load_date }} as load_date,
    {{ record_source }} as record_source
from {{ relation }}
{% endmacro %}
