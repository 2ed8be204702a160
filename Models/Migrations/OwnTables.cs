using System.Data;
using System.Data.Common;
using System.Reflection;
using System.Runtime.ExceptionServices;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using DbUp.Postgresql;
using Npgsql;

namespace Models.Migrations;

/// <summary>
/// The tables that one part of Leadline owns, defined by numbered scripts, each of which runs once per database, in order. The first script of an
/// owner uses <c>if not exists</c>, so that tables older than the scripts keep their rows.
/// </summary>
/// <param name="scripts">The names and texts of the scripts in the order of their numbers.</param>
/// <param name="schema">The schema of the tables.</param>
/// <param name="journal">The table of that schema that records the scripts that ran.</param>
public sealed class OwnTables(IReadOnlyList<(string Name, string Sql)> scripts, string schema, string journal)
{
    /// <summary>Reads the scripts that an assembly embeds from its folders named Migrations.</summary>
    /// <param name="assembly">The assembly of the owner.</param>
    /// <param name="schema">The schema of the tables.</param>
    /// <param name="journal">The table of that schema that records the scripts that ran.</param>
    public static OwnTables Of(Assembly assembly, string schema, string journal) => new(ReadScripts(assembly), schema, journal);

    /// <summary>
    /// Runs the missing scripts. Only one process does so at a time; the others wait for it. If no script is missing, this costs one catalog query.
    /// </summary>
    /// <param name="connection">An open connection of Npgsql, in no transaction.</param>
    /// <param name="cancellationToken">Cancels; a script that runs is not interrupted.</param>
    /// <exception cref="PostgresException">The server refused a script; those before it stay.</exception>
    public async Task EnsureAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await EnsureAsync((NpgsqlConnection)connection, cancellationToken);

    private async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (scripts.Count == 0 || await IsCurrentAsync(connection, cancellationToken))
            return;

        await ExecuteAsync(connection, LockSql("pg_advisory_lock"), cancellationToken);
        try
        {
            if (!await IsCurrentAsync(connection, cancellationToken))
                await UpgradeAsync(connection, cancellationToken);
        }
        finally
        {
            if (connection.State == ConnectionState.Open)
                await ExecuteAsync(connection, LockSql("pg_advisory_unlock"), CancellationToken.None);
        }
    }

    /// <inheritdoc cref="EnsureAsync(DbConnection, CancellationToken)"/>
    public async Task EnsureAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await EnsureAsync(connection, cancellationToken);
    }

    private static List<(string Name, string Sql)> ReadScripts(Assembly assembly)
    {
        const string Folder = ".Migrations.";
        const string Extension = ".sql";
        var scripts = new List<(string Name, string Sql)>();
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!resource.Contains(Folder, StringComparison.Ordinal) || !resource.EndsWith(Extension, StringComparison.Ordinal))
                continue;

            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            // the namespace is omitted, so that scripts keep their names when an owner moves to another project
            scripts.Add((resource[(resource.LastIndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..^Extension.Length], reader.ReadToEnd()));
        }

        return scripts;
    }

    /// <summary>The number of scripts that ran is also kept as the journal's comment, which can be queried before the journal exists.</summary>
    private async Task<bool> IsCurrentAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // reads the catalog, because to_regclass requires usage permission on the schema
        await using var command = new NpgsqlCommand(
            "select obj_description(c.oid, 'pg_class') from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = schema });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = journal });
        return await command.ExecuteScalarAsync(cancellationToken) is string comment && int.TryParse(comment, out var count) && count >= scripts.Count;
    }

    private async Task UpgradeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await CreateSchemaAsync(connection, cancellationToken);
        // the upgrade engine is synchronous and uses its own connection
        var result = await Task.Run(() => Engine(connection).PerformUpgrade(), cancellationToken);
        if (!result.Successful)
            ExceptionDispatchInfo.Throw(result.Error);

        await ExecuteAsync(connection, $"comment on table {schema}.{journal} is '{scripts.Count}'", cancellationToken);
    }

    /// <summary>`create schema if not exists` requires permission to create schemas even if the schema exists.</summary>
    private async Task CreateSchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select to_regnamespace($1) is not null", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = schema });
        if (!(bool)(await command.ExecuteScalarAsync(cancellationToken))!)
            await ExecuteAsync(connection, $"create schema if not exists {schema}", cancellationToken);
    }

    private UpgradeEngine Engine(NpgsqlConnection connection)
    {
        var builder = new SupportedDatabases()
            .PostgresqlDatabase(new ClonedConnections(connection))
            .WithScripts(scripts.Select(s => new SqlScript(s.Name, s.Sql)))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogTo(new NoOpUpgradeLog());
        builder.Configure(c => c.Journal = new PostgresqlTableJournal(() => c.ConnectionManager, () => c.Log, schema, journal));
        return builder.Build();
    }

    private string LockSql(string function) => $"select {function}(hashtextextended('leadline migrations: {schema}.{journal}', 0))";

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
