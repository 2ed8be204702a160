{#
  A bridge: which keys are connected with a hub's key at each moment, over one or more links. It is derived, and built as a table.

  hub     the relation
  key     its hashed key
  as_of   a relation with the moments
  moment  the column of the moments
  links   a list, one after the other: relation, key (the link's), from (the hashed key that leads into it), to (the one that leads out), and
          effectivity, an effectivity satellite, where the relationship ends; without one it holds from its load_date on
#}
{% macro bridge(hub, key, as_of, moment, links) %}
select
    hub.{{ key }},
    moments.{{ moment }}
    {%- for link in links %},
    link_{{ loop.index }}.{{ link['key'] }},
    link_{{ loop.index }}.{{ link['to'] }}
    {%- endfor %}
from {{ hub }} as hub
cross join (select distinct {{ moment }} from {{ as_of }}) as moments
{%- for link in links %}
join {{ link['relation'] }} as link_{{ loop.index }}
    on link_{{ loop.index }}.{{ link['from'] }} = {{ 'hub' if loop.first else 'link_' ~ loop.index0 }}.{{ link['from'] }}
{%- if link['effectivity'] is defined %}
join lateral (
    select versions.is_active
    from {{ link['effectivity'] }} as versions
    where versions.{{ link['key'] }} = link_{{ loop.index }}.{{ link['key'] }} and versions.effective_from <= moments.{{ moment }}
    order by versions.effective_from desc, versions.load_date desc, versions.is_active desc
    limit 1
) as effectivity_{{ loop.index }} on effectivity_{{ loop.index }}.is_active
{%- else %}
    and link_{{ loop.index }}.load_date <= moments.{{ moment }}
{%- endif %}
{%- endfor %}
{% endmacro %}
