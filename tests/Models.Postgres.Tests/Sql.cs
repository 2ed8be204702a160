using Npgsql;

namespace Models.Postgres.Tests;

/// <summary>One statement on a connection of its own.</summary>
internal static class Sql
{
    public static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<string> DataFolderAsync(PostgresServer server) =>
        (string)(await ScalarAsync(server.ConnectionString(), "SHOW data_directory"))!;

    /// <summary>The process id in <c>postmaster.pid</c>.</summary>
    public static int ServerProcess(string folder) =>
        int.Parse(File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First());
}
