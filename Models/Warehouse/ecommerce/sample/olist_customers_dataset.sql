-- Invented customers, one an order; some people order several times.
select
    md5('customer ' || number) as customer_id,
    md5('person ' || (hashint8extended(number, 4) & 9007199254740991) % (1 + current_setting('leadline.sample_size')::bigint * 9 / 10)) as customer_unique_id,
    lpad(((hashint8extended(number, 5) & 9007199254740991) % 300 * 13 + 1000)::text, 5, '0') as customer_zip_code_prefix,
    (array['sao paulo', 'rio de janeiro', 'belo horizonte', 'salvador', 'curitiba'])[1 + (hashint8extended(number, 6) & 9007199254740991) % 5] as customer_city,
    (array['SP', 'RJ', 'MG', 'BA', 'PR'])[1 + (hashint8extended(number, 6) & 9007199254740991) % 5] as customer_state
from generate_series(1, current_setting('leadline.sample_size')::bigint) as numbers (number)
