{# Each user as the newest version has it. #}
with versions as (
{{ leadline_vault.current_version(ref('sat_users'), 'user_hk') }}
)

select hub.id as user_id, {% for column in user_columns() %}versions.{{ column }}, {% endfor %}hub.user_hk
from {{ ref('hub_users') }} as hub
join versions using (user_hk)
