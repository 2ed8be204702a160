{{ config(indexes=[{'columns': ['contact_id'], 'unique': true}]) }}

with calls as (
{{ newest(ref('stg_call'), ['contact_id'], ['call_attempts desc', 'total_call_seconds desc', 'calls_over_30min desc', 'trial_booked desc']) }}
)

select
    calls.contact_id,
    coalesce(calls.trial_booked, false) as trial_booked,
    calls.trial_date,
    calls.call_attempts,
    calls.total_call_seconds,
    calls.calls_over_30min,
    attempts.call_range as attempts_range,
    long_calls.call_range as calls_over_30min_range,
    calls.loaded_at
from calls
left join {{ ref('dim_call_range') }} as attempts
    on attempts.call_measure = 'call attempts'
    and calls.call_attempts between attempts.range_from and coalesce(attempts.range_to, calls.call_attempts)
left join {{ ref('dim_call_range') }} as long_calls
    on long_calls.call_measure = 'calls over 30 minutes'
    and calls.calls_over_30min between long_calls.range_from and coalesce(long_calls.range_to, calls.calls_over_30min)
