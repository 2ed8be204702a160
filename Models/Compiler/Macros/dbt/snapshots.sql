{# Snapshot strategies that projects call or replace: docs.getdbt.com/docs/build/snapshots. #}

{% macro strategy_dispatch(name) -%}
  {% set package, _, short = name.rpartition('.') %}
  {% set scope = context[package] if package else context %}
  {% set macro_name = 'snapshot_' ~ short ~ '_strategy' %}
  {% if not scope[macro_name] %}
    {% do exceptions.raise_compiler_error('There is no snapshot strategy ' ~ name ~ ': no macro ' ~ macro_name) %}
  {% endif %}
  {{ return(scope[macro_name]) }}
{%- endmacro %}

{% macro snapshot_hash_arguments(args) -%}{{ adapter.dispatch('snapshot_hash_arguments', 'dbt')(args) }}{%- endmacro %}
{% macro default__snapshot_hash_arguments(args) -%}
md5({% for argument in args %}coalesce(cast({{ argument }} as varchar), ''){{ " || '|' || " if not loop.last }}{% endfor %})
{%- endmacro %}

{% macro snapshot_timestamp_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {% set key = model_config.get('unique_key') %}
  {% set updated_at = model_config.get('updated_at') %}
  {% set names = model_config.get('snapshot_meta_column_names') or {} %}
  {% set keys = [key] if key is string else key %}
  {{ return({
    'unique_key': key,
    'updated_at': updated_at,
    'row_changed': '(' ~ snapshotted_rel ~ '.' ~ names.get('dbt_valid_from', 'dbt_valid_from') ~ ' < ' ~ current_rel ~ '.' ~ updated_at ~ ')',
    'scd_id': snapshot_hash_arguments(keys + [updated_at]),
    'invalidate_hard_deletes': adapter.get_hard_deletes_behavior(model_config) == 'invalidate',
    'hard_deletes': adapter.get_hard_deletes_behavior(model_config),
  }) }}
{% endmacro %}

{% macro snapshot_check_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {% set key = model_config.get('unique_key') %}
  {% set check = model_config.get('check_cols') %}
  {% if check is none or check is undefined %}
    {% do exceptions.raise_compiler_error('The check strategy needs check_cols') %}
  {% endif %}
  {% set columns = get_columns_in_query(node.get('compiled_code') or node.get('raw_code')) if check == 'all' else ([check] if check is string else check) %}
  {% set updated_at = model_config.get('updated_at') or snapshot_get_time() %}
  {% set changed = [] %}
  {% for column in columns %}
    {% do changed.append(snapshotted_rel ~ '.' ~ column ~ ' is distinct from ' ~ current_rel ~ '.' ~ column) %}
  {% endfor %}
  {% set keys = [key] if key is string else key %}
  {{ return({
    'unique_key': key,
    'updated_at': updated_at,
    'row_changed': '(' ~ (changed | join(' or ') or 'false') ~ ')',
    'scd_id': snapshot_hash_arguments(keys + [updated_at]),
    'invalidate_hard_deletes': adapter.get_hard_deletes_behavior(model_config) == 'invalidate',
    'hard_deletes': adapter.get_hard_deletes_behavior(model_config),
  }) }}
{% endmacro %}
