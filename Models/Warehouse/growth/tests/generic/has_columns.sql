{# The table has these columns, each of this type. More columns are no fault. #}
{% test has_columns(model, columns) %}
select expected.name, expected.type, actual.data_type
from (values
    {%- for name, type in columns.items() %}
    ('{{ name }}', '{{ type }}'){{ ',' if not loop.last }}
    {%- endfor %}
) as expected (name, type)
left join information_schema.columns as actual
    on actual.table_schema = '{{ model.schema }}' and actual.table_name = '{{ model.identifier }}' and actual.column_name = expected.name
where actual.data_type is distinct from expected.type
{% endtest %}
