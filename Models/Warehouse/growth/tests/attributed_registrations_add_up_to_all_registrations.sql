select attributed.registrations, registered.registrations as all_registrations
from (select sum(registrations) as registrations from {{ ref('dm_channel_attribution') }}) as attributed
cross join (select count(*) as registrations from {{ ref('fact_registrations') }}) as registered
where coalesce(attributed.registrations, 0) <> registered.registrations
