using Models.Project.Graph;
using Models.Runner.Database;
using Models.Runner.Materializations;
using Npgsql;

namespace Models.Runner.BlueGreen;

/// <summary>
/// Puts a set of schemas in the place of the live ones, in one transaction: readers see all of the old or all of the new. The old
/// ones stay as <c>{schema}__previous</c> for a way back.
/// </summary>
internal static class SchemaSwap
{
    public static string Shadow(string schema) => ServerName.WithSuffix(schema, "__shadow");

    public static string Previous(string schema) => ServerName.WithSuffix(schema, "__previous");

    /// <summary>Makes the shadow schemas the live ones.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="schemas">The live names.</param>
    /// <param name="isOurs">True for relations that the shadow has anew; others move over as they are.</param>
    /// <param name="cancellationToken">Stops before anything is swapped.</param>
    public static Task PromoteAsync(Session session, IReadOnlyList<string> schemas, Func<Relation, bool> isOurs, CancellationToken cancellationToken) =>
        session.AtomicallyAsync(
            async () =>
            {
                var readers = await ReadersFromOutsideAsync(session, schemas, cancellationToken);
                var statements = new List<Statement>();
                foreach (var schema in schemas)
                {
                    statements.Add($"drop schema if exists {Relation.Quote(Previous(schema))} cascade");
                    if (await ExistsAsync(session, schema, cancellationToken))
                        statements.Add(Rename(schema, Previous(schema)));
                    statements.Add(Rename(Shadow(schema), schema));
                    foreach (var (relation, type) in await ForeignAsync(session, schema, isOurs, cancellationToken))
                        statements.Add(
                            $"alter {Replacement.Word(type)} {Relation.Quote(Previous(schema))}.{Relation.Quote(relation.Identifier)} set " +
                            $"schema {Relation.Quote(schema)}");
                }

                return await session.ExecuteAsync([.. statements, .. readers.Select(r => r.Rebind())], cancellationToken);
            },
            cancellationToken);

    /// <summary>Brings the previous schemas back; what was live becomes the previous.</summary>
    /// <exception cref="RunException">There is nothing to go back to.</exception>
    public static Task RollBackAsync(Session session, IReadOnlyList<string> schemas, CancellationToken cancellationToken) =>
        session.AtomicallyAsync(
            async () =>
            {
                var known = new List<string>();
                foreach (var schema in schemas)
                {
                    if (await ExistsAsync(session, Previous(schema), cancellationToken))
                        known.Add(schema);
                }

                if (known.Count == 0)
                    throw new RunException(
                        "There is nothing to go back to: no schema has a previous version. Versions are kept by 'leadline build --blue-green'.");

                var readers = await ReadersFromOutsideAsync(session, known, cancellationToken);
                var statements = new List<Statement>();
                foreach (var schema in known)
                {
                    statements.Add(Rename(schema, Shadow(schema)));
                    statements.Add(Rename(Previous(schema), schema));
                    statements.Add(Rename(Shadow(schema), Previous(schema)));
                }

                return await session.ExecuteAsync([.. statements, .. readers.Select(r => r.Rebind())], cancellationToken);
            },
            cancellationToken);

    private static Statement Rename(string from, string to) => $"alter schema {Relation.Quote(from)} rename to {Relation.Quote(to)}";

    private static async Task<bool> ExistsAsync(Session session, string schema, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select exists (select 1 from pg_catalog.pg_namespace where nspname = $1)", await session.OpenAsync(cancellationToken))
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = schema } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static async Task<IReadOnlyList<(Relation Relation, string Type)>> ForeignAsync(
        Session session, string schema, Func<Relation, bool> isOurs, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select c.relname, case c.relkind when 'v' then 'view' when 'm' then 'materialized_view' else 'table' end
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm')
            """,
            await session.OpenAsync(cancellationToken))
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = schema } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var foreign = new List<(Relation, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var relation = new Relation("", schema, reader.GetString(0));
            if (!isOurs(relation))
                foreign.Add((relation, reader.GetString(1)));
        }

        return foreign;
    }

    // views elsewhere hold on to the relations they were made on; their printed text names the live schema
    private static async Task<IReadOnlyList<DependentView>> ReadersFromOutsideAsync(
        Session session, IReadOnlyList<string> schemas, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select distinct vn.nspname, v.relname, pg_catalog.pg_get_viewdef(v.oid)
            from pg_catalog.pg_depend d
            join pg_catalog.pg_class c on c.oid = d.refobjid
            join pg_catalog.pg_namespace cn on cn.oid = c.relnamespace and cn.nspname = any($1)
            join pg_catalog.pg_rewrite r on r.oid = d.objid
            join pg_catalog.pg_class v on v.oid = r.ev_class and v.relkind = 'v'
            join pg_catalog.pg_namespace vn on vn.oid = v.relnamespace and not vn.nspname = any($2)
            where d.classid = 'pg_catalog.pg_rewrite'::regclass and d.refclassid = 'pg_catalog.pg_class'::regclass
            """,
            await session.OpenAsync(cancellationToken))
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. schemas] },
                new NpgsqlParameter<string[]> { TypedValue = [.. schemas, .. schemas.Select(Shadow), .. schemas.Select(Previous)] },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var views = new List<DependentView>();
        while (await reader.ReadAsync(cancellationToken))
            views.Add(new(new Relation("", reader.GetString(0), reader.GetString(1)), reader.GetString(2).TrimEnd(';')));
        return views;
    }
}
