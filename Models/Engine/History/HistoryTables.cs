using Models.Database.Sessions;
using Models.Migrations;

namespace Models.Engine.History;

/// <summary>The tables of schema <c>leadline</c>; several target schemas of one database share them.</summary>
internal static class HistoryTables
{
    private static readonly OwnTables Tables = OwnTables.Of(typeof(HistoryTables).Assembly, "leadline", "history_migrations");

    /// <summary>Makes what is not there, or brings it up to date.</summary>
    public static Task EnsureAsync(Session session, CancellationToken cancellationToken) =>
        session.UseConnectionAsync(connection => Tables.EnsureAsync(connection, cancellationToken), cancellationToken);
}
