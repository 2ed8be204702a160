using Npgsql;

namespace Models.Migrations.Tests;

/// <summary>The scripts of every owner, as files of the repository.</summary>
public sealed class OwnersTests(PostgresFixture postgres)
{
    private const string Shape =
        """
        select string_agg(format('%s.%s.%s %s %s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull), E'\n' order by n.nspname, c.relname, a.attnum)
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where n.nspname in ('ingestion', 'leadline', 'serving') and c.relkind in ('r', 'i') and c.relname not like '%journal%'
        """;

    public static TheoryData<string, string> Owners => new()
    {
        { "Ingestion/Loading", "ingestion" },
        { "Ingestion/Worker/History", "ingestion" },
        { "Models/Engine/History", "leadline" },
        { "Serving/Registry", "serving" },
    };

    [Fact]
    public void Every_owner_is_here() => Directory
        .EnumerateFiles(TestPaths.Repository, "0001_*.sql", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(TestPaths.Repository, path).Replace('\\', '/'))
        .Where(path => path.Contains("/Migrations/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
        .Select(path => path[..path.IndexOf("/Migrations/", StringComparison.Ordinal)])
        .Order(StringComparer.Ordinal)
        .ShouldBe(Owners.Select(o => o.Data.Item1));

    [Theory]
    [MemberData(nameof(Owners))]
    public async Task From_every_earlier_number_the_tables_become_those_of_a_new_database(string owner, string schema)
    {
        var scripts = Directory.EnumerateFiles(Path.Combine(TestPaths.Repository, owner, "Migrations"), "*.sql")
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))
            .ToList();
        scripts.Select((s, i) => s.Item1.StartsWith($"{i + 1:0000}_", StringComparison.Ordinal)).ShouldAllBe(isInOrder => isInOrder);
        var all = new OwnTables(scripts, schema, "journal");
        await using var fresh = await CreateAsync();
        await all.EnsureAsync(fresh, default);
        var expected = await QueryAsync(fresh, Shape);

        for (var earlier = 0; earlier <= scripts.Count; earlier++)
        {
            await using var database = await CreateAsync();
            // zero: the tables as a program without scripts made them
            if (earlier == 0)
                await QueryAsync(database, $"create schema {schema}; {scripts[0].Item2}");
            else
                await new OwnTables(scripts[..earlier], schema, "journal").EnsureAsync(database, default);
            var before = await TablesAsync(database);

            await all.EnsureAsync(database, default);

            (await QueryAsync(database, Shape)).ShouldBe(expected);
            before.ShouldBeSubsetOf(await TablesAsync(database), "no table is made anew");
        }
    }

    private const string Tables =
        """
        select string_agg(c.oid::text, ',' order by c.oid)
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('ingestion', 'leadline', 'serving') and c.relkind = 'r' and c.relname not like '%journal%'
        """;

    /// <summary>The identifiers of the tables: one that is dropped and made anew has another.</summary>
    private static async Task<string[]> TablesAsync(NpgsqlDataSource database) => $"{await QueryAsync(database, Tables)}".Split(',');

    private async Task<NpgsqlDataSource> CreateAsync() => NpgsqlDataSource.Create(await postgres.Server.CreateDatabaseAsync(default));

    private static async Task<object?> QueryAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
