using Bogus;
using Bogus.DataSets;

namespace Ingestion.Connectors.Fake;

/// <summary>One kind of generated data. Each row depends only on its number and the seed.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Row">The values of a row, in the order of the columns.</param>
internal sealed record FakeData(IReadOnlyList<string> Columns, Func<long, Randomizer, object?[]> Row)
{
    /// <summary>Must be increased if the same seed gives different rows than before.</summary>
    public const int Version = 1;

    /// <summary>Purchases refer to the first users and products of this number, as a load of a thousand of each has them.</summary>
    private const int Entities = 1_000;

    private const int Days = 730;

    private static readonly DateTime FirstDay = new(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Statuses = ["paid", "returned", "open"];

    private static readonly float[] StatusShares = [0.85f, 0.05f, 0.10f];

    public static IReadOnlyDictionary<string, FakeData> All { get; } = new Dictionary<string, FakeData>(StringComparer.Ordinal)
    {
        ["users"] = new(["id", "name", "email", "city", "country", "born", "created_at"], User),
        ["products"] = new(["id", "name", "category", "price", "created_at"], Product),
        ["purchases"] = new(["id", "user_id", "product_id", "quantity", "amount", "status", "purchased_at"], Purchase),
    };

    private static object?[] User(long id, Randomizer random)
    {
        var name = new Name { Random = random };
        var address = new Address { Random = random };
        var first = name.FirstName();
        var last = name.LastName();
        return
        [
            id,
            $"{first} {last}",
            // the number makes it unique
            $"{first}.{last}.{id}@example.com".ToLowerInvariant().Replace("'", "", StringComparison.Ordinal),
            address.City(),
            random.Bool(0.05f) ? null : address.CountryCode(),
            DateOnly.FromDateTime(FirstDay).AddDays(-random.Int(18 * 365, 80 * 365)),
            Moment(random),
        ];
    }

    private static object?[] Product(long id, Randomizer random)
    {
        var commerce = new Commerce { Random = random };
        return [id, commerce.ProductName(), commerce.Categories(1)[0], Money(random, 500_00), Moment(random)];
    }

    private static object?[] Purchase(long id, Randomizer random)
    {
        var quantity = random.Int(1, 5);
        return
        [
            id,
            (long)random.Int(1, Entities),
            (long)random.Int(1, Entities),
            quantity,
            Money(random, 500_00) * quantity,
            random.WeightedRandom(Statuses, StatusShares),
            Moment(random),
        ];
    }

    private static decimal Money(Randomizer random, int mostCents) => new(random.Int(1_00, mostCents), 0, 0, isNegative: false, scale: 2);

    private static DateTime Moment(Randomizer random) => FirstDay.AddSeconds(random.Int(0, Days * 24 * 60 * 60));
}
