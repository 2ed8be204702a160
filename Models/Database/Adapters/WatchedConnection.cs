using System.Data.Common;
using Models.Project.Graph;
using Models.Rendering.Connections;

namespace Models.Database.Adapters;

/// <summary>Notes whether a rendering asked the database anything, and so depends on what is in it.</summary>
public sealed class WatchedConnection(IAdapterConnection target) : IAdapterConnection
{
    public bool WasAsked { get; private set; }

    public QueryResult Execute(string sql) => Asked().Execute(sql);

    public string? DescribeRefusal(DbException failure) => target.DescribeRefusal(failure);

    public IReadOnlyList<AdapterRelation> ListRelations(string schema) => Asked().ListRelations(schema);

    public IReadOnlyList<AdapterColumn> ListColumns(Relation relation) => Asked().ListColumns(relation);

    private IAdapterConnection Asked()
    {
        WasAsked = true;
        return target;
    }
}
