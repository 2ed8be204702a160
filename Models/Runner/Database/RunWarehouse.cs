using Models.Project.Graph;
using Models.Rendering.Warehouses;
using Npgsql;

namespace Models.Runner.Database;

/// <summary>
/// The target as templates see it while they render: relations come from the run's cache, so that <c>is_incremental()</c> costs no
/// round-trip; statements go over the worker's connection.
/// </summary>
internal sealed class RunWarehouse(Session session, RelationCache cache) : IWarehouse
{
    public QueryResult Execute(string sql)
    {
        var result = new PostgresWarehouse(session.Connection).Execute(sql);
        if (MayChangeCatalog(sql))
            cache.MarkStale();

        return result;
    }

    /// <inheritdoc cref="PostgresWarehouse.Query"/>
    /// <exception cref="RunException">The text has several statements.</exception>
    public QueryResult Query(string sql)
    {
        try
        {
            return new PostgresWarehouse(session.Connection).Query(sql);
        }
        catch (PostgresException several) when (
            several.SqlState == PostgresErrorCodes.SyntaxError && several.MessageText.Contains("multiple commands", StringComparison.Ordinal))
        {
            throw new RunException("The SQL has several statements, of which only one query can be shown; remove the semicolon between them.", several);
        }
    }

    public IReadOnlyList<WarehouseRelation> ListRelations(string schema)
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
        cache.Replace(schema, new PostgresWarehouse(session.Connection).ListRelations(schema), asOf);
    }

    public IReadOnlyList<WarehouseColumn> ListColumns(Relation relation) =>
        new PostgresWarehouse(session.Connection).ListColumns(relation);

    public static bool MayChangeCatalog(string sql) =>
        sql.Contains("create", StringComparison.OrdinalIgnoreCase)
        || sql.Contains("drop", StringComparison.OrdinalIgnoreCase)
        || sql.Contains("alter", StringComparison.OrdinalIgnoreCase);
}
