{# The channel of all media that no other channel names, and of registrations that no session explains. #}
{% macro others() -%}
'Others'
{%- endmacro %}

{# The priority of the channel Others: after all that the seed names. #}
{% macro last_priority() -%}
1000
{%- endmacro %}
