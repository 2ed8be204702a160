{# How much a figure is above that of the row before, which is the month before: the months have no gaps. Null in the first month. #}
{% macro change(figure) -%}
{{ figure }} - lag({{ figure }}) over (order by month)
{%- endmacro %}

{# The same as a share of the month before; null where that is zero. #}
{% macro change_share(figure) -%}
{{ ratio(figure ~ ' - lag(' ~ figure ~ ') over (order by month)', 'lag(' ~ figure ~ ') over (order by month)') }}
{%- endmacro %}
