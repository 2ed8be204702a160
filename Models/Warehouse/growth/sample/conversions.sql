-- Invented registrations: three visitors of five register at their moment of interest, and one user in fifty has no session.
with settings as (
    select greatest(current_setting('leadline.sample_size')::bigint / 4, 1) as users
)

select
    md5('user ' || user_number) as userid,
    timestamp '2024-01-01' + interval '1 second' * ((hashint8extended(user_number, 5) & 9007199254740991) % (366 * 86400)) as registration_time
from settings
cross join lateral generate_series(0, users + users / 50) as numbers (user_number)
where (hashint8extended(user_number, 6) & 9007199254740991) % 5 < 3 or user_number > users
