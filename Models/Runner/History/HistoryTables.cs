using Models.Migrations;
using Npgsql;

namespace Models.Runner.History;

/// <summary>The tables of schema <c>leadline</c>; several target schemas of one database share them.</summary>
internal static class HistoryTables
{
    private static readonly OwnTables Tables = OwnTables.Of(typeof(HistoryTables).Assembly, "leadline", "history_migrations");

    /// <summary>Makes what is not there, or brings it up to date.</summary>
    public static Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        Tables.EnsureAsync(connection, cancellationToken);
}
