-- the foreign keys need these tables first
-- depends_on: {{ ref('orders') }}
select
    review_id,
    order_id,
    review_score,
    review_comment_title,
    review_comment_message,
    review_creation_date as asked_at,
    review_answer_timestamp as answered_at
from {{ source('raw', 'market_order_reviews') }}
