{# The first day of the month: how every period of this project is written. #}
{% macro month_of(moment) -%}
date_trunc('month', {{ moment }})::date
{%- endmacro %}
