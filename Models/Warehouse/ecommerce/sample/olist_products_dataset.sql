-- Invented products; one of twenty has no category, and one category has no translation.
select
    md5('product ' || number) as product_id,
    case when number % 20 <> 0 then
        (array['beleza_saude', 'cama_mesa_banho', 'esporte_lazer', 'informatica_acessorios', 'moveis_decoracao', 'relogios_presentes', 'pc_gamer'])
            [1 + (hashint8extended(number, 8) & 9007199254740991) % 7]
    end as product_category_name,
    20 + number % 40 as product_name_lenght,
    100 + number % 900 as product_description_lenght,
    1 + number % 5 as product_photos_qty,
    100 + (hashint8extended(number, 9) & 9007199254740991) % 5000 as product_weight_g,
    10 + number % 50 as product_length_cm,
    5 + number % 30 as product_height_cm,
    8 + number % 40 as product_width_cm
from generate_series(1, 1 + current_setting('leadline.sample_size')::bigint / 8) as numbers (number)
