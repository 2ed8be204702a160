{# Times are in UTC; a clock may be a day ahead. #}
{% test not_in_the_future(model, column_name) %}
select {{ column_name }}
from {{ model }}
where {{ column_name }} > now() at time zone 'UTC' + interval '1 day'
{% endtest %}
