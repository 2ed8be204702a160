select
    md5('seller ' || number) as seller_id,
    lpad(((hashint8extended(number, 7) & 9007199254740991) % 300 * 13 + 1000)::text, 5, '0') as seller_zip_code_prefix,
    'sao paulo' as seller_city,
    'SP' as seller_state
from generate_series(1, 1 + current_setting('leadline.sample_size')::bigint / 30) as numbers (number)
