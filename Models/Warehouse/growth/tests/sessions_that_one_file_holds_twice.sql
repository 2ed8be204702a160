{{ config(tags=['advisory'], severity='warn') }}

select meta_source_file, meta_processing_time, userid, time_started, is_paid, medium, count(*) as copies
from {{ source('raw', 'sessions') }}
group by meta_source_file, meta_processing_time, userid, time_started, is_paid, medium
having count(*) > 1
