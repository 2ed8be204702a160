using Models.Project.Graph;
using Models.Rendering.Warehouses;

namespace Models.Runner.Database;

/// <summary>
/// The target while a hook renders, which is when its turn comes: its macros see what the node's transaction has made so far. The
/// run's cache knows nothing of that, so that they ask the server.
/// </summary>
internal sealed class HookWarehouse(Session session) : IWarehouse
{
    /// <summary>True once a hook may have made or dropped a relation.</summary>
    public bool ChangedCatalog { get; private set; }

    public QueryResult Execute(string sql)
    {
        Note(sql);
        return new PostgresWarehouse(session.Connection).Execute(sql);
    }

    public IReadOnlyList<WarehouseRelation> ListRelations(string schema) => new PostgresWarehouse(session.Connection).ListRelations(schema);

    public IReadOnlyList<WarehouseColumn> ListColumns(Relation relation) => new PostgresWarehouse(session.Connection).ListColumns(relation);

    /// <summary>Takes note of a statement that is about to be sent.</summary>
    public void Note(string sql) => ChangedCatalog |= RunWarehouse.MayChangeCatalog(sql);
}
