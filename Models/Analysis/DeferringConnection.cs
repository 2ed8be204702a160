using Models.Project.Graph;
using Models.Rendering.Connections;

namespace Models.Analysis;

/// <summary>
/// Finds out whether a template asks the database while it renders. Most do not, and are rendered at once; one that does is rendered
/// again when the relations it may ask about are there.
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
