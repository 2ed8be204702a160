using System.Data.Common;
using Models.Database.Catalog;
using Models.Database.Sessions;
using Models.Project.Graph;
using Models.Rendering.Connections;
using Npgsql;

namespace Models.Database.Adapters;

/// <summary>
/// The target as templates see it while they render: relations come from the run's cache, so that <c>is_incremental()</c> costs no
/// round-trip; statements go over the worker's connection.
/// </summary>
public sealed class RunConnection(Session session, RelationCache cache) : IAdapterConnection
{
    public QueryResult Execute(string sql)
    {
        var result = new PostgresConnection(session.Connection).Execute(sql);
        if (MayChangeCatalog(sql))
            cache.MarkStale();

        return result;
    }

    /// <inheritdoc cref="PostgresConnection.Query"/>
    /// <exception cref="RunException">The text has several statements.</exception>
    public QueryResult Query(string sql)
    {
        try
        {
            return new PostgresConnection(session.Connection).Query(sql);
        }
        catch (PostgresException several) when (
            several.SqlState == PostgresErrorCodes.SyntaxError && several.MessageText.Contains("multiple commands", StringComparison.Ordinal))
        {
            throw new RunException("The SQL has several statements, of which only one query can be shown; remove the semicolon between them.", several);
        }
    }

    public string? DescribeRefusal(DbException failure) => PostgresConnection.Describe(failure);

    public IReadOnlyList<AdapterRelation> ListRelations(string schema)
    {
        Refresh(schema);
        return cache.List(schema);
    }

    /// <summary>Makes the cache true again for a schema, where something else may have changed it.</summary>
    public void Refresh(string schema)
    {
        if (cache.IsCurrent(schema))
            return;

        var asOf = cache.Changes;
        cache.Replace(schema, new PostgresConnection(session.Connection).ListRelations(schema), asOf);
    }

    public IReadOnlyList<AdapterColumn> ListColumns(Relation relation) =>
        new PostgresConnection(session.Connection).ListColumns(relation);

    public static bool MayChangeCatalog(string sql) =>
        sql.Contains("create", StringComparison.OrdinalIgnoreCase)
        || sql.Contains("drop", StringComparison.OrdinalIgnoreCase)
        || sql.Contains("alter", StringComparison.OrdinalIgnoreCase);
}
