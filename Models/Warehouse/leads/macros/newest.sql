{#
  One row for each key out of a history: the one that the newest load brought. Where that load brought several,
  `order_by` decides, and the row hash where that leaves a tie.
#}
{% macro newest(relation, key, order_by=[]) %}
    select distinct on ({{ key | join(', ') }}) *
    from {{ relation }}
    order by {{ (key + ['loaded_at desc'] + order_by + ['row_hash']) | join(', ') }}
{% endmacro %}
