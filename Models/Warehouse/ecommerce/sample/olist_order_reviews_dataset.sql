-- Reviews of nine orders of ten; every hundredth is about the order before it as well.
select
    md5('review ' || number) as review_id,
    md5('order ' || ordered) as order_id,
    (array[5, 5, 5, 5, 4, 4, 3, 2, 1, 1])[1 + (hashint8extended(number, 16) & 9007199254740991) % 10] as review_score,
    null::text as review_comment_title,
    case when number % 3 = 0 then E'Chegou antes do prazo,\n"recomendo".' end as review_comment_message,
    date_trunc('day', timestamp '2017-02-01' + interval '1 second' * ((hashint8extended(number, 1) & 9007199254740991) % (600 * 86400))) as review_creation_date,
    date_trunc('second', timestamp '2017-02-03' + interval '1 second' * ((hashint8extended(number, 1) & 9007199254740991) % (600 * 86400))) as review_answer_timestamp
from generate_series(1, current_setting('leadline.sample_size')::bigint) as numbers (number)
cross join lateral (select number as ordered union all select number - 1 where number % 100 = 0) as orders
where number % 10 <> 1
