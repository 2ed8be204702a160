{# A quotient that is null where the divisor is zero or unknown, never an error. #}
{% macro ratio(numerator, denominator, digits=4) -%}
round(({{ numerator }})::numeric / nullif({{ denominator }}, 0), {{ digits }})
{%- endmacro %}
