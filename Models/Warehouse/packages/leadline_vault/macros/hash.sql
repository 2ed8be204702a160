{#
  The hash of columns as 32 bytes. The columns are written as one JSON array of texts, so that ('a', 'bc') and ('ab', 'c') differ, and that no
  setting of the session (date style, time zone of a text) changes it. With `is_key`, blanks around a value do not count, and the hash
  of columns of which one has no value is null: a record without its business key belongs to nothing.
#}
{% macro hash(columns, is_key=false) -%}
{%- set columns = leadline_vault.as_list(columns) -%}
{%- if is_key -%}
case when {% for column in columns %}{{ leadline_vault.key_text(column) }} is not null{{ ' and ' if not loop.last }}{% endfor %}
        then sha256(convert_to(json_build_array(
            {%- for column in columns %}{{ leadline_vault.key_text(column) }}{{ ', ' if not loop.last }}{% endfor -%}
        )::text, 'UTF8'))
    end
{%- else -%}
sha256(convert_to(json_build_array({{ columns | join(', ') }})::text, 'UTF8'))
{%- endif -%}
{%- endmacro %}

{# A business key as text: without blanks around it, null where nothing is left. json gives each type one text. #}
{% macro key_text(column) -%}
nullif(trim(to_jsonb({{ column }}) #>> '{}'), '')
{%- endmacro %}

{% macro as_list(value) -%}
{{ return([value] if value is string else value) }}
{%- endmacro %}

{# The names, each after the alias of a table. #}
{% macro prefixed(names, alias) -%}
{%- for name in names %}{{ alias }}.{{ name }}{{ ', ' if not loop.last }}{% endfor -%}
{%- endmacro %}

{# That two tables have the same values in the columns; the columns are never null. #}
{% macro same(left, right, columns) -%}
{%- for column in columns %}{{ left }}.{{ column }} = {{ right }}.{{ column }}{{ ' and ' if not loop.last }}{% endfor -%}
{%- endmacro %}
