using System.Data.Common;
using Models.Database.Sessions;
using Models.Project.Graph;
using Models.Rendering.Connections;

namespace Models.Database.Adapters;

/// <summary>
/// The target while a hook is rendered, just before the hook runs: its macros see what the node's transaction has done so far. The run's
/// cache does not contain that, so relations are read from the server.
/// </summary>
public sealed class HookConnection(Session session) : IAdapterConnection
{
    /// <summary>True once a hook may have made or dropped a relation.</summary>
    public bool ChangedCatalog { get; private set; }

    public QueryResult Execute(string sql)
    {
        Note(sql);
        return new PostgresConnection(session.Connection).Execute(sql);
    }

    public string? DescribeRefusal(DbException failure) => PostgresConnection.Describe(failure);

    public IReadOnlyList<AdapterRelation> ListRelations(string schema) => new PostgresConnection(session.Connection).ListRelations(schema);

    public IReadOnlyList<AdapterColumn> ListColumns(Relation relation) => new PostgresConnection(session.Connection).ListColumns(relation);

    /// <summary>Takes note of a statement that is about to be sent.</summary>
    public void Note(string sql) => ChangedCatalog |= RunConnection.MayChangeCatalog(sql);
}
