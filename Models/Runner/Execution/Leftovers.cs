using System.Collections.Concurrent;
using Models.Compiler.Graph;
using Models.Runner.Materializations;

namespace Models.Runner.Execution;

/// <summary>
/// Old versions that views still read when they were replaced. By the end of the run most of those views were built anew; what
/// still reads an old version then cannot go on with the new one and goes with it, and the run says so.
/// </summary>
internal sealed class Leftovers
{
    private readonly ConcurrentQueue<(Relation Relation, string Type)> _relations = new();

    public void Add(Relation relation, string type) => _relations.Enqueue((relation, type));

    public async Task DropAsync(Session session, Action<string> warn, CancellationToken cancellationToken)
    {
        while (_relations.TryDequeue(out var leftover))
        {
            foreach (var reader in await ReadersAsync(session, leftover.Relation, cancellationToken))
                warn($"View {reader} no longer fits {leftover.Relation.QuotedName}'s successor and is dropped with it; build it again.");

            await session.ExecuteAsync([Replacement.Drop(leftover.Type, leftover.Relation, cascade: true)], cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<string>> ReadersAsync(Session session, Relation relation, CancellationToken cancellationToken)
    {
        await using var command = new Npgsql.NpgsqlCommand(
            """
            select distinct v.oid::regclass::text
            from pg_catalog.pg_depend d
            join pg_catalog.pg_rewrite r on r.oid = d.objid
            join pg_catalog.pg_class v on v.oid = r.ev_class and v.oid <> d.refobjid
            where d.classid = 'pg_catalog.pg_rewrite'::regclass
              and d.refclassid = 'pg_catalog.pg_class'::regclass
              and d.refobjid = pg_catalog.to_regclass($1)
            order by 1
            """,
            await session.OpenAsync(cancellationToken))
        {
            Parameters = { new Npgsql.NpgsqlParameter<string> { TypedValue = relation.QuotedName } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var readers = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            readers.Add(reader.GetString(0));

        return readers;
    }
}
