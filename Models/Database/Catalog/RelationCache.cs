using System.Collections.Concurrent;
using Models.Database.Sessions;
using Models.Project.Graph;
using Models.Rendering.Connections;
using Npgsql;

namespace Models.Database.Catalog;

/// <summary>
/// The relations of the target's schemas: read once at the start, updated by the code that changes them, and read again after a template
/// ran statements of its own. Safe for concurrent use.
/// </summary>
public sealed class RelationCache(string database)
{
    private const string Query =
        """
        select n.nspname, c.relname, c.relkind::text, (
            select count(*) from pg_catalog.pg_depend d
            join pg_catalog.pg_rewrite r on r.oid = d.objid and r.ev_class <> c.oid
            where d.refobjid = c.oid and d.classid = 'pg_catalog.pg_rewrite'::regclass and d.refclassid = 'pg_catalog.pg_class'::regclass),
            pg_catalog.pg_get_userbyid(c.relowner) <> coalesce($2, current_user)
        from pg_catalog.pg_namespace n
        left join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'f', 'v', 'm')
        where n.nspname = any($1)
        """;

    private readonly ConcurrentDictionary<(string Schema, string Name), string> _types = new();
    private readonly ConcurrentDictionary<string, bool> _schemas = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _stale = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Schema, string Name), bool> _read = new();
    private readonly ConcurrentDictionary<(string Schema, string Name), bool> _others = new();
    private readonly ConcurrentDictionary<(string Schema, string Name), long> _own = new();
    private long _changes;

    /// <summary><c>table</c>, <c>view</c>, <c>materialized_view</c>, or null where there is no such relation.</summary>
    public string? TypeOf(Relation relation) => _types.GetValueOrDefault((relation.Schema, relation.Identifier));

    /// <summary>True where, when the cache was read, a view of somebody's read the relation.</summary>
    public bool HadDependents(Relation relation) => _read.ContainsKey((relation.Schema, relation.Identifier));

    public bool HasSchema(string schema) => _schemas.ContainsKey(schema);

    /// <summary>True where the schema's relations are known and current.</summary>
    public bool IsCurrent(string schema) => _schemas.ContainsKey(schema) && !_stale.ContainsKey(schema);

    /// <summary>True where the database has the Citus extension.</summary>
    public bool HasCitus { get; private set; }

    /// <summary>True where, when the cache was read, the relation belonged to another role than the run's.</summary>
    public bool WasOthers(Relation relation) => _others.ContainsKey((relation.Schema, relation.Identifier));

    /// <param name="runLock">The lock of the run, whose connection is free for this.</param>
    /// <param name="schemas">The schemas to read.</param>
    /// <param name="role">The role that the run's sessions set; null for the login's own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task LoadAsync(RunLock runLock, IReadOnlyCollection<string> schemas, string? role, CancellationToken cancellationToken)
    {
        var connection = runLock.Connection;
        await using var command = new NpgsqlCommand(Query, connection)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. schemas] }, new NpgsqlParameter<string?> { TypedValue = role } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var schema = reader.GetString(0);
            _schemas[schema] = true;
            if (await reader.IsDBNullAsync(1, cancellationToken))
                continue;

            var name = reader.GetString(1);
            _types[(schema, name)] = Kind(reader.GetString(2));
            if (reader.GetInt64(3) > 0)
                _read[(schema, name)] = true;
            if (reader.GetBoolean(4))
                _others[(schema, name)] = true;
        }

        await reader.CloseAsync();
        await using var extension = new NpgsqlCommand("select exists (select from pg_catalog.pg_extension where extname = 'citus')", connection);
        HasCitus = await extension.ExecuteScalarAsync(cancellationToken) is true;
    }

    public void AddSchema(string schema) => _schemas[schema] = true;

    /// <summary>How many relations the run has made: a list that is read after this moment knows of all of them.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>The run made the relation.</summary>
    public void Set(Relation relation, string type)
    {
        _types[(relation.Schema, relation.Identifier)] = type;
        _own[(relation.Schema, relation.Identifier)] = Interlocked.Increment(ref _changes);
    }

    public void Remove(Relation relation) => _types.TryRemove((relation.Schema, relation.Identifier), out _);

    /// <summary>A template or a hook changed the database behind our back.</summary>
    public void MarkStale()
    {
        foreach (var schema in _schemas.Keys)
            _stale[schema] = true;
    }

    /// <summary>
    /// Puts a fresh list of a schema in place of the known one. What the run made after <paramref name="asOf"/> stays: the list may be
    /// older than that.
    /// </summary>
    public void Replace(string schema, IReadOnlyList<AdapterRelation> relations, long asOf)
    {
        _stale.TryRemove(schema, out _);
        _schemas[schema] = true;
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var relation in relations)
        {
            var key = (schema, relation.Relation.Identifier);
            listed.Add(relation.Relation.Identifier);
            if (_own.GetValueOrDefault(key) <= asOf)
                _types[key] = relation.Type;
        }

        // only what is gone is taken out: other workers look relations up meanwhile, and must not miss one that is there
        foreach (var known in _types.Keys)
        {
            if (known.Schema == schema && !listed.Contains(known.Name) && _own.GetValueOrDefault(known) <= asOf)
                _types.TryRemove(known, out _);
        }
    }

    public IReadOnlyList<AdapterRelation> List(string schema) =>
    [
        .. _types
            .Where(t => t.Key.Schema == schema)
            .Select(t => new AdapterRelation(new Relation(database, schema, t.Key.Name), t.Value)),
    ];

    private static string Kind(string relkind) => relkind switch
    {
        "v" => "view",
        "m" => "materialized_view",
        _ => "table",
    };
}
