{{ config(tags=['advisory']) }}

{# A threshold: some users cannot be followed, but where many registrations have no session before them, sessions are missing. #}
select registrations, without_session
from (
    select sum(registrations) as registrations, sum(registrations_without_session) as without_session
    from {{ ref('dm_channel_conversion') }}
) as counted
where without_session > registrations * {{ var('usual_share_without_session') }}
