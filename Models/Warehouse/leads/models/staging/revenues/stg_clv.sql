select
    contract_length::integer as contract_length,
    avg_clv::numeric as clv,
    loaded_at,
    row_hash
from {{ ref('dl_clv') }}
