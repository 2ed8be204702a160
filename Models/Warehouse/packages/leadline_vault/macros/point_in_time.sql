{#
  A point-in-time table: for each key of a hub and each moment, which version of each satellite held then, by the two times that a version is found
  by; null where there was none yet. It is derived, and built as a table.

  hub         the relation
  key         its hashed key
  as_of       a relation with the moments
  moment      the column of the moments
  satellites  {name: relation}: the columns are called name_effective_from and name_load_date
#}
{% macro point_in_time(hub, key, as_of, moment, satellites) %}
select
    hub.{{ key }},
    moments.{{ moment }}
    {%- for name, relation in satellites.items() %},
    {{ name }}.effective_from as {{ name }}_effective_from,
    {{ name }}.load_date as {{ name }}_load_date
    {%- endfor %}
from {{ hub }} as hub
cross join (select distinct {{ moment }} from {{ as_of }}) as moments
{%- for name, relation in satellites.items() %}
left join lateral (
    select versions.effective_from, versions.load_date
    from {{ relation }} as versions
    where versions.{{ key }} = hub.{{ key }} and versions.effective_from <= moments.{{ moment }}
    order by versions.effective_from desc, versions.load_date desc
    limit 1
) as {{ name }} on true
{%- endfor %}
{% endmacro %}

{# The version of a satellite that holds now, one row a key: the latest by effective_from, of several the one that was loaded last. #}
{% macro current_version(satellite, key) %}
select distinct on ({{ key }}) *
from {{ satellite }}
order by {{ key }}, effective_from desc, load_date desc
{% endmacro %}
