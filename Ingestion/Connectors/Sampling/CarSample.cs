using System.Text;
using System.Text.Json;
using Bogus;

namespace Ingestion.Connectors.Sampling;

/// <summary>
/// Generates input in the format of the real car sales: cars that seed the operational database, clients as a JSON array, and transactions whose rows
/// start with an index column without a header. The same seed gives the same bytes.
/// </summary>
public static class CarSample
{
    public const int DefaultSeed = 20230101;

    private const int FirstCar = 101;
    private const int FirstClient = 201;
    private const int Clients = 20;
    private const int Transactions = 4_000;
    private const int Days = 577;

    private static readonly DateTime FirstDay = new(2023, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private static readonly (string Make, string Model, decimal Price)[] Cars =
    [
        ("Fiat", "500", 15_400m), ("Fiat", "Panda", 13_990.50m), ("Renault", "Clio", 17_800m), ("Skoda", "Octavia", 24_250m), ("Seat", "Ibiza", 16_750.99m),
        ("Kia", "Ceed", 21_300m), ("Kia", "Picanto", 14_100m), ("Mazda", "3", 23_600.10m), ("Volvo", "V40", 24_990m), ("Opel", "Corsa", 16_200m),
    ];

    /// <summary>Writes the files of <c>cars/</c> below the folder.</summary>
    public static void Write(string folder, int seed = DefaultSeed)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, "cars")).FullName;
        var random = new Randomizer(seed);
        SampleFile.Write(target, "cars.csv", CarRows());
        SampleFile.Write(target, "clients.json", ClientArray(seed));
        SampleFile.Write(target, "transactions.csv", TransactionRows(random));
    }

    private static string CarRows()
    {
        var text = new StringBuilder("car_id,car_make,car_model,price\n");
        for (var i = 0; i < Cars.Length; i++)
            text.Append(SampleFile.Text($"{FirstCar + i},{Cars[i].Make},{Cars[i].Model},{Cars[i].Price:0.00}\n"));

        return text.ToString();
    }

    private static string ClientArray(int seed)
    {
        var faker = new Faker { Random = new Randomizer(seed + 1) };
        var rows = Enumerable.Range(FirstClient, Clients).Select(id =>
        {
            var name = faker.Name.FirstName();
            return $"    {JsonSerializer.Serialize(new { client_id = id, name, email = $"{name.ToLowerInvariant()}{id}@example.com" })}";
        });
        return $"[\n{string.Join(",\n", rows)}\n]\n";
    }

    private static string TransactionRows(Randomizer random)
    {
        var text = new StringBuilder("transaction_id,product_id,client_id,quantity,price,timestamp\n");
        for (var i = 0; i < Transactions; i++)
        {
            var car = random.Int(0, Cars.Length - 1);
            var price = Math.Round(Cars[car].Price * random.Decimal(0.9m, 1.1m), 2);
            var at = FirstDay.AddDays(random.Int(0, Days - 1)).AddSeconds(random.Int(0, 86_399));
            text.Append(SampleFile.Text(
                $"{i},{i + 1},{FirstCar + car},{random.Int(FirstClient, FirstClient + Clients - 1)},{random.Int(1, 2)},{price},{at:yyyy-MM-dd HH:mm:ss}\n"));
        }

        return text.ToString();
    }
}
