using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace Benchmarks;

/// <summary>The generated rows of the load benchmark, as a CSV, an NDJSON and a Parquet file.</summary>
internal static class LoadFiles
{
    private const int GroupRows = 100_000;
    private static readonly DateOnly s_first = new(2020, 1, 1);

    public static string NameOf(string format) => $"events.{format}";

    public static async Task WriteAsync(string folder, int rows, CancellationToken cancellationToken)
    {
        await using (var csv = Open(folder, "csv"))
        await using (var json = Open(folder, "ndjson"))
        {
            await csv.WriteAsync("id,name,amount,day,active\n");
            for (var i = 0; i < rows; i++)
            {
                var amount = Amount(i).ToString(CultureInfo.InvariantCulture);
                await csv.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{i},{Name(i)},{amount},{Day(i):yyyy-MM-dd},{(Active(i) ? "true" : "false")}\n"));
                await json.WriteAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"id":{{i}},"name":"{{Name(i)}}","amount":{{amount}},"day":"{{Day(i):yyyy-MM-dd}}","active":{{(Active(i) ? "true" : "false")}}}{{'\n'}}"""));
            }
        }

        await WriteParquetAsync(Path.Combine(folder, NameOf("parquet")), rows, cancellationToken);
    }

    /// <summary>The number of rows and the sums over their columns, as the check's query returns them.</summary>
    public static string Sums(int rows)
    {
        long ids = 0, lengths = 0, amounts = 0, days = 0, active = 0;
        for (var i = 0; i < rows; i++)
        {
            ids += i;
            lengths += Name(i).Length;
            amounts += (long)(Amount(i) * 4);
            days += Day(i).DayNumber - s_first.DayNumber;
            active += Active(i) ? 1 : 0;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{rows} {ids} {lengths} {amounts} {days} {active}");
    }

    private static StreamWriter Open(string folder, string format) =>
        new(Path.Combine(folder, NameOf(format)), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 20);

    private static string Name(int row) => string.Create(CultureInfo.InvariantCulture, $"customer {row * 7919L % 1_000_003}");

    private static double Amount(int row) => row % 1_000_000 / 4.0;

    private static DateOnly Day(int row) => s_first.AddDays(row % 2_000);

    private static bool Active(int row) => row % 3 == 0;

    private static async Task WriteParquetAsync(string path, int rows, CancellationToken cancellationToken)
    {
        var id = new DataField<long>("id");
        var name = new DataField<string>("name");
        var amount = new DataField<double>("amount");
        var day = new DataField<DateOnly>("day");
        var active = new DataField<bool>("active");
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(id, name, amount, day, active), file, cancellationToken: cancellationToken);
        for (var start = 0; start < rows; start += GroupRows)
        {
            var group = Enumerable.Range(start, Math.Min(GroupRows, rows - start)).ToList();
            using var target = writer.CreateRowGroup();
            await target.WriteAsync<long>(id, group.Select(i => (long)i).ToArray().AsMemory());
            await target.WriteAsync(name, group.Select(Name).ToList()!);
            await target.WriteAsync<double>(amount, group.Select(Amount).ToArray().AsMemory());
            await target.WriteAsync<DateOnly>(day, group.Select(Day).ToArray().AsMemory());
            await target.WriteAsync<bool>(active, group.Select(Active).ToArray().AsMemory());
        }
    }
}
