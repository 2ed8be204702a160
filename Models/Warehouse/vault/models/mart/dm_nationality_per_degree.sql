{{ config(indexes=[{'columns': ['academic_degree', 'nationality'], 'unique': true}]) }}

with counted as (

    select
        coalesce(academic_degree, 'Unknown') as academic_degree,
        coalesce(nationality, 'Unknown') as nationality,
        count(*) as users
    from {{ ref('current_users') }}
    group by 1, 2

)

select
    academic_degree,
    nationality,
    users,
    rank() over (partition by academic_degree order by users desc) as place
from counted
