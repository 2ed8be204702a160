{#
  A point-in-time table: for each key of a hub and each moment, which version of each satellite held then, by the two times that a version is found
  by; null where there was none yet. It is derived, and built as a table.

  hub         the relation
  key         its hashed key
  as_of       a relation with the moments
  moment      the column of the moments
  satellites  {name: relation}: the columns are called name_effective_from and name_load_date

  A version holds from its effective_from to that of the next one. The versions are joined to the moments within that range, which reads each satellite
  once; a lookup for each key and moment took nine times as long.
#}
{% macro point_in_time(hub, key, as_of, moment, satellites) %}
with moments as (
    select distinct {{ moment }} from {{ as_of }}
)
{%- for name, relation in satellites.items() %},

versions_of_{{ name }} as (
    select versions.{{ key }}, moments.{{ moment }}, versions.effective_from, versions.load_date
    from (
        select {{ key }}, effective_from, load_date,
            lead(effective_from) over (partition by {{ key }} order by effective_from, load_date) as next_effective_from
        from {{ relation }}
    ) as versions
    join moments
        on moments.{{ moment }} >= versions.effective_from
        and (versions.next_effective_from is null or moments.{{ moment }} < versions.next_effective_from)
)
{%- endfor %}

select
    hub.{{ key }},
    moments.{{ moment }}
    {%- for name in satellites %},
    versions_of_{{ name }}.effective_from as {{ name }}_effective_from,
    versions_of_{{ name }}.load_date as {{ name }}_load_date
    {%- endfor %}
from {{ hub }} as hub
cross join moments
{%- for name in satellites %}
left join versions_of_{{ name }} using ({{ key }}, {{ moment }})
{%- endfor %}
{% endmacro %}

{# The version of a satellite that holds now, one row a key: the latest by effective_from, of several the one that was loaded last. #}
{% macro current_version(satellite, key) %}
select distinct on ({{ key }}) *
from {{ satellite }}
order by {{ key }}, effective_from desc, load_date desc
{% endmacro %}
