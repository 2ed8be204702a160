namespace Models.Compiler.Analysis;

/// <summary>
/// The functions that a query can call, extensions' and a project's own among them; asked of the database when a name is not known.
/// Source: PostgreSQL documentation, 53.39. pg_proc.
/// </summary>
internal sealed class FunctionNames(AnalysisScope scope)
{
    // what types, operators and indexes are made of is nothing that one calls
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

    /// <summary>What reads like a function and is grammar. Source: PostgreSQL documentation, 9.18 and 9.4.</summary>
    private static readonly string[] s_grammar = ["cast", "coalesce", "greatest", "grouping", "least", "nullif", "trim"];

    private IReadOnlyList<string>? _names;

    /// <summary>Every name once.</summary>
    public IReadOnlyList<string> All => _names ??= Read();

    private IReadOnlyList<string> Read()
    {
        // a refused query came from this database, so that it is there
        var database = scope.Server.DatabaseAsync(CancellationToken.None).GetAwaiter().GetResult();
        using var connection = database.OpenForTemplates();
        using var command = connection.CreateCommand();
        command.CommandText = Query;
        using var reader = command.ExecuteReader();
        var names = new List<string>(s_grammar);
        while (reader.Read())
            names.Add(reader.GetString(0));

        return names;
    }
}
