using Bogus;
using Bogus.DataSets;

namespace Ingestion.Connectors.Fake;

/// <summary>One kind of generated data. Each row depends only on its number and the seed.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Row">The values of a row, in the order of the columns.</param>
internal sealed record FakeData(IReadOnlyList<string> Columns, Func<long, Randomizer, object?[]> Row)
{
    /// <summary>Must be increased if the same seed gives different rows than before.</summary>
    public const int Version = 2;

    /// <summary>Purchases refer to the first users and products of this number, as a load of a thousand of each has them.</summary>
    private const int Entities = 1_000;

    private const int Days = 730;

    private static readonly DateTime FirstDay = new(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Statuses = ["paid", "returned", "open"];

    private static readonly float[] StatusShares = [0.85f, 0.05f, 0.10f];

    private static readonly string[] Genders = ["Female", "Male", "Other"];

    private static readonly float[] GenderShares = [0.49f, 0.49f, 0.02f];

    private static readonly string[] Languages = ["Arabic", "Chinese", "English", "French", "German", "Hindi", "Portuguese", "Spanish", "Turkish"];

    private static readonly string[] BloodTypes = ["0-", "0+", "A-", "A+", "AB-", "AB+", "B-", "B+"];

    private static readonly string[] Degrees = ["Bachelor", "Diploma", "Doctorate", "Master", "None"];

    public static IReadOnlyDictionary<string, FakeData> All { get; } = new Dictionary<string, FakeData>(StringComparer.Ordinal)
    {
        ["users"] = new(
            [
                "id", "name", "email", "city", "country", "born", "created_at", "updated_at", "age", "title", "gender", "height", "weight", "language",
                "telephone", "blood_type", "occupation", "nationality", "academic_degree",
            ],
            User),
        ["products"] = new(["id", "name", "category", "price", "created_at", "make", "model", "year"], Product),
        ["purchases"] = new(
            ["id", "user_id", "product_id", "quantity", "amount", "status", "purchased_at", "added_to_cart_at", "returned_at"], Purchase),
    };

    private static object?[] User(long id, Randomizer random)
    {
        var name = new Name { Random = random };
        var address = new Address { Random = random };
        var first = name.FirstName();
        var last = name.LastName();
        var city = address.City();
        var country = random.Bool(0.05f) ? null : address.CountryCode();
        var days = random.Int(18 * 365, 80 * 365);
        var created = Moment(random);
        return
        [
            id,
            $"{first} {last}",
            // the number makes it unique
            $"{first}.{last}.{id}@example.com".ToLowerInvariant().Replace("'", "", StringComparison.Ordinal),
            city,
            country,
            DateOnly.FromDateTime(FirstDay).AddDays(-days),
            created,
            created.AddSeconds(random.Bool(0.6f) ? 0 : random.Int(1, 300 * 24 * 60 * 60)),
            days / 365,
            name.Prefix(),
            random.WeightedRandom(Genders, GenderShares),
            Math.Round(random.Decimal(1.5m, 2m), 2),
            random.Int(45, 120),
            random.ArrayElement(Languages),
            new PhoneNumbers { Random = random }.PhoneNumber(),
            random.ArrayElement(BloodTypes),
            name.JobTitle(),
            address.Country(),
            random.ArrayElement(Degrees),
        ];
    }

    private static object?[] Product(long id, Randomizer random)
    {
        var commerce = new Commerce { Random = random };
        var vehicle = new Vehicle { Random = random };
        return
        [
            id, commerce.ProductName(), commerce.Categories(1)[0], Money(random, 500_00), Moment(random),
            vehicle.Manufacturer(), vehicle.Model(), random.Int(1990, 2023),
        ];
    }

    private static object?[] Purchase(long id, Randomizer random)
    {
        var quantity = random.Int(1, 5);
        var (user, product) = (random.Int(1, Entities), random.Int(1, Entities));
        var amount = Money(random, 500_00) * quantity;
        var status = random.WeightedRandom(Statuses, StatusShares);
        var moment = Moment(random);
        var secondsInCart = random.Int(60, 3 * 24 * 60 * 60);
        var secondsKept = random.Int(24 * 60 * 60, 45 * 24 * 60 * 60);
        return
        [
            id,
            (long)user,
            (long)product,
            quantity,
            amount,
            status,
            status == "open" ? null : moment,
            moment.AddSeconds(-secondsInCart),
            status == "returned" ? moment.AddSeconds(secondsKept) : null,
        ];
    }

    private static decimal Money(Randomizer random, int mostCents) => new(random.Int(1_00, mostCents), 0, 0, isNegative: false, scale: 2);

    private static DateTime Moment(Randomizer random) => FirstDay.AddSeconds(random.Int(0, Days * 24 * 60 * 60));
}
