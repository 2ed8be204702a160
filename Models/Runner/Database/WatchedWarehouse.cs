using Models.Project.Graph;
using Models.Rendering.Warehouses;

namespace Models.Runner.Database;

/// <summary>Notes whether a rendering asked the database anything, and so depends on what is in it.</summary>
internal sealed class WatchedWarehouse(IWarehouse target) : IWarehouse
{
    public bool WasAsked { get; private set; }

    public QueryResult Execute(string sql) => Asked().Execute(sql);

    public IReadOnlyList<WarehouseRelation> ListRelations(string schema) => Asked().ListRelations(schema);

    public IReadOnlyList<WarehouseColumn> ListColumns(Relation relation) => Asked().ListColumns(relation);

    private IWarehouse Asked()
    {
        WasAsked = true;
        return target;
    }
}
