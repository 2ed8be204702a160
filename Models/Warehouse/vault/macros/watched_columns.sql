{# What is known about a user, and watched for changes. #}
{% macro user_columns() -%}
{{ return([
    'age', 'name', 'email', 'title', 'gender', 'height', 'weight', 'language', 'telephone', 'blood_type', 'occupation', 'nationality',
    'academic_degree', 'created_at',
]) }}
{%- endmacro %}

{# What is known about a product, and watched for changes. #}
{% macro product_columns() -%}
{{ return(['make', 'model', 'year', 'price', 'created_at']) }}
{%- endmacro %}

{# What happens to a purchase, and is watched for changes. #}
{% macro purchase_columns() -%}
{{ return(['added_to_cart_at', 'purchased_at', 'returned_at']) }}
{%- endmacro %}
