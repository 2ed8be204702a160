using Npgsql;

namespace Models.Migrations.Tests;

public sealed class OwnTablesTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly (string Name, string Sql)[] Scripts =
    [
        ("0001_visits", "create table if not exists shop.visits (id int primary key); create table shop.log (entry text); insert into shop.log values ('1')"),
        ("0002_name", "alter table shop.visits add column name text not null default '$x$'; insert into shop.log values ('2');"),
        ("0003_name_length", "alter table shop.visits add column length int generated always as (length(name)) stored; insert into shop.log values ('3')"),
    ];

    private NpgsqlDataSource _database = null!;

    public async ValueTask InitializeAsync() => _database = NpgsqlDataSource.Create(await postgres.Server.CreateDatabaseAsync(default));

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task From_every_earlier_number_the_rest_is_run_and_rows_stay(int earlier)
    {
        await Tables(earlier).EnsureAsync(_database, default);
        if (earlier > 0)
            await ExecuteAsync("insert into shop.visits values (7)");

        await Tables(3).EnsureAsync(_database, default);
        await Tables(3).EnsureAsync(_database, default);

        (await QueryAsync("select string_agg(entry, ',' order by entry) from shop.log")).ShouldBe("1,2,3");
        (await QueryAsync("select count(*) from shop.visits where name = '$x$' and length = 3")).ShouldBe(earlier > 0 ? 1L : 0L);
        (await QueryAsync("select string_agg(scriptname, ',' order by scriptname) from shop.migrations")).ShouldBe("0001_visits,0002_name,0003_name_length");
    }

    [Fact]
    public async Task Tables_from_before_there_were_scripts_keep_their_rows()
    {
        await ExecuteAsync("create schema shop; create table shop.visits (id int primary key); insert into shop.visits values (7)");

        await Tables(3).EnsureAsync(_database, default);

        (await QueryAsync("select count(*) from shop.visits where id = 7 and name = '$x$'")).ShouldBe(1L);
    }

    [Fact]
    public async Task Processes_that_start_at_once_run_each_script_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Tables(3).EnsureAsync(_database, default))));

        (await QueryAsync("select string_agg(entry, ',' order by entry) from shop.log")).ShouldBe("1,2,3");
    }

    [Fact]
    public async Task A_newer_database_is_left_as_it_is_by_an_older_program()
    {
        await Tables(3).EnsureAsync(_database, default);

        await Tables(1).EnsureAsync(_database, default);

        (await QueryAsync("select obj_description('shop.migrations'::regclass, 'pg_class')")).ShouldBe("3");
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_of_itself_and_is_run_again()
    {
        var wrong = new OwnTables([Scripts[0], ("0002_name", "alter table shop.visits add column early int; select 1 / 0")], "shop", "migrations");

        (await Should.ThrowAsync<PostgresException>(() => wrong.EnsureAsync(_database, default))).SqlState.ShouldBe(PostgresErrorCodes.DivisionByZero);

        (await QueryAsync("select count(*) from pg_attribute where attrelid = 'shop.visits'::regclass and attname = 'early'")).ShouldBe(0L);
        await Tables(3).EnsureAsync(_database, default);
        (await QueryAsync("select string_agg(entry, ',' order by entry) from shop.log")).ShouldBe("1,2,3");
    }

    [Fact]
    public async Task A_role_that_may_not_create_anything_needs_nothing_where_nothing_is_to_be_run()
    {
        await Tables(3).EnsureAsync(_database, default);
        var role = $"reader_{Guid.NewGuid():N}";
        await ExecuteAsync($"create role {role}");
        await using var connection = await _database.OpenConnectionAsync();
        await using (var become = new NpgsqlCommand($"set role {role}", connection))
            await become.ExecuteNonQueryAsync();

        await Should.NotThrowAsync(() => Tables(3).EnsureAsync(connection, default));
    }

    private static OwnTables Tables(int count) => new(Scripts[..count], "shop", "migrations");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<object?> QueryAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
