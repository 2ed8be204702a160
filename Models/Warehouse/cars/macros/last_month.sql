{# The same figure one month earlier; the months of a series have no gaps, so that is the row before. #}
{% macro last_month(figure) -%}
lag({{ figure }}) over (partition by client_id, brand, model order by month)
{%- endmacro %}
