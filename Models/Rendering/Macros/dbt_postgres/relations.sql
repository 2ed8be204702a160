{# A name has 63 bytes: what is too long with its suffix is shortened, and keeps a hash of the whole. #}
{% macro postgres__make_relation_with_suffix(base_relation, suffix, dstring) %}
  {% if dstring %}
    {% set suffix = suffix ~ modules.datetime.datetime.now().strftime('%H%M%S%f') %}
  {% endif %}
  {% if suffix | length >= base_relation.relation_max_name_length() %}
    {% do exceptions.raise_compiler_error('The suffix ' ~ suffix ~ ' is longer than a name may be') %}
  {% endif %}
  {{ return(base_relation.incorporate(path={'identifier': base_relation.leadline_suffixed_identifier(suffix)})) }}
{% endmacro %}

{% macro postgres__make_intermediate_relation(base_relation, suffix) %}
  {{ return(postgres__make_relation_with_suffix(base_relation, suffix, dstring=False)) }}
{% endmacro %}

{% macro postgres__make_temp_relation(base_relation, suffix) %}
  {% set temporary = postgres__make_relation_with_suffix(base_relation, suffix, dstring=True) %}
  {{ return(temporary.incorporate(path={'schema': none, 'database': none})) }}
{% endmacro %}

{% macro postgres__make_backup_relation(base_relation, backup_relation_type, suffix) %}
  {{ return(postgres__make_relation_with_suffix(base_relation, suffix, dstring=False).incorporate(type=backup_relation_type)) }}
{% endmacro %}

{% macro postgres_escape_comment(comment) -%}
  {%- if comment is not string -%}
    {{ exceptions.raise_compiler_error('A comment must be a text, but this is ' ~ comment) }}
  {%- endif -%}
  {%- set mark = '$dbt_comment_literal_block$' -%}
  {%- if mark in comment -%}
    {{ exceptions.raise_compiler_error('A comment may not hold ' ~ mark) }}
  {%- endif -%}
  {{ mark ~ comment ~ mark }}
{%- endmacro %}
