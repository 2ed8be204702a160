with clv as (
{{ newest(ref('stg_clv'), ['contract_length'], ['clv desc']) }}
)

select
    contract_length,
    clv,
    loaded_at
from clv
