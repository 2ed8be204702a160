{# The built-in materializations as templates. The run engine has quicker ways of its own that come to the same; it takes these where a
   project has replaced any of the macros they call. docs.getdbt.com/guides/create-new-materializations. #}

{% materialization view, default %}
  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- set intermediate = make_intermediate_relation(target_relation) -%}
  {%- set backup = make_backup_relation(target_relation, existing.type if existing else 'view') -%}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ leadline_drop_leftovers([intermediate, backup]) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% call statement('main') -%}{{ get_create_view_as_sql(intermediate, sql) }}{%- endcall %}
  {{ leadline_swap(existing, backup, intermediate, target_relation) }}
  {{ leadline_finish(target_relation, should_revoke(existing, full_refresh_mode=True)) }}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
  {{ drop_relation_if_exists(backup) }}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% materialization table, default %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- set intermediate = make_intermediate_relation(target_relation) -%}
  {%- set backup = make_backup_relation(target_relation, existing.type if existing else 'table') -%}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ leadline_drop_leftovers([intermediate, backup]) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% call statement('main') -%}{{ get_create_table_as_sql(False, intermediate, sql) }}{%- endcall %}
  {% do create_indexes(intermediate) %}
  {{ leadline_swap(existing, backup, intermediate, target_relation) }}
  {{ leadline_finish(target_relation, should_revoke(existing, full_refresh_mode=True)) }}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
  {{ drop_relation_if_exists(backup) }}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% materialization incremental, default %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- set temporary = make_temp_relation(target_relation) -%}
  {%- set intermediate = make_intermediate_relation(target_relation) -%}
  {%- set backup = make_backup_relation(target_relation, existing.type if existing else 'table') -%}
  {%- set is_anew = existing is none or existing.type != 'table' or should_full_refresh() -%}
  {%- set policy = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {%- set strategy = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') -%}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ leadline_drop_leftovers([intermediate, backup]) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% if is_anew %}
    {% call statement('main') -%}{{ get_create_table_as_sql(False, intermediate, sql) }}{%- endcall %}
    {% do create_indexes(intermediate) %}
    {{ leadline_swap(existing, backup, intermediate, target_relation) }}
  {% else %}
    {% call statement('new_rows') -%}{{ get_create_table_as_sql(True, temporary, sql) }}{%- endcall %}
    {% if not (config.get('contract') or {}).get('enforced') %}
      {% do adapter.expand_target_column_types(from_relation=temporary, to_relation=target_relation) %}
    {% endif %}
    {% set columns = process_schema_changes(policy, temporary, existing) or adapter.get_columns_in_relation(existing) %}
    {% set build_sql = strategy({
      'target_relation': target_relation,
      'temp_relation': temporary,
      'unique_key': config.get('unique_key'),
      'dest_columns': columns,
      'incremental_predicates': config.get('predicates') or config.get('incremental_predicates'),
    }) %}
    {% call statement('main') -%}{{ build_sql }}{%- endcall %}
  {% endif %}
  {{ leadline_finish(target_relation, should_revoke(existing, is_anew)) }}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
  {% if is_anew %}
    {{ drop_relation_if_exists(backup) }}
  {% else %}
    {% do adapter.drop_relation(temporary) %}
  {% endif %}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% materialization materialized_view, default %}
  {%- set target_relation = this.incorporate(type='materialized_view') -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- set intermediate = make_intermediate_relation(target_relation) -%}
  {%- set backup = make_backup_relation(target_relation, existing.type if existing else 'materialized_view') -%}
  {{ materialized_view_setup(backup, intermediate, pre_hooks) }}
  {% set build_sql = materialized_view_get_build_sql(existing, target_relation, backup, intermediate) %}
  {% if build_sql | trim %}
    {{ materialized_view_execute_build_sql(build_sql, existing, target_relation, post_hooks) }}
  {% else %}
    {{ materialized_view_execute_no_op(target_relation) }}
  {% endif %}
  {{ materialized_view_teardown(backup, intermediate, post_hooks) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro materialized_view_setup(backup_relation, intermediate_relation, pre_hooks) %}
  {{ leadline_drop_leftovers([backup_relation, intermediate_relation]) }}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
{% endmacro %}

{% macro materialized_view_get_build_sql(existing_relation, target_relation, backup_relation, intermediate_relation) %}
  {% if existing_relation is none %}
    {{ return(get_create_materialized_view_as_sql(target_relation, sql)) }}
  {% endif %}
  {% if should_full_refresh() or not existing_relation.is_materialized_view %}
    {{ return(get_replace_sql(existing_relation, target_relation, sql)) }}
  {% endif %}
  {% set changes = get_materialized_view_configuration_changes(existing_relation, config) %}
  {% set policy = config.get('on_configuration_change') %}
  {% if changes is none %}
    {{ return(refresh_materialized_view(target_relation)) }}
  {% elif policy == 'apply' %}
    {{ return(get_alter_materialized_view_as_sql(target_relation, changes, sql, existing_relation, backup_relation, intermediate_relation)) }}
  {% elif policy == 'fail' %}
    {{ exceptions.raise_fail_fast_error('The configuration of ' ~ target_relation.render() ~ ' changed, and on_configuration_change is fail') }}
  {% endif %}
  {{ exceptions.warn('The configuration of ' ~ target_relation.render() ~ ' changed, and on_configuration_change is ' ~ policy) }}
  {{ return('') }}
{% endmacro %}

{% macro materialized_view_execute_no_op(target_relation) %}
  {% do store_raw_result(name='main', message='skip ' ~ target_relation, code='skip', rows_affected='-1') %}
{% endmacro %}

{% macro materialized_view_execute_build_sql(build_sql, existing_relation, target_relation, post_hooks) %}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% call statement('main') -%}{{ build_sql }}{%- endcall %}
  {{ leadline_finish(target_relation, should_revoke(existing_relation, full_refresh_mode=True)) }}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
{% endmacro %}

{% macro materialized_view_teardown(backup_relation, intermediate_relation, post_hooks) %}
  {{ leadline_drop_leftovers([backup_relation, intermediate_relation]) }}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
{% endmacro %}

{% materialization seed, default %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- set is_anew = existing is none or should_full_refresh() -%}
  {%- set rows = load_agate_table() -%}
  {%- do store_result('agate_table', response='OK', agate_table=rows) -%}
  {% if existing and not existing.is_table %}
    {{ exceptions.raise_compiler_error('The seed ' ~ model.name ~ ' cannot be loaded: ' ~ existing.render() ~ ' is a ' ~ existing.type) }}
  {% endif %}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% if existing %}
    {% set create_sql = reset_csv_table(model, is_anew, existing, rows) %}
  {% else %}
    {% set create_sql = create_csv_table(model, rows) %}
  {% endif %}
  {% set insert_sql = load_csv_rows(model, rows) if rows.rows | length > 0 else '' %}
  {% set verb = 'CREATE' if should_full_refresh() else 'INSERT' %}
  {% call noop_statement('main', verb ~ ' ' ~ rows.rows | length, verb, rows.rows | length) %}
    {{ get_csv_sql(create_sql, insert_sql) }}
  {% endcall %}
  {% if is_anew %}
    {% do create_indexes(target_relation) %}
  {% endif %}
  {{ leadline_finish(target_relation, should_revoke(existing, is_anew)) }}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% materialization snapshot, default %}
  {% set was_there, target_relation = get_or_create_relation(model.database, model.schema, model.alias, 'table') %}
  {% if not target_relation.is_table %}
    {% do exceptions.relation_wrong_type(target_relation, 'table') %}
  {% endif %}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% set find_strategy = strategy_dispatch(config.get('strategy')) %}
  {% set strategy = find_strategy(model, 'snapshotted_data', 'source_data', model['config'], was_there) %}
  {% if not was_there %}
    {% set select_sql = build_snapshot_table(strategy, model['compiled_code']) %}
    {{ check_time_data_types(select_sql) }}
    {% call statement('main') -%}{{ create_table_as(False, target_relation, select_sql) }}{%- endcall %}
    {% do create_indexes(target_relation) %}
  {% else %}
    {{ adapter.assert_valid_snapshot_target_given_strategy(target_relation, config.get('snapshot_table_column_names') or get_snapshot_table_column_names(), strategy) }}
    {{ check_time_data_types(snapshot_staging_table(strategy, sql, target_relation)) }}
    {% set staging = build_snapshot_staging_table(strategy, sql, target_relation) %}
    {% do adapter.expand_target_column_types(from_relation=staging, to_relation=target_relation) %}
    {% set own = ['dbt_change_type', 'dbt_unique_key'] %}
    {% for key in ([] if strategy.unique_key is string else strategy.unique_key) %}
      {% do own.append('dbt_unique_key_' ~ loop.index) %}
    {% endfor %}
    {% do create_columns(target_relation, adapter.get_missing_columns(staging, target_relation) | rejectattr('name', 'in', own) | list) %}
    {% set inserted = [] %}
    {% for column in adapter.get_columns_in_relation(staging) if column.name not in own %}
      {% do inserted.append(adapter.quote(column.name)) %}
    {% endfor %}
    {% call statement('main') -%}{{ snapshot_merge_sql(target=target_relation, source=staging, insert_cols=inserted) }}{%- endcall %}
  {% endif %}
  {{ leadline_finish(target_relation, should_revoke(was_there or none, full_refresh_mode=False)) }}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
  {% if staging %}
    {% do post_snapshot(staging) %}
    {% do adapter.drop_relation(staging) %}
  {% endif %}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% materialization test, default %}
  {%- set limited -%}{{ get_limit_subquery_sql(sql, config.get('limit')) }}{%- endset -%}
  {%- set relations = [] -%}
  {% if should_store_failures() %}
    {% set kind = config.get('store_failures_as') or 'table' %}
    {% if kind not in ['table', 'view'] %}
      {{ exceptions.raise_compiler_error("store_failures_as is ephemeral, table or view, not '" ~ kind ~ "'") }}
    {% endif %}
    {% set kept = this.incorporate(type=kind) %}
    {{ drop_relation_if_exists(load_cached_relation(kept)) }}
    {% call statement(auto_begin=True) -%}{{ get_create_sql(kept, limited) }}{%- endcall %}
    {% do relations.append(kept) %}
    {{ adapter.commit() }}
  {% endif %}
  {%- set rows = 'select * from ' ~ relations[0] if relations else limited -%}
  {% call statement('main', fetch_result=True) -%}
    {{ get_test_sql(rows, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), limit=none) }}
  {%- endcall %}
  {{ return({'relations': relations}) }}
{% endmaterialization %}

