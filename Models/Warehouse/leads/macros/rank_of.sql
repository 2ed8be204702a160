{# 1 for the best value, within each `within` where that is given; null where there is no value to rank. #}
{% macro rank_of(value, best='highest', within=none) -%}
case when {{ value }} is not null
        then rank() over (
            {%- if within is not none %}partition by {{ within }} {% endif -%}
            order by {{ value }} {{ 'asc' if best == 'lowest' else 'desc' }} nulls last
        ) end
{%- endmacro %}
