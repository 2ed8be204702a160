namespace Models.Runner.Tests;

public sealed class SeedTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_seed_is_loaded_with_guessed_and_configured_types_and_loaded_again()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/countries.csv", "Code,name,since,share,note\nLV,\"Latvia, \"\"old\"\"\",2004-05-01,0.5,\nDE,Germany,1957-03-25,1,x\n")
            .Write("seeds/schema.yml", "seeds:\n  - name: countries\n    config: {column_types: {share: 'numeric(5,2)'}}\n")
            .Model("m", "select \"Code\" as code from {{ ref('countries') }} where since < '2000-01-01'");

        (await project.BuildAsync()).ShouldSucceed().Of("countries").Message.ShouldBe("INSERT 2");
        (await project.BuildAsync()).ShouldSucceed();

        (await project.RowsAsync("select \"Code\", name, share, note from dev.countries order by 1")).ShouldBe(["DE|Germany|1.00|x", "LV|Latvia, \"old\"|0.50|-"]);
        (await project.ScalarAsync("select * from dev.m")).ShouldBe("DE");
    }

    [Theory]
    [InlineData("true", "\"Code\"")]
    [InlineData("false", "code")]
    public async Task A_header_is_quoted_unless_the_seed_says_otherwise(string quotes, string column)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/countries.csv", "Code\nLV\n")
            .Write("seeds/schema.yml", $"seeds:\n  - name: countries\n    config: {{quote_columns: {quotes}}}\n")
            .Model("m", $"select {column} as code from {{{{ ref('countries') }}}}");

        (await project.BuildAsync()).ShouldSucceed();

        (await project.ScalarAsync("select code from dev.m")).ShouldBe("LV");
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_placed_and_the_old_table_stays()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/numbers.csv", "id\n1\n2\n").Write("seeds/schema.yml", "seeds:\n  - name: numbers\n    config: {column_types: {id: integer}}\n");
        (await project.RunAsync(RunVerb.Seed)).ShouldSucceed();

        project.Write("seeds/numbers.csv", "id\n1\ntwo\n");
        var result = (await project.RunAsync(RunVerb.Seed)).Of("numbers");

        result.Status.ShouldBe(NodeStatus.Error);
        result.Message.ShouldContain("\"two\"");
        (await project.ScalarAsync("select count(*) from dev.numbers")).ShouldBe("2");
    }

    [Theory]
    [InlineData("1.0 2.00 3", "integer", "1 2 3")]
    [InlineData("1.5 2 null", "double precision", "1.5 2 -")]
    [InlineData("5% 10% 7", "integer", "5 10 7")]
    [InlineData("$1,234.50 2€ -$6", "double precision", "1234.5 2 -6")]
    [InlineData("1e3 1_000 007", "integer", "1000 1000 7")]
    [InlineData("nan inf 1.5", "double precision", "NaN NaN 1.5")]
    [InlineData("2020-1-5 2020-12-31", "date", "2020-01-05 2020-12-31")]
    [InlineData("2020-02-30 2020-02-28", "text", "2020-02-30 2020-02-28")]
    [InlineData("2020-12-30~3:15:52 2020-1-1~0:0:0", "timestamp without time zone", "2020-12-30~03:15:52 2020-01-01~00:00:00")]
    [InlineData("2023-07-09~15:55:40.878 2023-07-09~15:55:41", "text", "2023-07-09~15:55:40.878 2023-07-09~15:55:41")]
    [InlineData("2023-07-09T15:55:40+02:00 20230709T155540.5Z", "timestamp without time zone", "2023-07-09~13:55:40 2023-07-09~15:55:40.5")]
    [InlineData("2023-07-09T15:55:40 2023-07-09~15:55:40", "text", "2023-07-09T15:55:40 2023-07-09~15:55:40")]
    [InlineData("2020-01-01 2020-01-01~00:00:00", "text", "2020-01-01 2020-01-01~00:00:00")]
    [InlineData("true False TRUE", "boolean", "true false true")]
    [InlineData("1.2.3 1.3", "text", "1.2.3 1.3")]
    public async Task A_column_has_the_type_that_dbt_guesses(string values, string type, string loaded)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/s.csv", "id,v\n" + string.Concat(values.Split(' ').Select((v, i) => $"{i},\"{v.Replace('~', ' ')}\"\n")));

        (await project.RunAsync(RunVerb.Seed)).ShouldSucceed();

        (await project.ScalarAsync("select distinct pg_typeof(v)::text from dev.s")).ShouldBe(type);
        (await project.RowsAsync("select v::text from dev.s order by id")).Select(v => v.Replace(' ', '~')).ShouldBe(loaded.Split(' '));
    }

    [Fact]
    public async Task A_table_of_the_file_s_columns_stays_with_what_reads_it()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/s.csv", "id,name\n1,a\n");
        (await project.RunAsync(RunVerb.Seed)).ShouldSucceed();
        var before = await project.ScalarAsync("select 'dev.s'::regclass::oid::bigint");

        project.Write("seeds/s.csv", "id,name\n1,b\n2,c\n");
        (await project.RunAsync(RunVerb.Seed)).ShouldSucceed();

        (await project.ScalarAsync("select 'dev.s'::regclass::oid::bigint")).ShouldBe(before);
        (await project.RowsAsync("select name from dev.s order by id")).ShouldBe(["b", "c"]);

        project.Write("seeds/s.csv", "id,name\n1,5\n");
        (await project.RunAsync(RunVerb.Seed)).ShouldSucceed();
        (await project.ScalarAsync("select pg_typeof(name)::text from dev.s")).ShouldBe("integer");
    }

    [Fact]
    public async Task Quotes_in_a_header_count_where_ours_are_left_out()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", "name: shop\nprofile: shop\nseeds: {+quote_columns: false}\n")
            .Write("seeds/s.csv", "Id,\"\"\"From\"\"\"\n1,a\n");

        (await project.RunAsync(RunVerb.Seed)).ShouldSucceed();

        (await project.RowsAsync("select attname from pg_attribute where attrelid = 'dev.s'::regclass and attnum > 0 order by attnum")).ShouldBe(["id", "From"]);
    }
}
