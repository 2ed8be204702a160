{# The first day of the month, in UTC. #}
{% macro month_of(moment) -%}
date_trunc('month', {{ moment }} at time zone 'UTC')::date
{%- endmacro %}
