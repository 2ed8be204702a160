with judged as (
    select
        model_version,
        score,
        became_customer::integer as outcome,
        ntile(10) over (partition by model_version order by score, contact_id) as score_tenth
    from {{ ref('fct_given_scores') }}
    where became_customer is not null
)

select
    model_version,
    score_tenth,
    count(*) as leads,
    avg(score) as mean_score,
    avg(outcome)::double precision as conversion_rate
from judged
group by model_version, score_tenth
order by model_version desc, score_tenth
