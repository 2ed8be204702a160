select *
from (
    select
        call_measure,
        range_from,
        lag(range_to, 1, -1) over (partition by call_measure order by range_order) as previous_to
    from {{ ref('dim_call_range') }}
) as ranges
where range_from is distinct from previous_to + 1
