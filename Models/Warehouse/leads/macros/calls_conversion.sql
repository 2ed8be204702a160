{# Leads, trials and customers for each range of one call measure; leads without calls on record are a range of their own. #}
{% macro calls_conversion(call_measure, range_column) %}
with leads as (

    select
        leads.is_customer,
        calls.trial_booked,
        calls.call_attempts,
        calls.total_call_seconds,
        coalesce(calls.{{ range_column }}, 'no record') as call_range
    from {{ ref('fct_lead_conversion') }} as leads
    left join {{ ref('dim_call') }} as calls using (contact_id)

),

ranges as (

    select call_measure, range_order, call_range
    from {{ ref('dim_call_range') }}
    where call_measure = '{{ call_measure }}'
    union all
    select '{{ call_measure }}', 0, 'no record'

)

select
    ranges.call_measure,
    ranges.range_order,
    ranges.call_range,
    count(leads.call_range) as leads,
    count(*) filter (where leads.trial_booked) as trials,
    count(*) filter (where leads.is_customer) as customers,
    {{ ratio('count(*) filter (where leads.trial_booked)', 'count(leads.call_range)') }} as trial_rate,
    {{ ratio('count(*) filter (where leads.is_customer)', 'count(leads.call_range)') }} as conversion_rate,
    {{ ratio('sum(leads.total_call_seconds)', '60 * sum(leads.call_attempts)', digits=1) }} as average_call_minutes
from ranges
left join leads using (call_range)
group by ranges.call_measure, ranges.range_order, ranges.call_range
{% endmacro %}
