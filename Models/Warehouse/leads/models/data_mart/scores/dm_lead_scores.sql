{# A view, so that it shows the scores of a training as soon as they are there. #}
{{ config(materialized='view') }}

with scores as (
{{ given_scores() }}
)

select
    row_number() over (order by scores.score desc, leads.created_at desc, leads.contact_id)::integer as call_rank,
    leads.contact_id,
    scores.score,
    scores.band,
    leads.marketing_source,
    leads.created_at,
    leads.call_attempts,
    scores.model_version,
    scores.scored_at
from scores
join {{ ref('lead_features') }} as leads using (contact_id)
where not leads.is_customer
order by call_rank
