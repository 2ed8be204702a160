using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Tests;

/// <summary>Damages a file in many ways: each load must end in its records or in one clear line.</summary>
internal static class DamagedFiles
{
    private const int Rounds = 60;

    /// <param name="stage">Where the whole file is.</param>
    /// <param name="contract">Reads it.</param>
    /// <param name="file">Its name.</param>
    /// <param name="id">The diagnostic of a file that was cut off.</param>
    /// <param name="message">How its message begins.</param>
    public static async Task ShouldEndWellAsync(LoadingStage stage, Contract contract, string file, string id, string message)
    {
        await stage.LoadAsync(contract);
        var path = Path.Combine(stage.Folder, file);
        var whole = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, whole[..(whole.Length / 2)]);
        var cut = await stage.FailToLoadAsync(contract);
        cut.Id.ShouldBe(id, cut.Message);
        cut.Message.ShouldStartWith(message);

        var random = new Random(7);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = whole.ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                bytes[round % 2 == 0 ? random.Next(bytes.Length) : bytes.Length - 1 - random.Next(Math.Min(bytes.Length, 300))] = (byte)random.Next(256);

            await File.WriteAllBytesAsync(path, bytes);
            try
            {
                await stage.LoadAsync(contract);
            }
            catch (DiagnosticException exception)
            {
                exception.Message.ShouldNotContain('\n');
            }
        }

        (await stage.QueryAsync(
            "select coalesce(sum(row_count), 0) = (select count(*) from raw.people), coalesce(sum(quarantined_count), 0) = (select count(*) from " +
            "ingestion.quarantine) from ingestion.batches"))
            .ShouldBe(["True|True"]);
    }
}
