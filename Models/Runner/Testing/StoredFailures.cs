using Models.Project.Graph;
using Models.Runner.Database;
using Npgsql;

namespace Models.Runner.Testing;

/// <summary>The relations that keep a test's failing rows.</summary>
internal sealed class StoredFailures(Session session)
{
    /// <summary>What an earlier run left under the name; null where nothing is.</summary>
    public async Task<string?> FindTypeAsync(Relation relation, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select case relkind when 'v' then 'view' else 'table' end from pg_catalog.pg_class where oid = pg_catalog.to_regclass($1)",
            await session.OpenAsync(cancellationToken))
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = relation.QuotedName } },
        };
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
