select product_category_name, product_category_name_english
from (values
    ('beleza_saude', 'health_beauty'),
    ('cama_mesa_banho', 'bed_bath_table'),
    ('esporte_lazer', 'sports_leisure'),
    ('informatica_acessorios', 'computers_accessories'),
    ('moveis_decoracao', 'furniture_decor'),
    ('relogios_presentes', 'watches_gifts')
) as names (product_category_name, product_category_name_english)
