using Models.Project.Graph;
using Models.Rendering.Connections;

namespace Models.Analysis;

/// <summary>
/// Detects whether a template queries the database while it renders. Most do not; one that does is rendered again when the relations it may query
/// exist.
/// </summary>
internal sealed class DeferringConnection : IAdapterConnection
{
    public bool WasAsked { get; private set; }

    public QueryResult Execute(string sql)
    {
        WasAsked = true;
        return QueryResult.Empty;
    }

    public IReadOnlyList<AdapterRelation> ListRelations(string schema)
    {
        WasAsked = true;
        return [];
    }

    public IReadOnlyList<AdapterColumn> ListColumns(Relation relation)
    {
        WasAsked = true;
        return [];
    }
}
