select contact_id, call_attempts, calls_over_30min
from {{ ref('dim_call') }}
where (call_attempts is not null and attempts_range is null)
    or (calls_over_30min is not null and calls_over_30min_range is null)
