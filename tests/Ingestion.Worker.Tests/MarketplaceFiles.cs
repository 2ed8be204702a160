using System.Globalization;

namespace Ingestion.Worker.Tests;

/// <summary>
/// Invented files in the shape of the public marketplace dataset: its file names, headers, quoting, byte order mark, line breaks in texts, empty
/// fields, repeated reviews and places, categories and postal codes that other files do not know. The totals are kept while the rows are written.
/// </summary>
internal sealed class MarketplaceFiles
{
    /// <summary>The last two are not translated.</summary>
    private static readonly string[] s_categories = ["beleza_saude", "cama_mesa_banho", "informatica_acessorios", "pc_gamer", "portateis_cozinha_e_preparadores_de_alimentos"];

    private static readonly string[] s_states = ["SP", "RJ", "MG", "RS"];

    private readonly Random _random = new(20180101);
    private readonly Dictionary<string, decimal> _sales = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _ordersPerState = new(StringComparer.Ordinal);

    /// <summary>The prices of all items by the category of their product; the empty category is that of products without one.</summary>
    public IReadOnlyDictionary<string, decimal> Sales => _sales;

    public IReadOnlyDictionary<string, long> OrdersPerState => _ordersPerState;

    /// <summary>The minutes from the purchase to the delivery, of each delivered order.</summary>
    public List<decimal> DeliveryMinutes { get; } = [];

    public int Reviews { get; private set; }

    /// <param name="folder">The pipeline's folder in the data folder.</param>
    /// <param name="orders">How many orders there are; each has a customer of its own.</param>
    public static MarketplaceFiles Write(string folder, int orders)
    {
        Directory.CreateDirectory(folder);
        var files = new MarketplaceFiles();
        files.WriteProducts(folder);
        files.WriteOrders(folder, orders);
        return files;
    }

