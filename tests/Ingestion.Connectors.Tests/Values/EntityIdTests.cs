using System.Security.Cryptography;
using System.Text;

namespace Ingestion.Connectors.Tests.Values;

/// <summary>The ids of rows, which are stored in warehouses and must stay the same.</summary>
public sealed class EntityIdTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_id_of_a_row_without_a_key_is_the_start_of_the_SHA_256_of_its_canonical_values()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        // lengths around the blocks of SHA-256, which are 64 bytes
        int[] lengths = [0, 1, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 60, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 150, 1_000];
        string[] names = [.. lengths.Select(l => new string('é', l / 2) + new string('a', l % 2))];
        stage.Write("id,name,amount,day,active,at\n" + string.Concat(names.Select((n, i) => $"{i}.0,{n},{i}.50,2024-02-29,yes,2024-02-29T10:00:00.5Z\n")));
        var contract = LoadingStage.Contract("""
              - {name: id, type: bigint}
              - {name: name, type: text}
              - {name: amount, type: double precision}
              - {name: day, type: date}
              - {name: active, type: boolean}
              - {name: at, type: timestamptz}
            """);

        await stage.LoadAsync(contract);

        var expected = names.Select((n, i) =>
            Hash($"{i}|{(n.Length == 0 ? "\\N" : n)}|{i}.5|2024-02-29|true|2024-02-29 10:00:00.5Z|"));
        (await stage.QueryAsync("select meta_entity_id from raw.people order by id")).ShouldBe(expected);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
