{% set limits = var('score_watch') %}

with measured as (
    select model_version, 'auc' as measure, leads, auc as value, {{ limits.auc }}::double precision as threshold, auc < {{ limits.auc }} as is_beyond
    from {{ ref('dm_score_quality') }}
    where is_champion
    union all
    select
        model_version,
        'calibration_error',
        leads,
        calibration_error,
        {{ limits.calibration_error }} + 2 * calibration_error_of_chance,
        calibration_error > {{ limits.calibration_error }} + 2 * calibration_error_of_chance
    from {{ ref('dm_score_quality') }}
    where is_champion
    union all
    select model_version, 'psi of ' || measure, leads, psi, {{ limits.psi }}, psi > {{ limits.psi }}
    from {{ ref('dm_score_drift') }}
)

select
    model_version,
    measure,
    leads,
    value,
    threshold,
    leads >= {{ limits.leads }} as is_judged,
    leads >= {{ limits.leads }} and coalesce(is_beyond, false) as is_breached
from measured
order by is_breached desc, measure