{% materialization clone, default %}
  {% if not defer_relation or (load_cached_relation(this) and not flags.FULL_REFRESH) %}
    {{ return({'relations': []}) }}
  {% endif %}
  {% set target_relation = this.incorporate(type='table' if can_clone_table() else 'view') %}
  {{ drop_relation_if_exists(load_cached_relation(this)) }}
  {% call statement('main') %}
    {{ create_or_replace_clone(target_relation, defer_relation) if can_clone_table() else create_view_as(target_relation, 'select * from ' ~ defer_relation) }}
  {% endcall %}
  {{ adapter.commit() }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro can_clone_table() %}{{ return(adapter.dispatch('can_clone_table', 'dbt')()) }}{% endmacro %}
{% macro default__can_clone_table() %}{{ return(False) }}{% endmacro %}

{% macro create_or_replace_clone(this_relation, defer_relation) %}{{ return(adapter.dispatch('create_or_replace_clone', 'dbt')(this_relation, defer_relation)) }}{% endmacro %}
{% macro default__create_or_replace_clone(this_relation, defer_relation) %}
  {{ exceptions.raise_not_implemented('cloning of tables, which PostgreSQL has no statement for') }}
{% endmacro %}

{% macro create_or_replace_view() %}
  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set existing = load_cached_relation(this) -%}
  {{ run_hooks(pre_hooks) }}
  {% if existing and not existing.is_view %}
    {{ handle_existing_table(should_full_refresh(), existing) }}
  {% endif %}
  {% call statement('main') -%}{{ get_create_view_as_sql(target_relation, sql) }}{%- endcall %}
  {% do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing, full_refresh_mode=False)) %}
  {{ run_hooks(post_hooks) }}
  {{ return({'relations': [target_relation]}) }}
{% endmacro %}

{% macro handle_existing_table(full_refresh, old_relation) %}{{ adapter.dispatch('handle_existing_table', 'dbt')(full_refresh, old_relation) }}{% endmacro %}
{% macro default__handle_existing_table(full_refresh, old_relation) %}{{ adapter.drop_relation(old_relation) }}{% endmacro %}

{# What an interrupted run left under names that are needed. #}
{% macro leadline_drop_leftovers(relations) %}
  {% for relation in relations %}
    {{ drop_relation_if_exists(load_cached_relation(relation)) }}
  {% endfor %}
{% endmacro %}

{% macro leadline_swap(existing, backup, intermediate, target_relation) %}
  {% if existing is not none %}
    {{ adapter.rename_relation(existing, backup) }}
  {% endif %}
  {{ adapter.rename_relation(intermediate, target_relation) }}
{% endmacro %}

{% macro leadline_finish(target_relation, revokes) %}
  {% do apply_grants(target_relation, config.get('grants'), should_revoke=revokes) %}
  {% do persist_docs(target_relation, model) %}
{% endmacro %}
