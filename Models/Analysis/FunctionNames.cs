using Npgsql;

namespace Models.Analysis;

/// <summary>
/// The names of functions that a query can call, including those of extensions and of the project; read from the database when a function is unknown.
/// Source: PostgreSQL documentation, 53.39. pg_proc.
/// </summary>
internal sealed class FunctionNames
{
    // functions that implement types, operators and indexes are excluded, because queries do not call them by name
    private const string Query =
        """
        select distinct proname::text
        from pg_catalog.pg_proc p
        where prokind in ('f', 'a', 'w')
          and not ('internal'::regtype = any(proargtypes) or 'cstring'::regtype = any(proargtypes))
          and prorettype not in ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype, 'event_trigger'::regtype)
          and not exists (select from pg_catalog.pg_operator o where o.oprcode = p.oid)
          and proname !~ '^(_|pg_stat|RI_)'
        order by 1
        """;

    /// <summary>Function-like keywords of the grammar. Source: PostgreSQL documentation, 9.18 and 9.4.</summary>
    private static readonly string[] s_grammar = ["cast", "coalesce", "greatest", "grouping", "least", "nullif", "trim"];

    /// <summary>The distinct names; empty until they are read.</summary>
    public IReadOnlyList<string> All { get; private set; } = [];

    /// <summary>Reads the names, once, if a statement was rejected because of an unknown function.</summary>
    public async Task ReadForAsync(AnalysisDatabase database, IEnumerable<RefusedStatement> refused, CancellationToken cancellationToken)
    {
        if (All.Count > 0 || refused.All(r => r.Error.SqlState != PostgresErrorCodes.UndefinedFunction))
            return;

        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Query, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>(s_grammar);
        while (await reader.ReadAsync(cancellationToken))
            names.Add(reader.GetString(0));

        All = names;
    }
}
