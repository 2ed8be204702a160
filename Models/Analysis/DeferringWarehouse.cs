using Models.Project.Graph;
using Models.Rendering.Warehouses;

namespace Models.Analysis;

/// <summary>
/// Detects whether a template queries the database while it renders. Most do not; one that does is rendered again when the relations it may query
/// exist.
/// </summary>
internal sealed class DeferringWarehouse : IWarehouse
{
    public bool WasAsked { get; private set; }

    public QueryResult Execute(string sql)
    {
        WasAsked = true;
        return QueryResult.Empty;
    }

    public IReadOnlyList<WarehouseRelation> ListRelations(string schema)
    {
        WasAsked = true;
        return [];
    }

    public IReadOnlyList<WarehouseColumn> ListColumns(Relation relation)
    {
        WasAsked = true;
        return [];
    }
}
