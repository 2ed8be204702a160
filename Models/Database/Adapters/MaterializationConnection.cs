using System.Data.Common;
using Models.Database.Sessions;
using Models.Project.Graph;
using Models.Rendering.Connections;
using Npgsql;

namespace Models.Database.Adapters;

/// <summary>
/// The target while the macro of a materialization works on it. A transaction is opened by the first statement that wants one and
/// ended by <c>adapter.commit()</c>, so that hooks can stand outside of it. Source: docs.getdbt.com/guides/create-new-materializations.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="session">Its connection.</param>
/// <param name="nodeSql">The SQL of the node, which the macro puts into statements of its own.</param>
public sealed class MaterializationConnection(RunConnection target, Session session, string nodeSql, CancellationToken cancellationToken) : IAdapterConnection
{
    private string? _transaction;

    public QueryResult Execute(string sql)
    {
        QueryResult result;
        try
        {
            result = target.Execute(sql);
        }
        catch (PostgresException refusal) when (Failures.IsWithin(refusal, sql, nodeSql, out var offset))
        {
            // the error is in the node's SQL, not in the macro
            throw new StatementException(new Statement(sql) { NodeSqlOffset = offset }, refusal);
        }

        // dbt's run_hooks macro commits the transaction with a statement of its own
        if (sql.Trim().TrimEnd(';').Equals("commit", StringComparison.OrdinalIgnoreCase))
            _transaction = null;

        return result;
    }

    // templates are rendered synchronously
    public void Begin() => _transaction ??= session.BeginAsync(cancellationToken).GetAwaiter().GetResult();

    public void Commit()
    {
        if (_transaction is not { } open)
            return;

        _transaction = null;
        session.CommitAsync(open, cancellationToken).GetAwaiter().GetResult();
    }

    public string? DescribeRefusal(DbException failure) => PostgresConnection.Describe(failure);

    public IReadOnlyList<AdapterRelation> ListRelations(string schema) => target.ListRelations(schema);

    public IReadOnlyList<AdapterColumn> ListColumns(Relation relation) => target.ListColumns(relation);
}
