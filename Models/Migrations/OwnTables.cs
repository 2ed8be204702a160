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
/// The tables that one part of Leadline keeps for itself, as numbered scripts of which each is run once in a database, in order. The first
/// script of an owner says <c>if not exists</c>, so that tables from before there were scripts keep their rows.
/// </summary>
/// <param name="scripts">The scripts' names and texts, in the order of their numbers.</param>
/// <param name="schema">The schema of the tables.</param>
/// <param name="journal">The table of that schema that lists the scripts that were run.</param>
public sealed class OwnTables(IReadOnlyList<(string Name, string Sql)> scripts, string schema, string journal)
{
    /// <summary>The scripts that an assembly embeds from its folders named Migrations.</summary>
    /// <param name="assembly">The owner.</param>
    /// <param name="schema">The schema of the tables.</param>
    /// <param name="journal">The table of that schema that lists the scripts that were run.</param>
    public static OwnTables Of(Assembly assembly, string schema, string journal) => new(ReadScripts(assembly), schema, journal);

    /// <summary>
    /// Runs the scripts that the database lacks. One process at a time does so, the others wait for it. Where there is nothing to run it
    /// is one query of the catalog.
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
            // without the namespace: an owner that moves to another project keeps its scripts' names
            scripts.Add((resource[(resource.LastIndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..^Extension.Length], reader.ReadToEnd()));
        }

        return scripts;
    }

    /// <summary>How many scripts were run is kept as the journal's comment too, which a query can ask for before there is a journal.</summary>
    private async Task<bool> IsCurrentAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // by the catalog: to_regclass asks for the right to use the schema
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
        // the builder's own work is synchronous, on a connection of its own
        var result = await Task.Run(() => Engine(connection).PerformUpgrade(), cancellationToken);
        if (!result.Successful)
            ExceptionDispatchInfo.Throw(result.Error);

        await ExecuteAsync(connection, $"comment on table {schema}.{journal} is '{scripts.Count}'", cancellationToken);
    }

    /// <summary>`create schema if not exists` asks for the right to create schemas even where this one exists.</summary>
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
