using Models.Engine;

namespace Models.Runner.Tests;

public sealed class SeedTests(PostgresFixture postgres)
{
    private const string Zeros399 = Zeros57 + Zeros57 + Zeros57 + Zeros57 + Zeros57 + Zeros57 + Zeros57;
    private const string Zeros57 = "000000000000000000000000000000000000000000000000000000000";

    [Fact]
    public async Task A_seed_is_loaded_with_guessed_and_configured_types_and_loaded_again()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/countries.csv", "Code,name,since,share,note\nLV,\"Latvia, \"\"old\"\"\",2004-05-01,0.5,\nDE,Germany,1957-03-25,1,x\n")
            .Write("seeds/schema.yml", "seeds:\n  - name: countries\n    config: {column_types: {share: 'numeric(5,2)'}}\n")
            .Model("m", "select \"Code\" as code from {{ ref('countries') }} where since < '2000-01-01'");

        (await project.BuildAsync()).ShouldSucceed().Of("countries").Message.ShouldBe("INSERT 2");
        (await project.BuildAsync()).ShouldSucceed();

        (await project.RowsAsync("select \"Code\", name, share, note from dev.countries order by 1"))
            .ShouldBe(["DE|Germany|1.00|x", "LV|Latvia, \"old\"|0.50|-"]);
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

    [Fact]
    public async Task A_byte_that_is_not_utf_8_is_refused_and_the_old_table_stays()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/names.csv", "name\nAnn\n");
        (await project.RunAsync(RunVerb.Seed)).ShouldSucceed();

        await File.WriteAllBytesAsync(
            Path.Combine(project.Folder, "seeds", "names.csv"), [.. "name\nM"u8, 0xFC, .. "ller\n"u8], TestContext.Current.CancellationToken);
        var result = (await project.RunAsync(RunVerb.Seed)).Of("names");

        result.Status.ShouldBe(NodeStatus.Error);
        result.Message.ShouldEndWith("names.csv(2,2): error MDL6401: The seed cannot be read: byte 0xFC at offset 6 is not UTF-8; save the file as UTF-8");
        (await project.ScalarAsync("select name from dev.names")).ShouldBe("Ann");
    }

    [Fact]
    public async Task A_rounded_number_is_warned_of_in_a_run_too()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/s.csv", "v\n16777217\n").Write("seeds/s.yml", "seeds: [{name: s, config: {column_types: {v: real}}}]");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "seed");

        exitCode.ShouldBe(0, output + errors);
        (output + errors).ShouldContain("warning MDL6407: Column 'v' of type real stores 16777217 as 16777216");
    }

    [Theory]
    [InlineData("1.0 2.00 3", "integer", "1 2 3")]
    [InlineData("1.5 2 null", "double precision", "1.5 2 -")]
    [InlineData("5% 10% 7", "integer", "5 10 7")]
    [InlineData("$1,234.50 2€ -$6", "double precision", "1234.5 2 -6")]
    [InlineData("1e3 1_000 007", "integer", "1000 1000 7")]
    [InlineData("nan inf -Infinity 1.5", "double precision", "NaN Infinity -Infinity 1.5")]
    [InlineData("1e-400 1.5", "numeric", "0." + Zeros399 + "1 1.5")]
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

        (await project.RowsAsync("select attname from pg_attribute where attrelid = 'dev.s'::regclass and attnum > 0 order by attnum"))
            .ShouldBe(["id", "From"]);
    }
}
