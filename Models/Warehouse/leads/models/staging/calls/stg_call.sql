select
    contact_id::bigint as contact_id,
    trial_booked::boolean as trial_booked,
    trial_date::date as trial_date,
    call_attempts::integer as call_attempts,
    total_call_duration::numeric as total_call_seconds,
    calls_30::integer as calls_over_30min,
    loaded_at,
    row_hash
from {{ ref('dl_call') }}
