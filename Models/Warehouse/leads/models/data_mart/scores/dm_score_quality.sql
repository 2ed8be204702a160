with trained as (
{{ trained_models() }}
),

judged as (
    select
        model_version,
        score,
        became_customer,
        -- leads with the same score share their places
        rank() over (partition by model_version order by score) + (count(*) over (partition by model_version, score) - 1) / 2.0 as place
    from {{ ref('fct_given_scores') }}
    where became_customer is not null
),

measured as (
    select
        model_version,
        count(*) as leads,
        count(*) filter (where became_customer) as customers,
        sum(place) filter (where became_customer) as customer_places,
        avg(-ln(greatest(case when became_customer then score else 1 - score end, 1e-15))) as log_loss,
        avg(score) as mean_score
    from judged
    group by model_version
),

calibration as (
    select
        model_version,
        sum(leads * abs(mean_score - conversion_rate)) / sum(leads) as calibration_error,
        sum(leads * sqrt(2 / pi() * mean_score * (1 - mean_score) / leads)) / sum(leads) as calibration_error_of_chance
    from {{ ref('dm_score_calibration') }}
    group by model_version
)

select
    measured.model_version,
    coalesce(trained.is_champion, false) as is_champion,
    measured.leads,
    measured.customers,
    measured.mean_score,
    measured.customers::double precision / measured.leads as conversion_rate,
    -- of all pairs of a customer and another lead, those in which the customer had the higher score
    (
        (measured.customer_places - measured.customers * (measured.customers + 1) / 2.0)
        / nullif(measured.customers * (measured.leads - measured.customers), 0)
    )::double precision as auc,
    measured.log_loss,
    calibration.calibration_error,
    calibration.calibration_error_of_chance,
    (trained.metrics ->> 'auc')::double precision as auc_in_training,
    (trained.metrics ->> 'log_loss')::double precision as log_loss_in_training
from measured
join calibration using (model_version)
left join trained using (model_version)
order by measured.model_version desc
