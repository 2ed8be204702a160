using System.Globalization;
using System.Text;

namespace Models.Warehouse.Tests.LeadFunnel;

/// <summary>
/// Random loads of a few hundred contacts, dense in what is rare in life: repeats, corrections, tests, gaps, months without costs.
/// The same seed gives the same loads.
/// </summary>
internal sealed class GeneratedFunnel(int seed)
{
    private static readonly string[] s_sources = ["'Google'", "'Meta'", "'Other'", "null"];
    private static readonly int[] s_lengths = [3, 6, 9, 12, 18, 24, 36];

    private readonly Random _random = new(seed);

    public string NextLoad()
    {
        var load = new StringBuilder();
        Insert(load, "lead_dataset (contact_id, marketing_source, create_date, known_city, message_length, test_flag)", 400, Lead);
        Insert(load, "call_dataset (contact_id, trial_booked, trial_date, call_attempts, total_call_duration, calls_30)", 300, Call);
        Insert(load, "customer_dataset (contact_id, customer_date, contract_length)", 200, Customer);
        Insert(load, "clv_dataset (contract_length, avg_clv)", 5, () => $"{Pick(s_lengths)}, {_random.Next(50_000, 200_000) / 100m}");
        Insert(load, "marketing_costs_dataset (date, marketing_source, marketing_costs)", 10, () => $"{Month()}, {Pick(s_sources[..3])}, {Cost()}");
        Insert(load, "sales_cost_dataset (year_month, total_sales_costs, trial_costs)", 3, () => $"{Month()}, {Cost()}, {_random.Next(100)}");
        return load.ToString();
    }

    private static void Insert(StringBuilder load, string into, int rows, Func<string> row) =>
        load.Append(CultureInfo.InvariantCulture, $"insert into raw.{into} values ({string.Join("), (", Enumerable.Range(0, rows).Select(_ => row()))});\n");

    private string Lead() =>
        $"{Contact()}, {Pick(s_sources)}, '2023-01-01'::timestamp + interval '1 second' * {_random.Next(150 * 86_400)}, "
        + $"{(_random.Next(5) == 0 ? "null" : _random.Next(2) == 0)}, {_random.Next(500)}, {(_random.Next(12) == 0 ? "true" : "null")}";

    private string Call()
    {
        var attempts = _random.Next(60);
        return $"{Contact()}, {_random.Next(2) == 0}, null, {attempts}, {attempts * _random.Next(9_000) / 10m}, {_random.Next(attempts + 1) / 2}";
    }

    private string Customer() =>
        $"{Contact()}, '2023-01-01'::date + {_random.Next(170)}, {(_random.Next(6) == 0 ? "null" : Pick(s_lengths))}";

    private string Month() => $"'2023-0{_random.Next(1, 7)}-01'";

    private string Cost() => (_random.Next(8) == 0 ? 0 : _random.Next(1_000_000) / 1000m).ToString(CultureInfo.InvariantCulture);

    private int Contact() => _random.Next(300);

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
