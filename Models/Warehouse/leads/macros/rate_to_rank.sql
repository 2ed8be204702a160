{# The conversion rate where it rests on enough leads to be ranked, else null: the rate of one stray lead says nothing. #}
{% macro rate_to_rank() -%}
case when leads >= {{ var('leads_to_rank') }} then conversion_rate end
{%- endmacro %}
