using Models.Database.Adapters;
using Models.Rendering.Connections;
using Npgsql;

namespace Models.Analysis;

/// <summary>The analysis database for templates: it uses the target's name, and records whether templates query rows.</summary>
internal sealed class AnalysisConnection(NpgsqlConnection connection, AnalysisDatabase database) : PostgresConnection(connection)
{
    /// <summary>True if a query read relations instead of the catalog, so that its result may differ at run time.</summary>
    public bool WasAskedForRows { get; private set; }

    public override QueryResult Execute(string sql)
    {
        WasAskedForRows |= !sql.Contains("information_schema", StringComparison.OrdinalIgnoreCase)
            && !sql.Contains("pg_", StringComparison.OrdinalIgnoreCase);
        return base.Execute(database.Qualifier.Blank(sql));
    }

    public override IReadOnlyList<AdapterRelation> ListRelations(string schema) =>
    [
        .. base.ListRelations(schema).Select(r => r with { Relation = r.Relation with { Database = database.TargetDatabase } }),
    ];
}
