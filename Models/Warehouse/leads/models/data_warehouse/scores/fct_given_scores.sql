{{ config(indexes=[{'columns': ['model_version', 'contact_id'], 'unique': true}]) }}

with given as (
{{ given_predictions() }}
),

data_end as (
    select greatest(max(created_at), max(customer_date)::timestamp) as data_until
    from {{ ref('lead_features') }}
)

select distinct on (given.model_version, given.contact_id)
    given.model_version,
    given.contact_id,
    given.scored_at,
    given.score,
    case when leads.created_at + {{ label_window() }} <= data_end.data_until
        then coalesce(leads.customer_date <= leads.created_at + {{ label_window() }}, false)
    end as became_customer
from given
join {{ ref('lead_features') }} as leads using (contact_id)
cross join data_end
where given.scored_at < leads.created_at + {{ label_window() }}
    and (leads.customer_date is null or given.scored_at < leads.customer_date)
order by given.model_version, given.contact_id, given.scored_at