    private static string Id(string kind, int number) => Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes($"{kind}{number:D14}".PadLeft(16, '_')[..16]));

    private static string Category(int product) => product % 10 == 9 ? "" : s_categories[product % s_categories.Length];

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private void WriteProducts(string folder)
    {
        Write(folder, "product_category_name_translation.csv", "\uFEFFproduct_category_name,product_category_name_english",
            ["beleza_saude,health_beauty", "cama_mesa_banho,bed_bath_table", "informatica_acessorios,computers_accessories", "artes,art"]);
        Write(folder, "olist_products_dataset.csv", Header(
                "product_id", "product_category_name", "product_name_lenght", "product_description_lenght", "product_photos_qty", "product_weight_g",
                "product_length_cm", "product_height_cm", "product_width_cm"),
            Enumerable.Range(0, 40).Select(p => Category(p).Length == 0
                ? $"\"{Id("p", p)}\",,,,,,,,"
                : $"\"{Id("p", p)}\",{Category(p)},40,287,1,225,16,10,14"));
        Write(folder, "olist_sellers_dataset.csv", Header("seller_id", "seller_zip_code_prefix", "seller_city", "seller_state"),
            Enumerable.Range(0, 5).Select(s => $"\"{Id("s", s)}\",\"0{s}023\",{(s == 0 ? "\"novo hamburgo, rio grande do sul, brasil\"" : "são paulo")},SP"));
        Write(folder, "olist_geolocation_dataset.csv", Header(
                "geolocation_zip_code_prefix", "geolocation_lat", "geolocation_lng", "geolocation_city", "geolocation_state"),
            Enumerable.Range(0, 30).Select(g => $"\"0{g % 10}037\",-23.545{g % 3}2128115268,-46.63929204800168,{(g % 2 == 0 ? "sao paulo" : "são paulo")},SP"));
    }

    private void WriteOrders(string folder, int count)
    {
        List<string> customers = [], orders = [], items = [], payments = [], reviews = [];
        for (var number = 0; number < count; number++)
        {
            var state = s_states[_random.Next(s_states.Length)];
            _ordersPerState[state] = _ordersPerState.GetValueOrDefault(state) + 1;
            customers.Add($"\"{Id("c", number)}\",\"{Id("u", number / 2)}\",\"0{number % 20 % 10}{number % 20 / 10}37\",cidade {number % 7},{state}");
            orders.Add(Order(number));
            if (number % 50 != 49)
                items.AddRange(Enumerable.Range(1, 1 + _random.Next(3)).Select(item => Item(number, item)));
            payments.Add($"\"{Id("o", number)}\",1,{(number % 40 == 3 ? "not_defined,0,0.00" : "credit_card,8,99.33")}");
            reviews.AddRange(Review(number));
        }

        Reviews = reviews.Count;
        Write(folder, "olist_customers_dataset.csv", Header("customer_id", "customer_unique_id", "customer_zip_code_prefix", "customer_city", "customer_state"), customers);
        Write(folder, "olist_orders_dataset.csv", Header(
            "order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at", "order_delivered_carrier_date",
            "order_delivered_customer_date", "order_estimated_delivery_date"), orders);
        Write(folder, "olist_order_items_dataset.csv", Header(
            "order_id", "order_item_id", "product_id", "seller_id", "shipping_limit_date", "price", "freight_value"), items);
        Write(folder, "olist_order_payments_dataset.csv", Header(
            "order_id", "payment_sequential", "payment_type", "payment_installments", "payment_value"), payments);
        Write(folder, "olist_order_reviews_dataset.csv", Header(
            "review_id", "order_id", "review_score", "review_comment_title", "review_comment_message", "review_creation_date", "review_answer_timestamp"), reviews);
    }

    private string Order(int number)
    {
        var purchased = new DateTime(2017, 1, 1).AddSeconds(_random.Next(600 * 86_400));
        var estimated = $"{purchased.Date.AddDays(20):yyyy-MM-dd HH:mm:ss}";
        var isDelivered = number % 10 != 9;
        if (!isDelivered)
            return $"\"{Id("o", number)}\",\"{Id("c", number)}\",canceled,{purchased:yyyy-MM-dd HH:mm:ss},,,,{estimated}";

        var delivered = purchased.AddSeconds(86_400 + _random.Next(30 * 86_400));
        DeliveryMinutes.Add((decimal)(delivered - purchased).TotalSeconds / 60);
        return $"\"{Id("o", number)}\",\"{Id("c", number)}\",delivered,{purchased:yyyy-MM-dd HH:mm:ss},{purchased.AddHours(1):yyyy-MM-dd HH:mm:ss}," +
            $"{purchased.AddHours(9):yyyy-MM-dd HH:mm:ss},{delivered:yyyy-MM-dd HH:mm:ss},{estimated}";
    }

    private string Item(int number, int item)
    {
        var product = _random.Next(40);
        var price = _random.Next(85, 600_000) / 100m;
        _sales[Category(product)] = _sales.GetValueOrDefault(Category(product)) + price;
        return $"\"{Id("o", number)}\",{item},\"{Id("p", product)}\",\"{Id("s", number % 5)}\",2017-09-19 09:45:35,{Money(price)},13.29";
    }

    /// <summary>One of seven has none, and one of ten is about the order before it too.</summary>
    private static IEnumerable<string> Review(int number)
    {
        if (number % 7 == 6)
            yield break;

        var text = (number % 3) switch
        {
            0 => ",",
            1 => "recomendo,\"Chegou antes, do prazo.\r\n\r\nNota \"\"10\"\"! 👏\"",
            _ => "\"super, recomendo\",ótimo",
        };
        yield return $"\"{Id("r", number)}\",\"{Id("o", number)}\",{1 + number % 5},{text},2018-01-18 00:00:00,2018-01-18 21:46:59";
        if (number % 10 == 1)
            yield return $"\"{Id("r", number)}\",\"{Id("o", number - 1)}\",{1 + number % 5},{text},2018-01-18 00:00:00,2018-01-18 21:46:59";
    }

    private static string Header(params string[] columns) => string.Join(',', columns.Select(c => $"\"{c}\""));

    private static void Write(string folder, string name, string header, IEnumerable<string> rows) =>
        File.WriteAllText(Path.Combine(folder, name), string.Join('\n', rows.Prepend(header)) + "\n");
}
