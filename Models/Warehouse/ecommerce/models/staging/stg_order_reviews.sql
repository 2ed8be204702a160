select order_id, round(avg(review_score), 2) as review_score, count(*) as reviews
from {{ ref('order_reviews') }}
group by order_id
