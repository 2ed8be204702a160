using System.Security.Cryptography;
using System.Text;
using Models.Postgres;
using Models.Postgres.Clusters;
using Models.Postgres.Machine;

namespace AppHost.Warehouse;

/// <summary>Prepares the server that holds this clone's data or its sample.</summary>
internal static class LocalServer
{
    /// <exception cref="PostgresServerException">There is no PostgreSQL, its data cannot be used, or nobody agreed to delete it.</exception>
    /// <exception cref="OperationCanceledException">Ctrl-C or SIGTERM came first; nothing is left at work.</exception>
    public static async Task<PreparedServer> PrepareAsync(WarehouseOptions options, string appHostDirectory)
    {
        var server = new PostgresServerOptions
        {
            Purpose = PostgresPurpose.AppData,
            Folder = options.Folder ?? FolderOf(Path.GetDirectoryName(appHostDirectory)!, options.HoldsSample),
            Port = 0,
            Progress = Console.WriteLine,
        };
        if (options.Reset)
            await ResetAsync(server, options.ResetAgreed);

        using var stop = new StopSignals();
        return await PreparedServer.PrepareAsync(server, stop.Token);
    }

    /// <summary>Two folders for each clone, for data and for the sample, named so that a person finds them.</summary>
    private static string FolderOf(string clone, bool holdsSample)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clone)));
        return Path.Combine(LeadlineFolders.Data, $"{Path.GetFileName(clone)}-{hash[..8]}{(holdsSample ? "-sample" : "")}");
    }

    private static async Task ResetAsync(PostgresServerOptions server, bool agreed)
    {
        if (!agreed)
        {
            if (Console.IsInputRedirected)
                throw new PostgresServerException("--reset deletes data, and there is nobody to ask: add --yes.");

            Console.Write($"Delete all data in '{server.Folder}'? [y/N] ");
            if (!string.Equals(Console.ReadLine()?.Trim(), "y", StringComparison.OrdinalIgnoreCase))
                throw new PostgresServerException("Nothing was deleted.");
        }

        await PreparedServer.DeleteDataAsync(server, CancellationToken.None);
    }
}
